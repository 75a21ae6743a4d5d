package dev.lockstep.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.signature.StandardWebhooks.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against the vectors that the specification's own libraries are tested with. */
class StandardWebhooksTest {
    private static final JsonNode PUBLISHED = vectors("standard-webhooks.json");
    private static final JsonNode PHONE_EVENT = vectors("phone-event.json");
    private static final SigningKey KEY =
            SigningKey.of(PUBLISHED.at("/sign/secret").asText());
    private static final SigningKey OTHER =
            SigningKey.of(PHONE_EVENT.at("/secrets/B").asText());
    private static final Instant NOW =
            Instant.ofEpochSecond(PUBLISHED.at("/sign/timestamp").asLong());

    private static JsonNode vectors(String name) {
        try (InputStream file = StandardWebhooksTest.class.getResourceAsStream("/vectors/signatures/" + name)) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StandardWebhooks at(Instant now) {
        return new StandardWebhooks(InstantSource.fixed(now), Duration.ofMinutes(5));
    }

    private static Map<String, String> headers(JsonNode json) {
        Map<String, String> headers = new HashMap<>();
        json.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return HttpCall.of("POST", "/", "", headers, Body.EMPTY, NOW).headers();
    }

    @TestFactory
    Stream<DynamicTest> publishedCases() {
        return StreamSupport.stream(PUBLISHED.path("cases").spliterator(), false)
                .map(vector -> dynamicTest(vector.path("name").asText(), () -> {
                    Instant now = Instant.ofEpochSecond(vector.path("now").asLong());
                    Body body = Body.of(vector.path("body").asText());
                    Verdict verdict = at(now).verify(headers(vector.path("headers")), body, List.of(KEY));
                    assertThat(verdict == Verdict.GENUINE)
                            .isEqualTo(vector.path("valid").asBoolean());
                }));
    }

    @Test
    void signsAsPublished() {
        JsonNode sign = PUBLISHED.path("sign");
        Map<String, String> headers =
                at(NOW).sign(sign.path("id").asText(), Body.of(sign.path("body").asText()), List.of(KEY));
        assertThat(headers)
                .containsEntry("webhook-id", sign.path("id").asText())
                .containsEntry("webhook-timestamp", sign.path("timestamp").asText())
                .containsEntry("webhook-signature", sign.path("signature").asText());
    }

    @TestFactory
    Stream<DynamicTest> acceptsEverySpellingOfASecret() {
        JsonNode secrets = PUBLISHED.path("secrets");
        return Stream.of("accepted", "unpaddedAcceptedByPythonLibrary")
                .flatMap(kind -> StreamSupport.stream(secrets.path(kind).spliterator(), false))
                .map(secret -> dynamicTest(secret.asText(), () -> {
                    SigningKey key = SigningKey.of(secret.asText());
                    Map<String, String> headers = at(NOW).sign("id", Body.of("{}"), List.of(key));
                    assertThat(at(NOW).verify(headers, Body.of("{}"), List.of(key)))
                            .isEqualTo(Verdict.GENUINE);
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesEmptySecrets() {
        JsonNode refused = PUBLISHED.at("/secrets/refusedAtConfiguration");
        return StreamSupport.stream(refused.spliterator(), false)
                .map(secret -> dynamicTest(
                        "'" + secret.asText() + "'",
                        () -> assertThatThrownBy(() -> SigningKey.of(secret.asText()))
                                .isInstanceOf(IllegalArgumentException.class)));
    }

    @Test
    void aSecretIsNotShownWhenItIsRefusedOrPrinted() {
        assertThatThrownBy(() -> SigningKey.of("whsec_not base64!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("not base64!");
        assertThat(KEY.toString()).doesNotContain("MfKQ");
    }

    /** The specification prints a header that mixes both versions; its key is not published. */
    @Test
    void findsTheSymmetricSignatureAmongOthers() {
        JsonNode example = vectors("standard-webhooks-spec-example.json");
        int expected = example.at("/expected/parsed/0/bytes").asInt();
        List<byte[]> parsed =
                StandardWebhooks.parsed(example.at("/headers/webhook-signature").asText());
        assertThat(parsed).hasSize(1);
        assertThat(parsed.getFirst()).hasSize(expected);
    }

    @TestFactory
    Stream<DynamicTest> aPhoneEventSignedWithEitherKeyOrBoth() {
        String a = PHONE_EVENT.at("/signatures/A").asText();
        String b = PHONE_EVENT.at("/signatures/B").asText();
        return Stream.of(a, b, a + " " + b, b + " " + a)
                .map(signature -> dynamicTest(signature, () -> {
                    Map<String, String> headers = new HashMap<>(headers(PHONE_EVENT.path("headers")));
                    headers.put("webhook-signature", signature);
                    Instant sent = Instant.ofEpochSecond(Long.parseLong(headers.get("webhook-timestamp")));
                    Body body = Body.of(PHONE_EVENT.path("body").asText());
                    assertThat(at(sent).verify(headers, body, List.of(KEY, OTHER)))
                            .isEqualTo(Verdict.GENUINE);
                    assertThat(at(sent).verify(headers, body, List.of(OTHER, KEY)))
                            .isEqualTo(Verdict.GENUINE);
                    assertThat(at(sent).verify(headers, body, List.of(KEY)) == Verdict.GENUINE)
                            .isEqualTo(signature.contains(a));
                }));
    }

    @Test
    void signsWithBothKeysWhileTheyAreExchanged() {
        JsonNode vector = PHONE_EVENT;
        Instant sent =
                Instant.ofEpochSecond(vector.at("/headers/webhook-timestamp").asLong());
        Map<String, String> headers =
                at(sent).sign("evt-0001", Body.of(vector.path("body").asText()), List.of(KEY, OTHER));
        assertThat(headers.get("webhook-signature"))
                .isEqualTo(vector.at("/signatures/A").asText() + " "
                        + vector.at("/signatures/B").asText());
    }

    @Test
    void theToleranceIsTheSameInBothDirections() {
        Map<String, String> headers = at(NOW).sign("id", Body.EMPTY, List.of(KEY));
        assertThat(at(NOW.plusSeconds(300)).verify(headers, Body.EMPTY, List.of(KEY)))
                .isEqualTo(Verdict.GENUINE);
        assertThat(at(NOW.minusSeconds(300)).verify(headers, Body.EMPTY, List.of(KEY)))
                .isEqualTo(Verdict.GENUINE);
        assertThat(at(NOW.plusMillis(300_001)).verify(headers, Body.EMPTY, List.of(KEY)))
                .isEqualTo(Verdict.STALE);
        assertThat(at(NOW.minusMillis(300_001)).verify(headers, Body.EMPTY, List.of(KEY)))
                .isEqualTo(Verdict.STALE);
    }

    /** Or {@code x.123} and {@code 456} would carry the same signature as {@code x} and {@code 123}. */
    @Test
    void anIdWithADotIsNeitherSignedNorAccepted() {
        assertThatThrownBy(() -> at(NOW).sign("a.b", Body.EMPTY, List.of(KEY)))
                .isInstanceOf(IllegalArgumentException.class);
        Map<String, String> headers = new HashMap<>(at(NOW).sign("ab", Body.EMPTY, List.of(KEY)));
        headers.put("webhook-id", "a.b");
        assertThat(at(NOW).verify(headers, Body.EMPTY, List.of(KEY))).isEqualTo(Verdict.UNSIGNED);
    }

    @Test
    void nothingIsGenuineWithoutAKey() {
        Map<String, String> headers = at(NOW).sign("id", Body.EMPTY, List.of(KEY));
        assertThat(at(NOW).verify(headers, Body.EMPTY, List.of())).isEqualTo(Verdict.FORGED);
        assertThatThrownBy(() -> at(NOW).sign("id", Body.EMPTY, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyByteOfTheBodyCounts() {
        byte[] body = {0, 1, (byte) 0xff, '\n'};
        Map<String, String> headers = at(NOW).sign("id", Body.of(body), List.of(KEY));
        assertThat(at(NOW).verify(headers, Body.of(body), List.of(KEY))).isEqualTo(Verdict.GENUINE);
        for (int i = 0; i < body.length; i++) {
            byte[] other = body.clone();
            other[i] ^= 1;
            assertThat(at(NOW).verify(headers, Body.of(other), List.of(KEY))).isEqualTo(Verdict.FORGED);
        }
    }
}
