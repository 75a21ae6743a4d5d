package dev.lockstep.presence;

import java.time.Instant;
import java.util.Optional;

/** A choice as it is remembered: the newest that its source told. */
public record KnownChoice(
        Source source, SourceTime moment, Status status, Optional<Instant> from, Optional<Instant> until) {

    static KnownChoice of(Signal.Choice signal) {
        return new KnownChoice(signal.source(), signal.moment(), signal.status(), signal.from(), signal.until());
    }

    boolean hasBegunBy(Instant now) {
        return from.map(start -> !now.isBefore(start)).orElse(true);
    }

    boolean hasExpiredBy(Instant now) {
        return until.map(end -> !now.isBefore(end)).orElse(false);
    }

    boolean isAfter(Instant other) {
        return moment.at().isAfter(other);
    }
}
