package dev.lockstep.doctor;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Expiring;
import dev.lockstep.check.Finding;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.TokenClaims;
import dev.lockstep.protocol.entra.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether we can sign in, what we are allowed to, and for how long.
 *
 * @param graph where Graph is
 * @param dynamics where Dynamics 365 is; empty if it is not connected
 * @param expiry of the certificate by which we sign in; empty for a secret, which does not tell
 * @param soon how long before its end a credential is worth a warning
 */
record EntraChecks(
        EntraSettings settings,
        Tokens tokens,
        URI graph,
        Optional<URI> dynamics,
        Supplier<Optional<Instant>> expiry,
        RemoteTime remote,
        InstantSource clock,
        Duration soon)
        implements CheckGroup, Expiring {
    static final String PRESENCE = "Presence.ReadWrite.All";

    private static final Duration OFF = Duration.ofSeconds(5);
    private static final Duration FAR_OFF = Duration.ofMinutes(2);

    @Override
    public List<Check> checks() {
        return List.of(
                check("token-graph", this::graphToken),
                check("token-dynamics", this::dynamicsToken),
                check("credential-expiry", this::credential),
                new Check("clock", this::time));
    }

    private Check check(String name, Supplier<Finding> look) {
        return new Check(
                name,
                () -> settings.clientId().isPresent()
                        ? look.get()
                        : Finding.skipped(
                                "no application is configured",
                                "set lockstep.entra.client-id and its tenant and credential"));
    }

    @Override
    public Optional<Instant> end() {
        return settings.clientId().isPresent() ? expiry.get() : Optional.empty();
    }

    private Finding graphToken() {
        Optional<TokenClaims> claims = tokens.current(graph).claims();
        if (claims.isEmpty()) {
            return Finding.warning("a token was issued, but does not tell what it allows", "look at it in Entra");
        }
        return claims.get().roles().contains(PRESENCE)
                ? Finding.ok("the token for Graph holds "
                        + String.join(", ", claims.get().roles()))
                : Finding.failed(
                        "the token for Graph lacks " + PRESENCE,
                        "grant the application " + PRESENCE
                                + " as an application permission, with an administrator's consent");
    }

    private Finding dynamicsToken() {
        if (dynamics.isEmpty()) {
            return Finding.skipped("Dynamics 365 is not connected", "set lockstep.dynamics.url");
        }
        tokens.current(dynamics.get());
        return Finding.ok("a token for Dynamics 365 is issued");
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
