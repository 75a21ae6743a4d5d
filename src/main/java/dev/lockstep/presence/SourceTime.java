package dev.lockstep.presence;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When something happened, and in which order. The news of <em>one</em> source is ordered by its sequence where it gives
 * one, else by the time that it tells. News of two sources is compared by {@link #at()} alone.
 *
 * @param at when it is held to have happened, never later than the receipt: a source whose clock runs ahead must not win
 *     over everybody else's later news
 * @param sequence the source's own order, if it has one
 * @param sequencer who numbers: sequences of two are not compared
 * @param told the time that the source itself tells, however wrong its clock is; it orders that source's news until
 *     somebody sets that clock
 * @param receivedAt when it came, where that is not {@code at}
 */
public record SourceTime(
        Instant at,
        Optional<String> sequence,
        Optional<String> sequencer,
        Optional<Instant> told,
        Optional<Instant> receivedAt)
        implements Comparable<SourceTime> {
    /**
     * A forwarder that restarts begins its sequence anew. Two numbers are compared only while their times are near;
     * past that the times decide.
     */
    private static final Duration SAME_EPOCH = Duration.ofMinutes(5);

    /** By so much may the times that one source tells at once differ: it rounds them, or several of its parts tell them. */
    private static final Duration REORDERED = Duration.ofSeconds(2);

    /** By so much may one of two be late that come from one clock; zones and summer times differ by more. */
    private static final Duration LATENESS = Duration.ofMinutes(45);

    /** Of a source that says neither when something happened nor in which order. */
    public static SourceTime at(Instant at) {
        return new SourceTime(at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static SourceTime at(Instant at, String sequence) {
        return at(at).numbered("", sequence);
    }

    /** As the source numbers its news. */
    public SourceTime numbered(String by, String number) {
        Optional<String> given = notBlank(number);
        return new SourceTime(at, given, given.flatMap(any -> notBlank(by)), told, receivedAt);
    }

    /** With the time that the source tells, and when that came. */
    public SourceTime told(Instant time, Instant receipt) {
        Optional<Instant> late = Optional.of(receipt).filter(received -> !received.equals(at));
        return new SourceTime(at, sequence, sequencer, Optional.of(time), late);
    }

    private static Optional<String> notBlank(String text) {
        return Optional.of(text).filter(some -> !some.isBlank());
    }

    /** When it came, as far as that is known apart from when it happened. */
    public Instant received() {
        return receivedAt.orElse(at);
    }

    /** Whether the source itself says what came after what. */
    boolean isOrdered() {
        return sequence.isPresent() || told.isPresent();
    }

    @Override
    public int compareTo(SourceTime other) {
        int order = isNumberedWith(other) ? compareSequences(sequence.get(), other.sequence.get()) : 0;
        return order != 0 ? order : compareTimes(other);
    }

    private boolean isNumberedWith(SourceTime other) {
        boolean both = sequence.isPresent() && other.sequence.isPresent() && sequencer.equals(other.sequencer);
        return both
                && !isBegunAnew(other)
                && !other.isBegunAnew(this)
                && (isNear(time(), other.time())
                        || isNear(received(), other.received())
                        || isFromBeforeClockWasSet(other)
                        || other.isFromBeforeClockWasSet(this));
    }

    /** What overtook on its way was told earlier, too: a lower number that was told later and came later is a new count. */
    private boolean isBegunAnew(SourceTime other) {
        return told.isPresent()
                && other.told.isPresent()
                && isRight() == other.isRight()
                && time().isAfter(other.time().plus(REORDERED))
                && received().isAfter(other.received())
                && compareSequences(sequence.orElseThrow(), other.sequence.orElseThrow()) < 0;
    }

    /**
     * Clocks are set right, not wrong: a lower number with a wrong time, which comes after a right one, is an earlier
     * event that was tried again. The other way round it is a source that began its sequence anew.
     */
    private boolean isFromBeforeClockWasSet(SourceTime other) {
        return !isRight()
                && other.isRight()
                && Duration.between(other.received(), received()).abs().compareTo(LATENESS) <= 0
                && compareSequences(sequence.orElseThrow(), other.sequence.orElseThrow()) < 0;
    }

    /** What a source tells orders its news only while its clock stays as it is. */
    private int compareTimes(SourceTime other) {
        boolean both = told.isPresent() && other.told.isPresent();
        boolean comparable = both && (isBelieved() && other.isBelieved() || isOfTheSameClock(other));
        return comparable ? time().compareTo(other.time()) : at.compareTo(other.at);
    }

    /** Whether it happened when its source says, however late that came. */
    private boolean isBelieved() {
        return time().equals(at);
    }

    /** By the clock that told it: one that was set by hand is ahead by some minutes. */
    private boolean isRight() {
        return isBelieved() || isNear(time(), received());
    }

    private boolean isOfTheSameClock(SourceTime other) {
        Duration wrongBy = Duration.between(received(), time());
        return wrongBy.minus(Duration.between(other.received(), other.time()))
                        .abs()
                        .compareTo(LATENESS)
                <= 0;
    }

    private Instant time() {
        return told.orElse(at);
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(SAME_EPOCH) <= 0;
    }

    public boolean isAfter(SourceTime other) {
        return compareTo(other) > 0;
    }

    static SourceTime later(SourceTime one, SourceTime other) {
        return one.isAfter(other) ? one : other;
    }

    /** Digits are compared as numbers, so that a sender who does not pad them with zeros is understood too. */
    private static int compareSequences(String one, String other) {
        if (isNumber(one) && isNumber(other)) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return one.compareTo(other);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 40 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
