package dev.lockstep.teams.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.Defaults;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.GivenSettings;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published claims, signed with the published key of RFC 7520, and one thing changed at a time. */
class ValidationTokensTest {
    private static final JsonNode VECTOR = Vectors.json("graph/validation-tokens.json");
    private static final SignedTokens SIGNED = new SignedTokens();

    private final ObjectNode claims = VECTOR.path("notificationTokenClaims").deepCopy();
    private final Instant now = Instant.ofEpochSecond(claims.path("iat").asLong() + 60);

    private static ValidationTokens tokens(String client, String tenant) {
        EntraSettings settings = Defaults.of(
                EntraSettings.class, Map.of("lockstep.entra.tenant-id", tenant, "lockstep.entra.client-id", client));
        return new ValidationTokens(settings, SIGNED::key);
    }

    private ValidationTokens ours() {
        JsonNode published = VECTOR.path("notificationTokenClaims");
        return tokens(published.path("aud").asText(), published.path("tid").asText());
    }

    private boolean accepts(ObjectNode changed) {
        return ours().isGenuine(SIGNED.sign(changed), now);
    }

    @Test
    void thePublishedClaimsAreAccepted() {
        assertThat(accepts(claims)).isTrue();
    }

    @Test
    void version2NamesItsCallerInAzpAndItsIssuerOtherwise() {
        assertThat(accepts(version2())).isTrue();
        assertThat(accepts(version2().put("iss", claims.path("iss").asText()))).isFalse();
        ObjectNode inAppId = version2();
        inAppId.set("appid", inAppId.remove("azp"));
        assertThat(accepts(inAppId)).isFalse();
    }

    private ObjectNode version2() {
        ObjectNode other = claims.deepCopy();
        other.put("ver", "2.0").set("azp", other.remove("appid"));
        return other.put(
                "iss", "https://login.microsoftonline.com/" + claims.path("tid").asText() + "/v2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entraV1", "entraV2"})
    void thePublishedTokensAreRejected(String name) {
        JsonNode sample = VECTOR.path(name);
        JsonNode its = sample.path("claims");
        Instant then = Instant.ofEpochSecond(its.path("iat").asLong() + 60);
        ValidationTokens theirs =
                tokens(its.path("aud").asText(), its.path("tid").asText());

        assertThat(theirs.isGenuine(sample.path("token").asText(), then)).isFalse();
        assertThat(ours().isGenuine(sample.path("token").asText(), now)).isFalse();
        // Their claims fail by themselves: the caller is no sender of notifications.
        assertThat(theirs.isGenuine(SIGNED.sign(its.deepCopy()), then)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aud", "iss", "tid", "appid", "ver"})
    void everyClaimMatters(String claim) {
        String published = claims.path(claim).asText();
        assertThat(accepts(
                        claims.deepCopy().put(claim, published.replace('8', '9').replace('1', '3'))))
                .isFalse();
        assertThat(accepts(claims.deepCopy().put(claim, ""))).isFalse();
        assertThat(accepts(claims.deepCopy().without(claim))).isFalse();
        assertThat(accepts(claims.deepCopy().set(claim, claims.arrayNode().add(published))))
                .isFalse();
    }

    @Test
    void itsTimeMustHaveComeAndNotBeOver() {
        long end = claims.path("exp").asLong();
        String token = SIGNED.sign(claims);
        assertThat(ours().isGenuine(token, Instant.ofEpochSecond(end - 1))).isTrue();
        assertThat(ours().isGenuine(token, Instant.ofEpochSecond(end))).isFalse();
        assertThat(accepts(claims.deepCopy().put("nbf", now.plusSeconds(240).getEpochSecond())))
                .isTrue();
        assertThat(accepts(claims.deepCopy().put("nbf", now.plusSeconds(400).getEpochSecond())))
                .isFalse();
        assertThat(accepts(claims.deepCopy().put("exp", String.valueOf(end)))).isFalse();
        assertThat(accepts(claims.deepCopy().without("exp"))).isFalse();
    }

    @Test
    void nothingButRs256ByAKnownKeyCounts() {
        refuses(header -> header.put("alg", "none"));
        refuses(header -> header.put("alg", "HS256"));
        refuses(header -> header.put("alg", "RS512"));
        refuses(header -> header.put("kid", "somebody else's"));
        refuses(header -> header.remove("kid"));
        refuses(header -> header.putArray("crit").add("exp"));
        assertThat(ours().isGenuine(SIGNED.withSecretOfThePublicKey(claims), now))
                .isFalse();
    }

    private void refuses(Consumer<ObjectNode> change) {
        ObjectNode header = SIGNED.header();
        change.accept(header);
        assertThat(ours().isGenuine(SIGNED.sign(header, claims), now)).isFalse();
        String unsigned = SIGNED.sign(header, claims).replaceAll("[^.]*$", "");
        assertThat(ours().isGenuine(unsigned, now)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJ0eXAiOiJKV1QiLCJhb...", "e30.e30.", "e30.e30.e30.e30"})
    void whatIsNoTokenIsRefused(String text) {
        assertThat(ours().isGenuine(text, now)).isFalse();
    }

    @Test
    void aChangedSignatureOrBodyIsRefused() {
        String token = SIGNED.sign(claims);
        String changed = token.substring(0, token.length() - 2) + (token.endsWith("AA") ? "BB" : "AA");
        assertThat(ours().isGenuine(changed, now)).isFalse();
        String[] parts = token.split("\\.");
        String[] other = SIGNED.sign(claims.deepCopy().put("uti", "other")).split("\\.");
        assertThat(ours().isGenuine(parts[0] + "." + other[1] + "." + parts[2], now))
                .isFalse();
    }

    @Test
    void withoutAnApplicationNothingIsForUs() {
        EntraSettings none = Defaults.of(EntraSettings.class);

        assertThat(new ValidationTokens(none, SIGNED::key).isGenuine(SIGNED.sign(claims), now))
                .isFalse();
    }

    @Test
    void keysThatCannotBeHadAreNoRefusal() {
        ValidationTokens silent =
                new ValidationTokens(GivenSettings.secret("https://login.microsoftonline.com", "x"), id -> {
                    throw new PlatformException.Unreachable("silent");
                });
        ObjectNode forThem = claims.deepCopy()
                .put("aud", GivenSettings.CLIENT)
                .put("tid", GivenSettings.TENANT)
                .put("iss", "https://sts.windows.net/" + GivenSettings.TENANT + "/");

        assertThatExceptionOfType(PlatformException.Unreachable.class)
                .isThrownBy(() -> silent.isGenuine(SIGNED.sign(forThem), now));
        assertThat(silent.isGenuine(SIGNED.sign(claims), now)).isFalse();
    }
}
