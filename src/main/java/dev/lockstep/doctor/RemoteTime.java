package dev.lockstep.doctor;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What time it is elsewhere. */
@FunctionalInterface
interface RemoteTime {
    /** @return the server's time to the second; empty if it did not tell */
    Optional<Instant> at(URI server);
}
