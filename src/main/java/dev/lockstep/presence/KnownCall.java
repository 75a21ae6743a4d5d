package dev.lockstep.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one call: the newest that was told of its beginning, of its being up and of its end. From these three
 * alone follows how it stands, so that news may come in any order.
 *
 * <p>An end leaves a tombstone: it keeps down what is older, what was told of the same moment and did not come after it,
 * and what has no order of its own, so that a late or repeated "connected" raises nobody from the dead. What the source itself places after the
 * end begins a new stretch of the call, as when it was parked and is taken up again.
 *
 * <p>Of an ended one only its end is kept, and its key among {@link Calls}: many of them stand in an agent's item.
 *
 * @param line blank if it has ended
 * @param callId blank if it has ended
 * @param moment of the newest news that counts
 * @param upSince when it was answered, or when it was first known to be up
 * @param up the newest news of its being up, where that is not {@code moment}
 * @param ended the newest end before this stretch of it
 */
public record KnownCall(
        Source source,
        String line,
        String callId,
        CallState state,
        SourceTime moment,
        Instant upSince,
        boolean weakId,
        Optional<SourceTime> up,
        Optional<SourceTime> ended) {
    public KnownCall {
        if (state == CallState.ENDED) {
            line = "";
            callId = "";
            upSince = moment.at();
            up = Optional.empty();
            ended = Optional.empty();
        }
    }

    /** As it is remembered that a call has ended. */
    public static KnownCall ended(Source source, SourceTime end, boolean weakId) {
        return new KnownCall(
                source, "", "", CallState.ENDED, end, end.at(), weakId, Optional.empty(), Optional.empty());
    }

    /** Longer than the longest retry known, about 85 minutes after the event (Zoom Phone, webhook delays). */
    static final Duration TOMBSTONE = Duration.ofMinutes(90);

    /** A desk phone counts its calls with short numbers and begins anew when it restarts; it never retries. */
    private static final Duration WEAK_TOMBSTONE = Duration.ofMinutes(5);

    /** By so much may what one phone sends overtake each other; later than that, its number means another call. */
    private static final Duration REORDERED = Duration.ofSeconds(2);

    /** Far beyond any maximum age of a call: one whose end was never told must not stay in the item for ever. */
    private static final Duration ABANDONED = Duration.ofDays(7);

    /** One thing that was told of a call. */
    private record Told(CallState state, SourceTime moment) {
        /** Of two of one moment always the same one, whichever came first. */
        static Told newer(Told one, Told other) {
            int order = one.moment.compareTo(other.moment);
            boolean first = order != 0 ? order > 0 : one.state.compareTo(other.state) >= 0;
            return first ? one : other;
        }
    }

    static KnownCall of(Signal.Call signal) {
        return new KnownCall(
                signal.source(),
                signal.line(),
                signal.callId(),
                signal.state(),
                signal.moment(),
                signal.moment().at(),
                signal.weakId(),
                Optional.empty(),
                Optional.empty());
    }

    KnownCall with(KnownCall news) {
        Optional<SourceTime> end = newer(end(), news.end()).map(Told::moment);
        Optional<Told> start = newer(start(), news.start()).filter(told -> isNewStart(told.moment, end));
        Optional<Told> talk = newer(talk(), news.talk()).filter(told -> isNewTalk(told.moment, end, start));
        if (talk.isEmpty()) {
            Told last = start.orElseGet(() -> new Told(CallState.ENDED, end.orElseThrow()));
            return named(news).standing(last.state, last.moment, last.moment.at(), Optional.empty(), end);
        }
        Told up = talk.get();
        Optional<Told> ranAhead = start.filter(told -> told.moment.isAfter(up.moment));
        SourceTime newest = ranAhead.map(Told::moment).orElse(up.moment);
        Instant since = Stream.of(this, news)
                .filter(call -> call.state.isUp())
                .map(KnownCall::upSince)
                .filter(at -> end.map(over -> at.isAfter(over.at())).orElse(true))
                .reduce(up.moment.at(), KnownCall::earlier);
        return named(news).standing(up.state, newest, since, ranAhead.map(told -> up.moment), end);
    }

    /** An ended one has lost its names; news of it has them. */
    private KnownCall named(KnownCall news) {
        return hasEnded() ? news : this;
    }

    private KnownCall standing(
            CallState now, SourceTime newest, Instant since, Optional<SourceTime> talk, Optional<SourceTime> end) {
        return new KnownCall(source, line, callId, now, newest, since, weakId, talk, end);
    }

    private boolean isNewStart(SourceTime start, Optional<SourceTime> end) {
        return end.map(over -> start.isAfter(over) && (weakId || start.isOrdered()))
                .orElse(true);
    }

    /** A phone that begins a call under an old number has told so; one that tells only of answers needs some time. */
    private boolean isNewTalk(SourceTime talk, Optional<SourceTime> end, Optional<Told> start) {
        boolean begun = end.isEmpty()
                || start.filter(told -> !told.moment.isAfter(talk)).isPresent();
        return begun || (weakId ? isAnotherCall(talk, end.get()) : talk.isOrdered() && isLater(talk, end.get()));
    }

    /** Of two of one moment, as whole seconds tell it, the later to come: in doubt somebody is on a call. */
    private static boolean isLater(SourceTime talk, SourceTime end) {
        int order = talk.compareTo(end);
        return order > 0 || (order == 0 && talk.received().isAfter(end.received()));
    }

    /** Whether that is the end of another call under the same number, and this one is over already. */
    boolean isAnotherThan(Signal.Call end) {
        return hasEnded() && weakId && isAnotherCall(end.moment(), moment);
    }

    private static boolean isAnotherCall(SourceTime talk, SourceTime end) {
        return talk.at().isAfter(end.at().plus(REORDERED));
    }

    private Optional<Told> end() {
        return hasEnded() ? Optional.of(new Told(state, moment)) : ended.map(at -> new Told(CallState.ENDED, at));
    }

    private Optional<Told> talk() {
        return state.isUp() ? Optional.of(new Told(state, up.orElse(moment))) : Optional.empty();
    }

    private Optional<Told> start() {
        CallState beginning = state.isBeginning() ? state : CallState.RINGING;
        return state.isBeginning() || up.isPresent() ? Optional.of(new Told(beginning, moment)) : Optional.empty();
    }

    private static Optional<Told> newer(Optional<Told> one, Optional<Told> other) {
        return Stream.of(one, other).flatMap(Optional::stream).reduce(Told::newer);
    }

    boolean isOn(Source otherSource, String otherLine) {
        return source.equals(otherSource) && line.equals(otherLine);
    }

    boolean hasEnded() {
        return state == CallState.ENDED;
    }

    KnownCall ended(SourceTime at) {
        return with(standing(CallState.ENDED, at, at.at(), Optional.empty(), Optional.empty()));
    }

    /**
     * When its state was told. A ringing after the answer is newer and says nothing of it: a phone that uses the number
     * again brings no call back that a list has ended.
     */
    SourceTime stateToldAt() {
        return up.orElse(moment);
    }

    /** When it was last heard of: from then on a call whose end is never told grows old. */
    Instant lastHeardAt() {
        return moment.received();
    }

    /** What rings and is never answered is no more worth keeping than a tombstone. */
    boolean isForgottenBy(Instant now) {
        Duration tombstone = weakId && hasEnded() ? WEAK_TOMBSTONE : TOMBSTONE;
        return lastHeardAt().plus(state.isUp() ? ABANDONED : tombstone).isBefore(now);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
