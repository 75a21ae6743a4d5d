package dev.lockstep.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which tokens the laptop's gateway lets through, and what the functions are told of them. */
class TokenAuthorizerTest {
    private static final String TENANT = "84bd8158-6d4d-4958-8b9f-9d6445542f95";
    private static final String API = "c0ffee00-0000-4000-8000-000000000004";
    private static final String CRM = "c0ffee00-0000-4000-8000-000000000005";
    private static final Set<String> ROLES = Set.of("Presence.Write", "Presence.Read");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final TokenIssuer tokens = new TokenIssuer(TENANT, clock);
    private final TokenAuthorizer authorizer = new TokenAuthorizer(tokens, API);

    private Optional<JsonNode> bearer(String token) {
        return authorizer.authorizer(Optional.of("Bearer " + token));
    }

    @Test
    void claimsAreTextsAndListsStandInSquareBrackets() {
        JsonNode claims = bearer(tokens.forApi(CRM, API, ROLES)).orElseThrow().at("/jwt/claims");

        assertThat(claims.properties())
                .allSatisfy(claim -> assertThat(claim.getValue().isTextual())
                        .as(claim.getKey())
                        .isTrue());
        assertThat(claims.path("roles").asText()).isEqualTo("[Presence.Read Presence.Write]");
        assertThat(claims.path("azp").asText()).isEqualTo(CRM);
        assertThat(claims.has("scp")).isFalse();
        assertThat(claims.path("exp").asText()).isEqualTo("1795345199");
    }

    /** What the API's page tells to try it with. */
    @Test
    void thePageNamesWhatTheSimulatedTenantHas() throws IOException {
        String page = Files.readString(Path.of("docs/api.md"));
        String tenant = Files.readString(Path.of("src/local/java/dev/lockstep/local/world/SimulatedTenant.java"));
        List<String> told = Pattern.compile("c0ffee00-[0-9a-f-]{27}|local-[a-z-]+secret")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(told)
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(tenant).contains('"' + name + '"'));
    }

    @Test
    void aPersonsTokenTellsTheScopeAndTheirId() {
        Tenant.User rita = new Tenant.User("u-1", "rita@contoso.com", 0, Set.of("g2", "g1"));
        JsonNode claims = bearer(tokens.forApi(CRM, rita, API, Set.of("access_as_user"), ROLES))
                .orElseThrow()
                .at("/jwt/claims");

        assertThat(claims.path("scp").asText()).isEqualTo("access_as_user");
        assertThat(claims.path("oid").asText()).isEqualTo("u-1");
        assertThat(claims.path("groups").asText()).isEqualTo("[g1 g2]");
        assertThat(claims.path("name").asText()).isEqualTo("rita@contoso.com");
    }

    @Test
    void foreignForgedAndExpiredTokensGoNoFurther() {
        String good = tokens.forApi(CRM, API, Set.of());
        String[] parts = good.split("\\.");
        String more = tokens.forApi(CRM, API, ROLES).split("\\.")[1];
        String unsigned =
                Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes());

        assertThat(authorizer.authorizer(Optional.empty())).isEmpty();
        assertThat(authorizer.authorizer(Optional.of(good))).as("no scheme").isEmpty();
        assertThat(bearer("x.y.z")).isEmpty();
        assertThat(bearer(parts[0] + "." + more + "." + parts[2]))
                .as("roles added")
                .isEmpty();
        assertThat(bearer(unsigned + "." + more + ".")).as("unsigned").isEmpty();
        assertThat(bearer(tokens.forApi(CRM, CRM, ROLES)))
                .as("another audience")
                .isEmpty();
        assertThat(bearer(tokens.forApplication(CRM, API, ROLES)))
                .as("version 1")
                .isEmpty();
        assertThat(bearer(new TokenIssuer("00000000-0000-0000-0000-000000000001", clock).forApi(CRM, API, ROLES)))
                .as("another tenant")
                .isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(bearer(good)).as("expired").isEmpty();
    }
}
