package dev.lockstep.check;

import java.time.Instant;
import java.util.Optional;

/** What a group of checks may tell besides: when the credential that it looks after must have been replaced. */
public interface Expiring {
    /**
     * @return empty where there is none, or it does not tell
     * @throws dev.lockstep.platform.PlatformException if it cannot be read
     */
    Optional<Instant> end();
}
