package dev.lockstep.presence;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a source says that something happened. Orders the news of <em>one</em> source: by its sequence where it gives
 * one, else by its time. News of two sources is compared by {@link #at()} alone.
 *
 * @param at the source's time, never later than the time of receipt: a source whose clock runs ahead must not win
 *     over everybody else's later news
 * @param sequence the source's own order, if it has one
 */
public record SourceTime(Instant at, Optional<String> sequence) implements Comparable<SourceTime> {
    /**
     * A forwarder that restarts begins its sequence anew. Two numbers are compared only while their times are near;
     * past that the times decide.
     */
    private static final Duration SAME_EPOCH = Duration.ofMinutes(5);

    public static SourceTime at(Instant at) {
        return new SourceTime(at, Optional.empty());
    }

    public static SourceTime at(Instant at, String sequence) {
        return new SourceTime(at, Optional.of(sequence).filter(text -> !text.isBlank()));
    }

    @Override
    public int compareTo(SourceTime other) {
        boolean sequenced = sequence.isPresent() && other.sequence.isPresent();
        if (sequenced && Duration.between(at, other.at).abs().compareTo(SAME_EPOCH) <= 0) {
            int order = compareSequences(sequence.get(), other.sequence.get());
            return order != 0 ? order : at.compareTo(other.at);
        }
        return at.compareTo(other.at);
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
