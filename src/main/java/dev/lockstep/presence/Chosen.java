package dev.lockstep.presence;

import java.time.Instant;
import java.util.Optional;

/** A choice as it is remembered: the newest that its source told. */
public record Chosen(Source source, Moment moment, Status status, Optional<Instant> from, Optional<Instant> until) {

    static Chosen of(Signal.Choice signal) {
        return new Chosen(signal.source(), signal.moment(), signal.status(), signal.from(), signal.until());
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
