package dev.lockstep.teams.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.protocol.entra.CertifiedKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The notification that Microsoft publishes for its own libraries' tests. */
class EncryptedContentTest {
    private static final JsonNode VECTOR = Vectors.json("graph/rich-notification-encrypted.json");
    private static final PrivateKey KEY = NotificationVectors.certifiedKey().key();

    private final ObjectNode content = VECTOR.path("encryptedContent").deepCopy();

    private static Optional<byte[]> decrypted(JsonNode content) {
        return EncryptedContent.of(content).flatMap(encrypted -> encrypted.decrypted(KEY));
    }

    @Test
    void thePublishedNotificationIsDecryptedToTheByte() throws Exception {
        byte[] plain = decrypted(content).orElseThrow();

        assertThat(new String(plain, StandardCharsets.UTF_8))
                .isEqualTo(Vectors.text("graph/rich-notification-plaintext.json"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain)))
                .isEqualTo(VECTOR.path("expected").path("plaintextSha256").asText());
    }

    @Test
    void thePkcs12StoreHoldsTheSameKey() {
        JsonNode store = VECTOR.path("pkcs12");
        CertifiedKey read = CertifiedKey.read(
                store.path("base64").asText(), store.path("password").asText(), "the store");

        assertThat(read.key()).isEqualTo(KEY);
    }

    @Test
    void anAlteredSignatureIsRefused() {
        JsonNode altered = VECTOR.path("mustFail").path(0).path("dataSignature");
        assertThat(altered.asText()).isNotEqualTo(content.path("dataSignature").asText());

        assertThat(decrypted(content.set("dataSignature", altered))).isEmpty();
    }

    @Test
    void anAlteredBodyIsRefused() {
        assertThat(decrypted(content.put("data", altered("data", 100)))).isEmpty();
    }

    @Test
    void anAlteredKeyIsRefused() {
        assertThat(decrypted(content.put("dataKey", altered("dataKey", 100)))).isEmpty();
    }

    private String altered(String member, int index) {
        String text = content.path(member).asText();
        char other = text.charAt(index) == 'A' ? 'B' : 'A';
        return text.substring(0, index) + other + text.substring(index + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "dataSignature", "dataKey"})
    void aPartThatIsMissingOrNoBase64IsRefused(String member) {
        assertThat(decrypted(content.deepCopy().without(member))).isEmpty();
        assertThat(decrypted(content.deepCopy().put(member, ""))).isEmpty();
        assertThat(decrypted(content.deepCopy().put(member, "<<--EncryptedContent-->")))
                .isEmpty();
        assertThat(decrypted(content.deepCopy().put(member, "AAAA"))).isEmpty();
    }
}
