package dev.lockstep.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far we are with one agent on one platform.
 *
 * @param message what heals the condition
 * @param retryAt when to try again what did not work
 * @param attempts how often in a row it did not
 * @param overwrites when we last overwrote what somebody else had set, for the breaker, newest first
 * @param wrongSince since when the platform has not been as wanted without a break; empty while it is, or if that is
 *     not known
 */
public record Progress(
        Condition condition,
        String message,
        Optional<Instant> retryAt,
        int attempts,
        List<Instant> overwrites,
        Optional<Instant> wrongSince) {
    public static final Progress NONE =
            new Progress(Condition.PENDING, "not looked at yet", Optional.empty(), 0, List.of(), Optional.empty());

    public Progress {
        overwrites = List.copyOf(overwrites);
        wrongSince = condition.isWrong() ? wrongSince : Optional.empty();
    }

    Progress in(Condition next, String why) {
        return new Progress(next, why, Optional.empty(), 0, overwrites, wrongSince);
    }

    /** About to be written, because it has not been as wanted since then. How often it failed before is kept until it works, or the waits would not grow. */
    Progress attempting(Instant since) {
        return new Progress(Condition.PENDING, "being written", Optional.empty(), attempts, overwrites, wrongSince)
                .at(since);
    }

    Progress failing(Condition next, String why, Instant retry) {
        return new Progress(next, why, Optional.of(retry), attempts + 1, overwrites, wrongSince);
    }

    Progress overwriting(Instant at, Duration window) {
        List<Instant> recent = Stream.concat(Stream.of(at), overwrites.stream())
                .filter(old -> old.plus(window).isAfter(at))
                .toList();
        return new Progress(condition, message, retryAt, attempts, recent, wrongSince);
    }

    /** The same at a given time: what is wrong and was not before is so since then. */
    Progress at(Instant now) {
        return new Progress(condition, message, retryAt, attempts, overwrites, wrongSince.or(() -> Optional.of(now)));
    }
}
