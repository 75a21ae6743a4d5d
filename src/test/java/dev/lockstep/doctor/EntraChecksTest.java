package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.check.Check;
import dev.lockstep.check.Finding;
import dev.lockstep.check.Finding.Grade;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.AccessToken;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.entra.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator is told of tokens, credentials and clocks. */
class EntraChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private String token = jwt("{\"roles\":[\"Presence.ReadWrite.All\",\"Schedule.Read.All\"]}");
    private Optional<URI> dynamics = Optional.of(URI.create("https://contoso.example"));
    private Optional<Instant> expiry = Optional.empty();
    private Optional<Instant> theirs = Optional.of(NOW);

    private Finding look(String name) {
        return look(name, GivenSettings.secret("https://login.microsoftonline.com", "s"));
    }

    private Finding look(String name, EntraSettings settings) {
        return new EntraChecks(
                        settings,
                        new Given(),
                        URI.create("https://graph.microsoft.com/v1.0"),
                        dynamics,
                        () -> expiry,
                        server -> theirs,
                        () -> NOW,
                        Duration.ofDays(30))
                .checks().stream()
                        .filter(check -> check.name().equals(name))
                        .map(Check::look)
                        .findFirst()
                        .orElseThrow()
                        .get();
    }

    @Test
    void theRoleInTheTokenIsWhatCounts() {
        assertThat(look("token-graph").grade()).isEqualTo(Grade.OK);
        token = jwt("{\"roles\":[\"Presence.Read.All\"]}");
        assertThat(look("token-graph").grade()).isEqualTo(Grade.FAILED);
        assertThat(look("token-graph").fix()).contains("Presence.ReadWrite.All", "consent");
        token = "opaque";
        assertThat(look("token-graph").grade()).isEqualTo(Grade.WARNING);
        assertThat(look("token-graph").toString()).doesNotContain("opaque");
    }

    @Test
    void withoutAnApplicationOrDynamicsNothingIsAsked() {
        EntraSettings none = Defaults.of(EntraSettings.class);
        assertThat(look("token-graph", none).grade()).isEqualTo(Grade.SKIPPED);
        assertThat(look("token-dynamics").grade()).isEqualTo(Grade.OK);
        dynamics = Optional.empty();
        assertThat(look("token-dynamics").grade()).isEqualTo(Grade.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"-1, FAILED", "0, WARNING", "29, WARNING", "31, OK"})
    void aCertificateIsWatchedToItsEnd(long days, Grade grade) {
        expiry = Optional.of(NOW.plus(Duration.ofDays(days)));
        assertThat(look("credential-expiry").grade()).isEqualTo(grade);
    }

    @Test
    void aSecretDoesNotTell() {
        assertThat(look("credential-expiry").grade()).isEqualTo(Grade.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "4, OK", "-6, WARNING", "6, WARNING", "121, FAILED", "-600, FAILED"})
    void clocksMayDifferALittle(long seconds, Grade grade) {
        theirs = Optional.of(NOW.plusSeconds(seconds));
        assertThat(look("clock").grade()).isEqualTo(grade);
        theirs = Optional.empty();
        assertThat(look("clock").grade()).isEqualTo(Grade.SKIPPED);
    }

    private static String jwt(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".x";
    }

    private final class Given implements Tokens {
        @Override
        public AccessToken current(URI platform) {
            return new AccessToken(token, NOW, NOW);
        }

        @Override
        public AccessToken renewed(URI platform, AccessToken refused) {
            throw new PlatformException.PermissionMissing("nothing is renewed here");
        }
    }
}
