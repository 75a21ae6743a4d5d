package dev.lockstep.configured;

import dev.lockstep.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Secrets from AWS Secrets Manager, by ARN; the values themselves only where an installation allows that.
 *
 * <p>A value is kept for {@link #AGE}, less a random part so that instances do not all ask at once. A changed secret is
 * therefore known everywhere after that time: put the new one beside the old one before taking the old one away. While
 * the secret store does not answer, a value that was read holds on for {@link #GRACE}.
 */
public final class StoredSecrets implements Secrets {
    static final Duration AGE = Duration.ofMinutes(5);
    static final Duration GRACE = Duration.ofHours(1);

    /** A refusal is remembered for a while: strangers' requests must not become calls of the secret store. */
    static final Duration REFUSED = Duration.ofSeconds(20);

    private final Vault vault;
    private final boolean inlineAllowed;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /**
     * Where secrets are kept.
     */
    @FunctionalInterface
    public interface Vault {
        /**
         * @throws PlatformException.PermissionMissing if it may not be read or does not exist
         * @throws PlatformException.Unreachable if there was no answer
         */
        String read(String arn);
    }

    public StoredSecrets(Vault vault, boolean inlineAllowed, InstantSource clock, RandomGenerator random) {
        this.vault = vault;
        this.inlineAllowed = inlineAllowed;
        this.clock = clock;
        this.random = random;
    }

    /** Whether a text names a stored secret and is not one itself. */
    public static boolean isReference(String text) {
        return text.startsWith("arn:");
    }

    @Override
    public String reveal(String reference) {
        if (isReference(reference)) {
            return held.compute(reference, this::current).reveal();
        }
        if (inlineAllowed) {
            return reference;
        }
        throw new PlatformException.PermissionMissing("a secret is given by its value, which is allowed on a laptop "
                + "only; store it in Secrets Manager and give its ARN");
    }

    /** One caller asks for a secret; the others wait for the same answer. */
    private Held current(String arn, Held before) {
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.until())) {
            return before;
        }
        try {
            Instant until = now.plus(AGE).minusMillis(random.nextLong(AGE.toMillis() / 5));
            return new Held(Optional.of(vault.read(arn)), Optional.empty(), now, until);
        } catch (PlatformException.PermissionMissing refused) {
            return new Held(Optional.empty(), Optional.of(refused), now, now.plus(REFUSED));
        } catch (PlatformException.Unreachable silent) {
            boolean usable = before != null
                    && before.value().isPresent()
                    && now.isBefore(before.readAt().plus(GRACE));
            Optional<String> value = usable ? before.value() : Optional.empty();
            Instant readAt = usable ? before.readAt() : now;
            return new Held(value, Optional.of(silent), readAt, now.plus(REFUSED));
        }
    }

    private record Held(Optional<String> value, Optional<PlatformException> failure, Instant readAt, Instant until) {
        String reveal() {
            return value.orElseThrow(() -> failure.orElseThrow());
        }

        @Override
        public String toString() {
            return "Held[until=" + until + "]";
        }
    }
}
