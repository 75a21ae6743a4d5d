package dev.lockstep.protocol.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of what an ID token says nothing is believed unless all of it is in order. */
class IdTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair OURS = TokenIssuer.newPair();
    private static final KeyPair OTHERS = TokenIssuer.newPair();
    private static final Map<String, PublicKey> KEYS = Map.of("k1", OURS.getPublic());

    private final IdTokens tokens =
            new IdTokens(GivenSettings.of("https://login.example", Map.of()), id -> Optional.ofNullable(KEYS.get(id)));

    private static ObjectNode claims() {
        return JSON.createObjectNode()
                .put("ver", "2.0")
                .put("iss", "https://login.microsoftonline.com/" + GivenSettings.TENANT + "/v2.0")
                .put("aud", GivenSettings.CLIENT)
                .put("tid", GivenSettings.TENANT)
                .put("nonce", "n1")
                .put("oid", "22222222-0000-4000-8000-000000000001")
                .put("nbf", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 3600);
    }

    private static String signed(String header, JsonNode claims, KeyPair by) throws Exception {
        String text = encoded(header.getBytes(StandardCharsets.UTF_8)) + "." + encoded(JSON.writeValueAsBytes(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(by.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + encoded(signature.sign());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Optional<JsonNode> read(String header, JsonNode claims, KeyPair by) throws Exception {
        return tokens.claims(signed(header, claims, by), GivenSettings.CLIENT, "n1", NOW);
    }

    private static final String RS256 = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";

    @Test
    void aGenuineOneIsBelieved() throws Exception {
        assertThat(read(RS256, claims(), OURS)).hasToString("Optional[" + claims() + "]");
        JsonNode ofThisCloud = claims().put("iss", "https://login.example/" + GivenSettings.TENANT + "/v2.0");
        assertThat(read(RS256, ofThisCloud, OURS)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "ver, 1.0",
        "iss, https://login.microsoftonline.com/99999999-0000-0000-0000-000000000009/v2.0",
        "iss, https://evil.example/77777777-0000-0000-0000-000000000007/v2.0",
        "aud, 99999999-0000-0000-0000-000000000009",
        "tid, 99999999-0000-0000-0000-000000000009",
        "nonce, n2",
        "nonce, ''",
        "exp, 1795856400",
        "exp, 0",
        "exp, text",
        "nbf, 1795860000"
    })
    void oneClaimThatIsOtherwiseIsEnough(String name, String value) throws Exception {
        ObjectNode changed = claims();
        if (value.matches("\\d+") && !name.equals("ver")) {
            changed.put(name, Long.parseLong(value));
        } else {
            changed.put(name, value);
        }

        assertThat(read(RS256, changed, OURS)).isEmpty();
        ObjectNode without = claims();
        without.remove(name);
        assertThat(read(RS256, without, OURS).isPresent()).isEqualTo(name.equals("nbf"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"alg\":\"none\",\"kid\":\"k1\"}",
                "{\"alg\":\"HS256\",\"kid\":\"k1\"}",
                "{\"alg\":\"RS256\",\"kid\":\"k2\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"RS256\",\"kid\":\"k1\",\"crit\":[\"x\"]}",
                "{\"alg\":\"RS256\",\"alg\":\"RS256\",\"kid\":\"k1\"}",
                "[]"
            })
    void aHeaderThatChoosesIsRefused(String header) throws Exception {
        assertThat(read(header, claims(), OURS)).isEmpty();
    }

    @Test
    void anotherKeyAndWhatIsNoTokenAreRefused() throws Exception {
        assertThat(read(RS256, claims(), OTHERS)).isEmpty();
        String good = signed(RS256, claims(), OURS);
        for (String bad : new String[] {
            "", ".", "..", good + ".x", good.substring(0, good.lastIndexOf('.') + 1), "x".repeat(40_000), good + "A"
        }) {
            assertThat(tokens.claims(bad, GivenSettings.CLIENT, "n1", NOW))
                    .as(bad)
                    .isEmpty();
        }
        assertThat(tokens.claims(good, GivenSettings.CLIENT, "", NOW)).isEmpty();
    }
}
