package dev.lockstep.teams;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Expiring;
import dev.lockstep.check.Finding;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.EntraCheck;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.TokenClaims;
import dev.lockstep.protocol.entra.Tokens;
import dev.lockstep.teams.graph.GraphApplications;
import dev.lockstep.teams.graph.GraphSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether our application gets a token for Graph, and one that allows what is needed. */
@Singleton
class TeamsTokenChecks implements CheckGroup, Expiring {
    private static final String PRESENCE = "Presence.ReadWrite.All";

    private final EntraSettings entra;
    private final Tokens tokens;
    private final GraphSettings graph;
    private final GraphApplications applications;

    @Inject
    TeamsTokenChecks(EntraSettings entra, Tokens tokens, GraphSettings graph, GraphApplications applications) {
        this.entra = entra;
        this.tokens = tokens;
        this.graph = graph;
        this.applications = applications;
    }

    @Override
    public List<Check> checks() {
        EntraCheck check = new EntraCheck(entra);
        return List.of(
                check.of("token-graph", () -> token(tokens)), check.of("teams-registrations", this::registrations));
    }

    /** Of the further registrations; the first one's is told elsewhere. */
    @Override
    public Optional<Instant> end() {
        return applications.credentialExpiry();
    }

    private Finding registrations() {
        Map<String, Tokens> further = applications.further();
        if (further.isEmpty()) {
            return Finding.skipped("one app registration writes to Teams", "");
        }
        String troubles = further.entrySet().stream()
                .flatMap(one -> trouble(one.getValue()).map(trouble -> one.getKey() + ": " + trouble).stream())
                .collect(Collectors.joining("; "));
        return troubles.isEmpty()
                ? Finding.ok((further.size() + 1) + " app registrations write to Teams")
                : Finding.failed(
                        troubles,
                        "grant each " + PRESENCE + " as an application permission, with an administrator's consent, and"
                                + " check its credential; or retire it in lockstep.graph.registrations: its agents go to"
                                + " the others");
    }

    private Optional<String> trouble(Tokens of) {
        try {
            Finding finding = token(of);
            return finding.grade() == Finding.Grade.OK ? Optional.empty() : Optional.of(finding.detail());
        } catch (PlatformException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Finding token(Tokens of) {
        Optional<TokenClaims> claims = of.current(graph.url()).claims();
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
}
