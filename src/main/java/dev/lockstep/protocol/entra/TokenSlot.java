package dev.lockstep.protocol.entra;

import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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

    private final RefreshingValue<AccessToken> token;
    private final InstantSource clock;
    private volatile Optional<Replacement> lastReplacement = Optional.empty();

    private record Replacement(AccessToken token, Instant at) {}

    TokenSlot(Supplier<AccessToken> source, InstantSource clock) {
        this.token = new RefreshingValue<>(source, new Rules(), clock);
        this.clock = clock;
    }

    AccessToken current() {
        return token.get();
    }

    AccessToken renewed(AccessToken refused) {
        boolean justReplaced = lastReplacement
                .filter(last -> last.token().equals(refused))
                .filter(last -> clock.instant().isBefore(last.at().plus(PAUSE_AFTER_REFUSAL)))
                .isPresent();
        if (justReplaced) {
            throw new PlatformException.PermissionMissing("a token that was just issued is refused");
        }
        AccessToken next = token.replaced((held, readAt) -> held.equals(refused));
        lastReplacement = Optional.of(new Replacement(next, clock.instant()));
        return next;
    }

    private record Rules() implements RefreshRules<AccessToken> {
        @Override
        public Instant dueAt(AccessToken token, Instant readAt) {
            return token.refreshAt();
        }

        @Override
        public Instant endsAt(AccessToken token, Instant readAt) {
            return token.expiresAt();
        }

        @Override
        public Optional<Duration> pauseAfter(RuntimeException failure) {
            return failure instanceof PlatformException known ? Optional.of(pause(known)) : Optional.empty();
        }

        @Override
        public Duration pauseWithoutValue(RuntimeException failure) {
            return pauseAfter(failure).orElse(Duration.ZERO);
        }

        private static Duration pause(PlatformException e) {
            return switch (e) {
                case PlatformException.Throttled throttled ->
                    throttled.retryAfter().orElse(PAUSE_WITHOUT_A_TIME);
                case PlatformException.PermissionMissing missing -> PAUSE_AFTER_REFUSAL;
                case PlatformException.Rejected rejected -> PAUSE_AFTER_REFUSAL;
                case PlatformException.NotSignedIn none -> PAUSE_AFTER_REFUSAL;
                case PlatformException.Unreachable silent -> PAUSE_AFTER_SILENCE;
            };
        }
    }
}
