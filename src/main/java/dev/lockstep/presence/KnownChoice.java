package dev.lockstep.presence;

import java.time.Instant;
import java.util.Optional;

/**
 * A choice as it is remembered: the newest that its source told.
 *
 * @param presence in its platform's own words, so that the very same can be given back there
 */
public record KnownChoice(
        Source source,
        SourceTime moment,
        Status status,
        Optional<String> presence,
        Optional<Instant> from,
        Optional<Instant> until) {
    public KnownChoice(
            Source source, SourceTime moment, Status status, Optional<Instant> from, Optional<Instant> until) {
        this(source, moment, status, Optional.empty(), from, until);
    }

    static KnownChoice of(Signal.Choice signal) {
        return new KnownChoice(
                signal.source(), signal.moment(), signal.status(), signal.presence(), signal.from(), signal.until());
    }

    /** The same, now that what was picked is read as that: it counts from when it was made, and its platform ends it as before. */
    public Signal.Choice readAs(Status other) {
        Optional<Instant> begin = other == status ? from : Optional.empty();
        return new Signal.Choice(source, moment, other, presence, begin, until);
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
