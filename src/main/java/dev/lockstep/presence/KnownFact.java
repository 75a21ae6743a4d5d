package dev.lockstep.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The newest that was told of one fact; an ended one is remembered, so that older news does not bring it back. */
public record KnownFact(
        Source source,
        String key,
        Status status,
        SourceTime moment,
        Instant since,
        Optional<Instant> until,
        boolean ended) {

    /** Nobody sends news that late any more. */
    static final Duration REMEMBERED = Duration.ofDays(2);

    static KnownFact of(Signal.Fact fact) {
        Instant since = fact.moment().at();
        return new KnownFact(fact.source(), fact.key(), fact.status(), fact.moment(), since, fact.until(), false);
    }

    static KnownFact of(Signal.FactEnded end) {
        Instant since = end.moment().at();
        return new KnownFact(end.source(), end.key(), Status.AVAILABLE, end.moment(), since, Optional.empty(), true);
    }

    KnownFact with(KnownFact news) {
        boolean newer = news.outranks(this);
        KnownFact newest = newer ? news : this;
        KnownFact older = newer ? this : news;
        boolean same = !older.ended && !newest.ended && older.status == newest.status;
        return same ? newest.since(older.since.isBefore(newest.since) ? older.since : newest.since) : newest;
    }

    /**
     * Of one moment the stricter counts, whichever came first: nobody is given work on the strength of a doubt. But a row
     * of Dynamics is read again, and then by another mapping perhaps.
     */
    private boolean outranks(KnownFact other) {
        int order = moment.compareTo(other.moment);
        boolean isReadAgain = source.equals(Source.DYNAMICS);
        return order != 0 ? order > 0 : isReadAgain || strictness() > other.strictness();
    }

    private int strictness() {
        return ended ? -1 : status.ordinal();
    }

    private KnownFact since(Instant start) {
        return new KnownFact(source, key, status, moment, start, until, ended);
    }

    /** What it is, without the line that it is a fact of: a line's name may be a telephone number. */
    String name() {
        return key.split("\\|", 2)[0];
    }

    boolean holdsAt(Instant now) {
        return !ended && !hasExpiredBy(now);
    }

    boolean isForgottenBy(Instant now) {
        Instant over = ended ? moment.at() : until.orElse(Instant.MAX);
        return over.isBefore(now.minus(REMEMBERED));
    }

    boolean hasExpiredBy(Instant now) {
        return !ended && until.map(end -> !now.isBefore(end)).orElse(false);
    }
}
