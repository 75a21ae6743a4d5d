package dev.lockstep.teams;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.protocol.entra.EntraCheck;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.TokenClaims;
import dev.lockstep.protocol.entra.Tokens;
import dev.lockstep.teams.graph.GraphSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Whether our application gets a token for Graph, and one that allows what is needed. */
@Singleton
class TeamsTokenChecks implements CheckGroup {
    private static final String PRESENCE = "Presence.ReadWrite.All";

    private final EntraSettings entra;
    private final Tokens tokens;
    private final GraphSettings graph;

    @Inject
    TeamsTokenChecks(EntraSettings entra, Tokens tokens, GraphSettings graph) {
        this.entra = entra;
        this.tokens = tokens;
        this.graph = graph;
    }

    @Override
    public List<Check> checks() {
        return List.of(new EntraCheck(entra).of("token-graph", this::token));
    }

    private Finding token() {
        Optional<TokenClaims> claims = tokens.current(graph.url()).claims();
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
