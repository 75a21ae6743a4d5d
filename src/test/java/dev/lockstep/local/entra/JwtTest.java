package dev.lockstep.local.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Vectors;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {
    private static final JsonNode RS256 = Vectors.json("jwt/rfc7520-4.1-rs256.json");

    @Test
    void verifiesThePublishedRs256Signature() throws Exception {
        assertThat(published(RS256).isSignedBy(publicKey())).isTrue();
    }

    @Test
    void refusesAnAlteredSignature() throws Exception {
        Jwt jwt = published(RS256);
        Jwt altered = new Jwt(jwt.header(), jwt.claims(), jwt.signedPart() + "A", jwt.signature());

        assertThat(altered.isSignedBy(publicKey())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt/rfc7520-4.3-es512.json", "jwt/rfc7520-4.4-hs256.json"})
    void refusesOtherAlgorithms(String file) throws Exception {
        assertThat(published(Vectors.json(file)).isSignedBy(publicKey())).isFalse();
    }

    @Test
    void signsWhatItCanVerify() throws Exception {
        String token = Jwt.sign(Json.object().put("alg", "RS256"), Json.object().put("sub", "x"), privateKey());

        Jwt read = Jwt.parse(token).orElseThrow();
        assertThat(read.isSignedBy(publicKey())).isTrue();
        assertThat(read.claims().path("sub").asText()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "a.b.c", "e30.e30", "e30.W10.x", "..", "e30.e30.!!"})
    void hasNoOpinionOnWhatIsNoToken(String text) {
        assertThat(Jwt.parse(text)).isEmpty();
    }

    /** The published payload is prose, not claims, so the parts are taken by hand. */
    private static Jwt published(JsonNode vector) {
        String[] parts = vector.path("output").path("compact").asText().split("\\.");
        JsonNode header = Json.read(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.US_ASCII));
        return new Jwt(
                header,
                Json.object(),
                parts[0] + "." + parts[1],
                Base64.getUrlDecoder().decode(parts[2]));
    }

    private static PublicKey publicKey() throws Exception {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number("n"), number("e")));
    }

    private static PrivateKey privateKey() throws Exception {
        return KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateKeySpec(number("n"), number("d")));
    }

    private static BigInteger number(String member) {
        String text = RS256.path("input").path("key").path(member).asText();
        return new BigInteger(1, Base64.getUrlDecoder().decode(text));
    }
}
