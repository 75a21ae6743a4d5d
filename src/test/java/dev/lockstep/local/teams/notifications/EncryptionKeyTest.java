package dev.lockstep.local.teams.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.local.teams.Decryptor;
import dev.lockstep.local.teams.graph.GraphError;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

public class EncryptionKeyTest {
    private static final JsonNode PUBLISHED = Vectors.json("graph/rich-notification-encrypted.json");

    @Test
    void theDecryptorReadsMicrosoftsNotification() throws Exception {
        assertThat(Decryptor.decrypt(PUBLISHED.path("encryptedContent"), publishedKey()))
                .isEqualTo(Vectors.text("graph/rich-notification-plaintext.json"));
    }

    @Test
    void encryptsSoThatTheSubscriberCanRead() throws Exception {
        EncryptionKey key = EncryptionKey.read("custom-id-for-testing", certificate());
        JsonNode content = Json.object().put("id", "x").put("availability", "Büsy");

        ObjectNode encrypted = key.encrypt(content);

        assertThat(Json.read(Decryptor.decrypt(encrypted, publishedKey()))).isEqualTo(content);
        assertThat(encrypted.path("encryptionCertificateId").asText()).isEqualTo("custom-id-for-testing");
        assertThat(encrypted.path("encryptionCertificateThumbprint").asText())
                .isEqualTo(PUBLISHED
                        .at("/encryptedContent/encryptionCertificateThumbprint")
                        .asText());
        assertThat(encrypted.size())
                .isEqualTo(PUBLISHED.path("encryptedContent").size());
    }

    @Test
    void usesANewKeyForEachItem() {
        EncryptionKey key = EncryptionKey.read("id", certificate());

        assertThat(key.encrypt(Json.object()).path("data"))
                .isNotEqualTo(key.encrypt(Json.object()).path("data"));
    }

    @Test
    void noticesAlteredData() {
        ObjectNode encrypted = EncryptionKey.read("id", certificate()).encrypt(Json.object());
        encrypted.put(
                "dataSignature", PUBLISHED.at("/encryptedContent/dataSignature").asText());

        assertThatThrownBy(() -> Decryptor.decrypt(encrypted, publishedKey()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void refusesWhatIsNoFittingCertificate() throws Exception {
        String small = base64(LocalAuthority.selfSigned("small", 1024));

        assertThatThrownBy(() -> EncryptionKey.read("id", "nonsense")).isInstanceOf(GraphError.class);
        assertThatThrownBy(() -> EncryptionKey.read("id", "AAAA")).isInstanceOf(GraphError.class);
        assertThatThrownBy(() -> EncryptionKey.read("id", small)).isInstanceOf(GraphError.class);
        assertThatThrownBy(() -> EncryptionKey.read("x".repeat(129), certificate()))
                .isInstanceOf(GraphError.class);
    }

    static String base64(LocalAuthority.Identity identity) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(identity.certificate().getEncoded());
    }

    public static String certificate() {
        return body("graph/rich-notification-certificate.pem");
    }

    public static PrivateKey publishedKey() throws GeneralSecurityException {
        byte[] der = Base64.getDecoder().decode(body("graph/rich-notification-private-key.pem"));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static String body(String pem) {
        return Vectors.text(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
    }
}
