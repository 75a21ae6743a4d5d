package dev.lockstep.doctor;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Expiring;
import dev.lockstep.check.Finding;
import dev.lockstep.protocol.entra.EntraCheck;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * For how long we can sign in, and whether our clock lets us.
 *
 * @param expiry of the certificate by which we sign in; empty for a secret, which does not tell
 * @param soon how long before its end a credential is worth a warning
 */
@Singleton
record EntraChecks(
        EntraSettings settings,
        Supplier<Optional<Instant>> expiry,
        RemoteTime remote,
        InstantSource clock,
        Duration soon)
        implements CheckGroup, Expiring {
    private static final Duration OFF = Duration.ofSeconds(5);
    private static final Duration FAR_OFF = Duration.ofMinutes(2);

    @Inject
    EntraChecks(EntraSettings entra, EntraTokens tokens, DoctorSettings settings, InstantSource clock) {
        this(entra, tokens::credentialExpiry, new DateHeader(), clock, settings.expiresSoon());
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new EntraCheck(settings).of("credential-expiry", this::credential), new Check("clock", this::time));
    }

    @Override
    public Optional<Instant> end() {
        return settings.clientId().isPresent() ? expiry.get() : Optional.empty();
    }

    private Finding credential() {
        Optional<Instant> end = expiry.get();
        if (end.isEmpty()) {
            return Finding.skipped(
                    "a client secret does not tell when it ends", "use a certificate, or note its end in Entra");
        }
        Duration left = Duration.between(clock.instant(), end.get());
        String detail = "the certificate by which we sign in ends at " + end.get();
        String fix =
                "create a new one, store it, and add it to the application in Entra before taking the old one away";
        if (left.isNegative()) {
            return Finding.failed(detail, fix);
        }
        return left.compareTo(soon) < 0 ? Finding.warning(detail, fix) : Finding.ok(detail);
    }

    /** A clock that is off makes signatures stale and tokens seem expired. */
    private Finding time() {
        Optional<Instant> theirs = remote.at(settings.authority());
        if (theirs.isEmpty()) {
            return Finding.skipped("Entra did not tell its time", "");
        }
        Duration off = Duration.between(theirs.get(), clock.instant()).abs();
        String detail = "our clock and Entra's differ by " + off.toSeconds() + " s";
        if (off.compareTo(FAR_OFF) > 0) {
            return Finding.failed(detail, "set the clock");
        }
        return off.compareTo(OFF) > 0 ? Finding.warning(detail, "set the clock") : Finding.ok(detail);
    }
}
