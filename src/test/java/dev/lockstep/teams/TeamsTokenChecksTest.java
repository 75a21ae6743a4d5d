package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.check.Finding;
import dev.lockstep.check.Finding.Grade;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.entra.GivenTokens;
import dev.lockstep.teams.graph.GraphSettings;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an administrator is told of the token for Graph. */
class TeamsTokenChecksTest {
    private static Finding look(EntraSettings settings, GivenTokens tokens) {
        return new TeamsTokenChecks(settings, tokens, new Graph())
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

    private record Graph() implements GraphSettings {
        @Override
        public URI url() {
            return URI.create("https://graph.microsoft.com/v1.0");
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration readTimeout() {
            return Duration.ofSeconds(10);
        }
    }
}
