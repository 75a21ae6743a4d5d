package dev.lockstep.protocol.entra;

import static dev.lockstep.platform.StubServer.empty;
import static dev.lockstep.platform.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.StubServer;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entra's keys: published key sets, good and damaged, and how often they are asked for. */
class EntraKeysTest {
    private static final String ONE = "999b2be9-6213-436b-b12b-637b0176be41";
    private static final String OTHER = "kriMPdmBvx68skT8-mPAB3BseeA";
    private static final String GOOD = Vectors.text("jwt/entra-metadata/JsonWebKeySetEnd2End.json");

    private StubServer server;
    private EntraKeys keys;
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @BeforeEach
    void start() {
        server = StubServer.http();
        keys = new EntraKeys(GivenSettings.secret(server.url(), "unused"), () -> now);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keysAreFoundWhereTheMetadataSays() {
        server.answer(metadata(), json(200, GOOD));

        assertThat(keys.named(ONE)).get().isInstanceOf(RSAPublicKey.class);
        assertThat(keys.named(OTHER)).isPresent();
        assertThat(server.received())
                .extracting(StubServer.Received::target)
                .containsExactly("/common/.well-known/openid-configuration", "/keys");
    }

    @ParameterizedTest
    @CsvSource({
        "JsonWebKeySetEnd2End.json, 999b2be9-6213-436b-b12b-637b0176be41 kriMPdmBvx68skT8-mPAB3BseeA",
        "JsonWebKeySetBadX509Data.json, NGTFvdK-fythEuLwjpwAJOM9n-A kriMPdmBvx68skT8-mPAB3BseeA",
        "JsonWebKeySetUnrecognizedKty.json, NGTFvdK-fythEuLwjpwAJOM9n-A",
        "JsonWebKeySetBadRsaDataMissingComponent.json, ''"
    })
    void whatIsDamagedOrOfAnotherKindSpoilsNoneOfTheOthers(String file, String good) {
        Set<String> expected = good.isEmpty() ? Set.of() : Set.of(good.split(" "));

        assertThat(JsonWebKeys.of(Vectors.json("jwt/entra-metadata/" + file)).keySet())
                .isEqualTo(expected);
    }

    @Test
    void theSameNumberInBase64AndInBase64Url() {
        String url = GOOD.replace(
                "6+FrFkt/TByQ/L5d7or+9PVAowpswxUe3dJeYFTY0Lgq7zKI5OQ5RnSrI0T9yrfnRzE9oOdd4zmVj9txVLI+",
                "6-FrFkt_TByQ_L5d7or-9PVAowpswxUe3dJeYFTY0Lgq7zKI5OQ5RnSrI0T9yrfnRzE9oOdd4zmVj9txVLI-");
        assertThat(url).isNotEqualTo(GOOD);

        assertThat(JsonWebKeys.of(Json.read(url)).get(ONE))
                .isEqualTo(JsonWebKeys.of(Json.read(GOOD)).get(ONE));
    }

    @Test
    void knownKeysCostNothingForAnHour() {
        server.answer(metadata(), json(200, GOOD));
        keys.named(ONE);
        now = now.plus(Duration.ofMinutes(59));
        keys.named(ONE);

        assertThat(server.received()).hasSize(2);
    }

    @Test
    void anUnknownKeyIsLookedForOnceAndThenAgainAfterAWhile() {
        server.otherwise(empty(500)).answer(metadata(), json(200, "{\"keys\":[]}"), metadata(), json(200, GOOD));
        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(() -> keys.named(ONE));
        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(() -> keys.named(ONE));
        assertThat(server.received()).hasSize(2);

        now = now.plus(EntraKeys.PAUSE);
        assertThat(keys.named(ONE)).isPresent();
        List.of("a", "b", "c").forEach(id -> assertThat(keys.named(id)).isEmpty());
        assertThat(server.received()).hasSize(4);
    }

    @Test
    void keysThatWereKnownHoldOnWhileEntraIsSilent() {
        server.otherwise(empty(503)).answer(metadata(), json(200, GOOD));
        keys.named(ONE);
        now = now.plus(EntraKeys.AGE).plusSeconds(1);

        assertThat(keys.named(ONE)).isPresent();
        assertThat(server.received()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere.example/keys", "https://elsewhere.example/keys", "nowhere", ""})
    void keysAreNotTakenFromElsewhere(String link) {
        server.answer(json(200, "{\"jwks_uri\":\"" + link + "\"}"));

        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(() -> keys.named(ONE));
    }

    private StubServer.Answer metadata() {
        return json(200, "{\"jwks_uri\":\"" + server.url() + "/keys\"}");
    }
}
