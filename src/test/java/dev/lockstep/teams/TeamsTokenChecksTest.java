package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.check.Finding;
import dev.lockstep.check.Finding.Grade;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.entra.GivenTokens;
import dev.lockstep.teams.graph.GraphApplications;
import dev.lockstep.teams.graph.GraphSettings;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What an administrator is told of the token for Graph. */
class TeamsTokenChecksTest {
    private static Finding look(EntraSettings settings, GivenTokens tokens) {
        GraphSettings graph = Defaults.of(GraphSettings.class);
        GraphApplications one = GraphApplications.one(graph, settings, tokens, InstantSource.system());
        return new TeamsTokenChecks(settings, tokens, graph, one)
                .checks().stream()
                        .filter(check -> check.name().equals("token-graph"))
                        .findFirst()
                        .orElseThrow()
                        .look()
                        .get();
    }

    private static Finding look(GivenTokens tokens) {
        return look(GivenSettings.secret("https://login.microsoftonline.com", "s"), tokens);
    }

    @Test
    void theRoleInTheTokenIsWhatCounts() {
        String both = "{\"roles\":[\"Presence.ReadWrite.All\",\"Schedule.Read.All\"]}";
        assertThat(look(GivenTokens.claiming(both)).grade()).isEqualTo(Grade.OK);
        Finding lacking = look(GivenTokens.claiming("{\"roles\":[\"Presence.Read.All\"]}"));
        assertThat(lacking.grade()).isEqualTo(Grade.FAILED);
        assertThat(lacking.fix()).contains("Presence.ReadWrite.All", "consent");
        Finding opaque = look(new GivenTokens("opaque"));
        assertThat(opaque.grade()).isEqualTo(Grade.WARNING);
        assertThat(opaque.toString()).doesNotContain("opaque");
    }

    @Test
    void withoutAnApplicationNothingIsAsked() {
        assertThat(look(GivenSettings.none(), new GivenTokens("opaque")).grade())
                .isEqualTo(Grade.SKIPPED);
    }
}
