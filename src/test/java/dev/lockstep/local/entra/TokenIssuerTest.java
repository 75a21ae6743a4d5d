package dev.lockstep.local.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.local.entra.TokenRefused.Reason;
import dev.lockstep.local.server.Vectors;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIssuerTest {
    private static final String TENANT = "84bd8158-6d4d-4958-8b9f-9d6445542f95";
    private static final String APP = "8e460676-ae3f-4b1e-8790-ee0fb5d6148f";
    private static final KeyPair KEY = TokenIssuer.newPair();
    private static final Set<String> HERE = Set.of("https://localhost:1");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final TokenIssuer tokens = new TokenIssuer(TENANT, clock, KEY);

    @Test
    void tellsWhoCallsAndWhatTheyMay() {
        Caller caller = verify(tokens.forApplication(APP, "https://localhost:1", Set.of("Presence.ReadWrite.All")));

        assertThat(caller.appId()).isEqualTo(APP);
        assertThat(caller.tenantId()).isEqualTo(TENANT);
        assertThat(caller.isDelegated()).isFalse();
        assertThat(caller.may("Presence.Read.All", "Presence.ReadWrite.All")).isTrue();
        assertThat(caller.may("Presence.Read.All")).isFalse();
        assertThat(caller.tokenExpires()).isEqualTo(Instant.parse("2026-11-22T10:59:59Z"));
    }

    @Test
    void tellsTheUserOfADelegatedToken() {
        Tenant.User user = new Tenant.User("u-1", "service@contoso.com", 0);
        Caller caller = verify(tokens.forUser(APP, user, "https://localhost:1", Set.of("Presence.Read.All")));

        assertThat(caller.user()).hasValue("u-1");
        assertThat(caller.roles()).isEmpty();
        assertThat(caller.may("Presence.Read.All")).isTrue();
    }

    @Test
    void refusesAnotherAudience() {
        refused(tokens.forApplication(APP, "https://localhost:2", Set.of()), Reason.AUDIENCE);
    }

    @Test
    void refusesAnExpiredToken() {
        String token = tokens.forApplication(APP, "https://localhost:1", Set.of());
        clock.advance(Duration.ofSeconds(3_599));

        refused(token, Reason.EXPIRED);
    }

    @Test
    void refusesAnotherTenantsToken() {
        TokenIssuer others = new TokenIssuer("00000000-0000-0000-0000-000000000001", clock);

        refused(others.forApplication(APP, "https://localhost:1", Set.of()), Reason.SIGNATURE);
    }

    @Test
    void refusesAnAlteredToken() {
        String[] parts =
                tokens.forApplication(APP, "https://localhost:1", Set.of()).split("\\.");
        String other = tokens.forApplication(APP, "https://localhost:1", Set.of("Everything"))
                .split("\\.")[1];

        refused(parts[0] + "." + other + "." + parts[2], Reason.SIGNATURE);
    }

    @Test
    void refusesAMissingHeaderAndAnotherScheme() {
        assertThatExceptionOfType(TokenRefused.class)
                .isThrownBy(() -> tokens.verify(Optional.empty(), HERE))
                .returns(Reason.MISSING, TokenRefused::reason);
        assertThatExceptionOfType(TokenRefused.class)
                .isThrownBy(() -> tokens.verify(Optional.of("Basic eHl6"), HERE))
                .returns(Reason.MISSING, TokenRefused::reason);
    }

    @Test
    void keepsFormerKeysWhenTheyRotate() {
        String before = tokens.forApplication(APP, "https://localhost:1", Set.of());
        tokens.rotateKey();

        assertThat(verify(before).appId()).isEqualTo(APP);
        assertThat(tokens.jwks().path("keys")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"entraV1", "entraV2"})
    void refusesMicrosoftsSampleTokens(String name) {
        String sample = Vectors.json("graph/validation-tokens.json")
                .path(name)
                .path("token")
                .asText();

        assertThatExceptionOfType(TokenRefused.class).isThrownBy(() -> verify(sample));
    }

    @Test
    void signsValidationTokensWithTheClaimsThatMicrosoftShows() {
        var claims = claims(tokens.validation(Application.of(APP)));
        var published = Vectors.json("graph/validation-tokens.json").path("notificationTokenClaims");

        for (String name : new String[] {"aud", "iss", "appid", "appidacr", "idp", "tid", "ver"}) {
            assertThat(claims.path(name)).as(name).isEqualTo(published.path(name));
        }
    }

    @Test
    void signsValidationTokensOfVersion2() {
        var claims = claims(tokens.validation(Application.of(APP).withTokenVersion(2)));

        assertThat(claims.path("azp").asText()).isEqualTo("0bf30f3b-4a52-48df-9a82-234910c4a086");
        assertThat(claims.has("appid")).isFalse();
        assertThat(claims.path("iss").asText()).isEqualTo("https://login.microsoftonline.com/" + TENANT + "/v2.0");
    }

    private static JsonNode claims(String token) {
        return Jwt.parse(token).orElseThrow().claims();
    }

    private Caller verify(String token) {
        return tokens.verify(Optional.of("Bearer " + token), HERE);
    }

    private void refused(String token, Reason reason) {
        assertThatExceptionOfType(TokenRefused.class)
                .isThrownBy(() -> verify(token))
                .returns(reason, TokenRefused::reason);
    }
}
