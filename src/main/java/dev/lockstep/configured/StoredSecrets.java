package dev.lockstep.configured;

import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.platform.PlatformException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
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
@Singleton
public final class StoredSecrets implements Secrets {
    static final Duration AGE = Duration.ofMinutes(5);
    static final Duration GRACE = Duration.ofHours(1);

    /** A refusal, and that there was no answer, is remembered for a while: strangers' requests must not become calls of the secret store. */
    static final Duration REFUSED = Duration.ofSeconds(20);

    private final Vault vault;
    private final boolean inlineAllowed;
    private final InstantSource clock;
    private final RefreshRules<Answer> rules;
    private final Map<String, RefreshingValue<Answer>> answers = new ConcurrentHashMap<>();

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

    @Inject
    StoredSecrets(Vault vault, ConfigSettings settings, InstantSource clock, RandomGenerator random) {
        this(vault, settings.inlineSecrets(), clock, random);
    }

    public StoredSecrets(Vault vault, boolean inlineAllowed, InstantSource clock, RandomGenerator random) {
        this.vault = vault;
        this.inlineAllowed = inlineAllowed;
        this.clock = clock;
        this.rules = new Rules(random);
    }

    /** Whether a text names a stored secret and is not one itself. */
    public static boolean isReference(String text) {
        return text.startsWith("arn:");
    }

    @Override
    public String reveal(String reference) {
        if (isReference(reference)) {
            return switch (answers.computeIfAbsent(reference, this::asked).get()) {
                case Known known -> known.value();
                case Refused refused -> throw refused.cause();
            };
        }
        if (inlineAllowed) {
            return reference;
        }
        throw new PlatformException.PermissionMissing("a secret is given by its value, which is allowed on a laptop "
                + "only; store it in Secrets Manager and give its ARN");
    }

    private RefreshingValue<Answer> asked(String arn) {
        return new RefreshingValue<>(() -> answer(arn), rules, clock);
    }

    private Answer answer(String arn) {
        try {
            return new Known(vault.read(arn));
        } catch (PlatformException.PermissionMissing refused) {
            return new Refused(refused);
        }
    }

    /** What the secret store said. */
    private sealed interface Answer {}

    private record Known(String value) implements Answer {
        @Override
        public String toString() {
            return "Known";
        }
    }

    private record Refused(PlatformException.PermissionMissing cause) implements Answer {}

    private record Rules(RandomGenerator random) implements RefreshRules<Answer> {
        @Override
        public Instant dueAt(Answer answer, Instant readAt) {
            return switch (answer) {
                case Known known -> readAt.plus(AGE).minusMillis(random.nextLong(AGE.toMillis() / 5));
                case Refused refused -> readAt.plus(REFUSED);
            };
        }

        @Override
        public Instant endsAt(Answer answer, Instant readAt) {
            return switch (answer) {
                case Known known -> readAt.plus(GRACE);
                case Refused refused -> readAt.plus(REFUSED);
            };
        }

        @Override
        public Optional<Duration> pauseAfter(RuntimeException failure) {
            return failure instanceof PlatformException.Unreachable ? Optional.of(REFUSED) : Optional.empty();
        }

        @Override
        public Duration pauseWithoutValue(RuntimeException failure) {
            return pauseAfter(failure).orElse(Duration.ZERO);
        }
    }
}
