package dev.lockstep.local.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.server.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against the vectors that the specification's own libraries are tested with. */
class WebhookSignatureTest {
    private static final JsonNode PUBLISHED = published();

    private static JsonNode published() {
        try (InputStream file =
                WebhookSignatureTest.class.getResourceAsStream("/vectors/signatures/standard-webhooks.json")) {
            return Json.MAPPER.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> judgesAsPublished() {
        WebhookSignature ours =
                new WebhookSignature(List.of(PUBLISHED.at("/sign/secret").asText()));
        return StreamSupport.stream(PUBLISHED.path("cases").spliterator(), false)
                .map(vector -> dynamicTest(vector.path("name").asText(), () -> {
                    boolean expected = vector.path("valid").asBoolean() && !vector.has("profile");
                    assertThat(accepted(ours, vector)).isEqualTo(expected);
                }));
    }

    private static boolean accepted(WebhookSignature signature, JsonNode vector) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        vector.path("headers")
                .properties()
                .forEach(one -> headers.put(one.getKey(), one.getValue().asText()));
        return signature.accepts(
                Optional.ofNullable(headers.get("webhook-id")),
                Optional.ofNullable(headers.get("webhook-timestamp")),
                Optional.ofNullable(headers.get("webhook-signature")),
                vector.path("body").asText().getBytes(StandardCharsets.UTF_8),
                Instant.ofEpochSecond(vector.path("now").asLong()));
    }

    @Test
    void signsAsPublished() {
        JsonNode sign = PUBLISHED.path("sign");
        Map<String, String> headers = new WebhookSignature(
                        List.of(sign.path("secret").asText()))
                .headers(
                        sign.path("id").asText(),
                        Instant.ofEpochSecond(sign.path("timestamp").asLong()),
                        sign.path("body").asText().getBytes(StandardCharsets.UTF_8));
        assertThat(headers)
                .containsEntry("webhook-signature", sign.path("signature").asText());
    }

    @Test
    void refusesEmptySecrets() {
        assertThatThrownBy(() -> new WebhookSignature(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WebhookSignature(List.of("whsec_"))).isInstanceOf(IllegalArgumentException.class);
    }
}
