package dev.lockstep.protocol.entra;

import dev.lockstep.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one token of one platform, refreshed ahead of its end by one caller while the others go on with the old one.
 *
 * <p>What went wrong is answered again for a short while without asking Entra: thousands of agents must not become
 * thousands of failing sign-ins, and whoever waited for the failed attempt does not wait for another.
 */
final class TokenSlot {
    static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(5);
    static final Duration PAUSE_AFTER_SILENCE = Duration.ofSeconds(1);
    static final Duration PAUSE_WITHOUT_A_TIME = Duration.ofSeconds(10);

    private final Supplier<AccessToken> source;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile AccessToken held;
    private volatile Failure failure;
    private volatile Instant renewedAt = Instant.MIN;

    TokenSlot(Supplier<AccessToken> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    AccessToken current() {
        AccessToken token = held;
        Instant now = clock.instant();
        if (token == null || !token.servesAt(now)) {
            return obtained();
        }
        if (token.isDueAt(now) && fetching.tryLock()) {
            try {
                return refreshedAhead();
            } finally {
                fetching.unlock();
            }
        }
        return token;
    }

    AccessToken renewed(AccessToken refused) {
        fetching.lock();
        try {
            if (held != null && !held.equals(refused)) {
                return held;
            }
            if (clock.instant().isBefore(renewedAt.plus(PAUSE_AFTER_REFUSAL))) {
                throw new PlatformException.PermissionMissing("a token that was just issued is refused");
            }
            AccessToken next = fetched();
            renewedAt = clock.instant();
            return next;
        } finally {
            fetching.unlock();
        }
    }

    private AccessToken obtained() {
        fetching.lock();
        try {
            AccessToken token = held;
            return token != null && token.servesAt(clock.instant()) ? token : fetched();
        } finally {
            fetching.unlock();
        }
    }

    /** While the old one still serves, that the next cannot be had is no reason to fail. */
    private AccessToken refreshedAhead() {
        AccessToken token = held;
        try {
            return token.isDueAt(clock.instant()) ? fetched() : token;
        } catch (PlatformException e) {
            return token;
        }
    }

    private AccessToken fetched() {
        Failure last = failure;
        if (last != null && clock.instant().isBefore(last.until())) {
            throw last.cause();
        }
        try {
            held = source.get();
            failure = null;
            return held;
        } catch (PlatformException e) {
            failure = new Failure(e, clock.instant().plus(pause(e)));
            throw e;
        }
    }

    private static Duration pause(PlatformException e) {
        return switch (e) {
            case PlatformException.Throttled throttled -> throttled.retryAfter().orElse(PAUSE_WITHOUT_A_TIME);
            case PlatformException.PermissionMissing missing -> PAUSE_AFTER_REFUSAL;
            case PlatformException.Rejected rejected -> PAUSE_AFTER_REFUSAL;
            case PlatformException.NotSignedIn none -> PAUSE_AFTER_REFUSAL;
            case PlatformException.Unreachable silent -> PAUSE_AFTER_SILENCE;
        };
    }

    private record Failure(PlatformException cause, Instant until) {}
}
