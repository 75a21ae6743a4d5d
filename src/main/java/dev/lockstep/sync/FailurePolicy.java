package dev.lockstep.sync;

import dev.lockstep.platform.Condition;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Standing;
import dev.lockstep.sync.queue.Spread;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a failed write means: whether it may have been made all the same, how the agent stands, when to try again. */
final class FailurePolicy {
    /** What only people can mend is not asked for more often. */
    private static final Duration AT_LEAST_FOR_PEOPLE = Duration.ofMinutes(1);

    private static final int MAX_DOUBLINGS = 20;

    /** After so many attempts, a minute apart, polls have told of a sign-out. */
    private static final int SIGN_OUT_IS_KNOWN = 2;

    private final SyncSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Spread spread;

    FailurePolicy(SyncSettings settings, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.spread = new Spread(random);
    }

    /** Whether the platform may have made the write although it did not say so. */
    static boolean mayHaveBeenMade(PlatformException failure) {
        return switch (failure) {
            case PlatformException.Throttled throttled -> true;
            case PlatformException.Outdated outdated -> false;
            case PlatformException.Unreachable unreachable -> true;
            case PlatformException.NotSignedIn out -> false;
            case PlatformException.PermissionMissing missing -> false;
            case PlatformException.Rejected rejected -> false;
        };
    }

    /** The wait that a platform asked everybody for. */
    static Optional<Duration> waitForEverybody(PlatformException failure) {
        return failure instanceof PlatformException.Throttled asked ? asked.retryAfter() : Optional.empty();
    }

    /** How an agent stands on a platform after a failure there. */
    Standing failed(Standing standing, PlatformException failure) {
        Duration wait = backoff(standing.progress().attempts());
        return switch (failure) {
            case PlatformException.Throttled throttled ->
                standing.failing(
                        Condition.THROTTLED,
                        "the platform asked us to wait",
                        in(throttled.retryAfter().map(spread::over).orElse(wait)));
            case PlatformException.NotSignedIn out -> notSignedIn(standing, in(forPeople(wait)));
            case PlatformException.PermissionMissing missing ->
                standing.failing(Condition.PERMISSION_MISSING, missing.getMessage(), in(forPeople(wait)));
            case PlatformException.Rejected rejected ->
                standing.failing(Condition.UNMAPPED, rejected.getMessage(), in(forPeople(wait)));
            case PlatformException.NotYetShown lagging ->
                standing.failing(
                        Condition.PENDING,
                        lagging.getMessage(),
                        in(Patience.isLeft(standing) ? settings.reread() : wait));
            case PlatformException.Outdated outdated ->
                standing.failing(Condition.PENDING, outdated.getMessage(), in(wait));
            case PlatformException.Unreachable unreachable ->
                standing.failing(Condition.PENDING, "the platform does not answer; tried again", in(wait));
        };
    }

    /** Nobody is written to who is known to be signed out: what a sign-out told late is known by the third time. */
    private static Standing notSignedIn(Standing standing, Instant again) {
        return standing.progress().attempts() < SIGN_OUT_IS_KNOWN
                ? standing.failing(Condition.NOT_SIGNED_IN, "applied when the agent signs in", again)
                : standing.failing(
                        Condition.UNMAPPED,
                        "not found there, though shown as signed in: check the agent's id and the presence",
                        again);
    }

    private Instant in(Duration wait) {
        return clock.instant().plus(wait);
    }

    private Duration forPeople(Duration wait) {
        return wait.compareTo(AT_LEAST_FOR_PEOPLE) > 0 ? wait : spread.over(AT_LEAST_FOR_PEOPLE);
    }

    /** Doubles with every failure and is spread, so that agents who failed together do not come back together. */
    private Duration backoff(int attempts) {
        long base = settings.backoff().toMillis() << Math.min(attempts, MAX_DOUBLINGS);
        long limited = Math.min(base, settings.backoffLimit().toMillis());
        return Duration.ofMillis(limited / 2 + random.nextLong(limited / 2 + 1));
    }
}
