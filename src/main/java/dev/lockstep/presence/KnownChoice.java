package dev.lockstep.presence;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A choice as it is remembered: the newest that its source told.
 *
 * @param presence in its platform's own words, so that the very same can be given back there
 * @param before what had been chosen there until then, which holds until this one begins to count
 */
public record KnownChoice(
        Source source,
        SourceTime moment,
        Status status,
        Optional<String> presence,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<KnownChoice> before) {
    public KnownChoice(
            Source source, SourceTime moment, Status status, Optional<Instant> from, Optional<Instant> until) {
        this(source, moment, status, Optional.empty(), from, until, Optional.empty());
    }

    static KnownChoice of(Signal.Choice signal) {
        return new KnownChoice(
                signal.source(),
                signal.moment(),
                signal.status(),
                signal.presence(),
                signal.from(),
                signal.until(),
                Optional.empty());
    }

    /** In the place of an earlier one: of what is held back for a while it is remembered. */
    KnownChoice after(KnownChoice earlier) {
        return from.isEmpty()
                ? this
                : with(Stream.concat(before.stream(), earlier.countingBy(moment.at()))
                        .max(Comparator.comparing(choice -> choice.moment().at()))
                        .map(choice -> choice.with(Optional.empty())));
    }

    private KnownChoice with(Optional<KnownChoice> earlier) {
        return new KnownChoice(source, moment, status, presence, from, until, earlier);
    }

    /** What counts of it by then: itself, or what had been chosen before. */
    Stream<KnownChoice> countingBy(Instant now) {
        return hasBegunBy(now) ? Stream.of(this) : before.stream();
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
