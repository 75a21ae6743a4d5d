package dev.lockstep.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.fuzz.Fuzz;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.signature.StandardWebhooks.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A signed message of which anything was changed is not genuine, and no change is an exception. */
class SignatureFuzzTest {
    private static final SigningKey KEY = SigningKey.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final StandardWebhooks WEBHOOKS =
            new StandardWebhooks(InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")), Duration.ofMinutes(5));
    private static final Body BODY = Body.of("{\"call\":{\"id\":\"1\"}}");
    private static final Map<String, String> SIGNED = WEBHOOKS.sign("msg-1", BODY, List.of(KEY));

    @Test
    void aDamagedHeaderIsAVerdictAndOneOfIdOrTimeNeverGenuine() {
        for (String header : List.of(StandardWebhooks.ID, StandardWebhooks.TIMESTAMP, StandardWebhooks.SIGNATURE)) {
            String whole = SIGNED.get(header);
            Fuzz.texts(List.of(whole, whole + " v1,AAAA v2,BBBB", "v1a,hnO3f9T8"), (damaged, random) -> {
                Map<String, String> headers = new HashMap<>(SIGNED);
                headers.put(header, damaged);
                Verdict verdict = WEBHOOKS.verify(headers, BODY, List.of(KEY));
                boolean isGenuine = header.equals(StandardWebhooks.SIGNATURE)
                        ? Arrays.stream(damaged.split(" ")).anyMatch(SignatureFuzzTest::isOurs)
                        : damaged.equals(whole);
                assertThat(verdict == Verdict.GENUINE).as(damaged).isEqualTo(isGenuine);
            });
        }
    }

    /** Base64 of 32 bytes ends in four bits that say nothing, and need not be filled up. */
    private static boolean isOurs(String signature) {
        return StandardWebhooks.parsed(signature).stream()
                .anyMatch(bytes -> Arrays.equals(
                        bytes,
                        StandardWebhooks.parsed(SIGNED.get(StandardWebhooks.SIGNATURE))
                                .getFirst()));
    }

    @Test
    void aDamagedBodyIsForged() {
        Fuzz.bytes(List.of(BODY.bytes()), (damaged, random) -> {
            Body body = Body.of(damaged);
            assertThat(WEBHOOKS.verify(SIGNED, body, List.of(KEY)) == Verdict.GENUINE)
                    .isEqualTo(body.equals(BODY));
        });
    }

    @Test
    void aDamagedSecretIsAKeyOrTheDocumentedRefusal() {
        Fuzz.texts(List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), (damaged, random) -> {
            try {
                assertThat(SigningKey.of(damaged)).hasToString("SigningKey");
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).startsWith("a signing secret");
            }
        });
    }
}
