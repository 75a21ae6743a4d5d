package dev.lockstep.presence;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of one call. An end is terminal and leaves a tombstone, so that a late or repeated "connected" of the
 * same call raises nobody from the dead.
 *
 * @param moment of the newest news of it
 * @param upSince when it was answered, or when it was first known to be up
 */
public record KnownCall(
        Source source,
        String line,
        String callId,
        CallState state,
        SourceTime moment,
        Instant upSince,
        boolean weakId) {
    /** Longer than the longest retry known, about 85 minutes after the event (Zoom Phone, webhook delays). */
    private static final Duration TOMBSTONE = Duration.ofHours(2);

    /** A desk phone counts its calls with short numbers and begins anew when it restarts; it never retries. */
    private static final Duration WEAK_TOMBSTONE = Duration.ofMinutes(5);

    /** Far beyond any maximum age of a call: one whose end was never told must not stay in the item for ever. */
    private static final Duration ABANDONED = Duration.ofDays(7);

    static KnownCall of(Signal.Call signal) {
        return new KnownCall(
                signal.source(),
                signal.line(),
                signal.callId(),
                signal.state(),
                signal.moment(),
                signal.moment().at(),
                signal.weakId());
    }

    KnownCall with(KnownCall news) {
        if (isNewCallWithOldNumber(news)) {
            return news;
        }
        if (news.isNewCallWithOldNumber(this)) {
            return this;
        }
        KnownCall newest = news.moment.isAfter(moment) ? news : this;
        KnownCall older = newest == this ? news : this;
        boolean over = hasEnded() || news.hasEnded();
        boolean sameStretch = older.state.isUp() && newest.state.isUp();
        boolean ranAhead = older.state.isUp() && newest.state.isBeginning();
        CallState current = over ? CallState.ENDED : ranAhead ? older.state : newest.state;
        Instant since = sameStretch || ranAhead ? earlier(older.upSince, newest.upSince) : newest.upSince;
        return new KnownCall(source, line, callId, current, newest.moment, since, weakId);
    }

    private boolean isNewCallWithOldNumber(KnownCall news) {
        return weakId && hasEnded() && news.state.isBeginning() && news.moment.isAfter(moment);
    }

    boolean isOn(Source otherSource, String otherLine) {
        return source.equals(otherSource) && line.equals(otherLine);
    }

    boolean hasEnded() {
        return state == CallState.ENDED;
    }

    KnownCall ended(SourceTime at) {
        return new KnownCall(source, line, callId, CallState.ENDED, at, upSince, weakId);
    }

    boolean isForgottenBy(Instant now) {
        Duration tombstone = weakId ? WEAK_TOMBSTONE : TOMBSTONE;
        return moment.at().plus(hasEnded() ? tombstone : ABANDONED).isBefore(now);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
