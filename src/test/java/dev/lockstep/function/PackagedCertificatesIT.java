package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.world.SimulatedTenant;
import dev.lockstep.teams.notifications.NotificationVectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored keys and certificates: by what we sign in to Entra, and what Graph encrypts for us. */
class PackagedCertificatesIT {
    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:";
    private static final String PASSWORD = "p a s s";
    private static final String CERTIFICATE_ID = "presence-2026-11";
    private static final LocalAuthority.Identity OURS = LocalAuthority.selfSigned("lockstep", 2048);

    private final Installation lockstep = Installation.shared();
    private final SimulatedTenant platforms = lockstep.platforms;

    static Stream<String> forms() throws IOException, GeneralSecurityException {
        return Stream.of(pem(), store());
    }

    /** msal4j signs what it says with PS256; the simulated Entra checks it against the registered certificate. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("forms")
    void weSignInByAStoredCertificate(String form) {
        platforms.register(OURS.certificate());
        try (SimulatedServer vault = vault(Map.of(ARN + "certificate", form, ARN + "password", PASSWORD));
                LambdaRuntime doctor = lockstep.startWith(
                        "doctor",
                        Map.of(
                                "LOCKSTEP_CONFIG_INLINE_SECRETS",
                                "false",
                                "LOCKSTEP_CONFIG_SECRETS_ENDPOINT",
                                vault.url(),
                                "LOCKSTEP_CONFIG_SECRETS_TIMEOUT",
                                "12s",
                                "LOCKSTEP_ENTRA_CERTIFICATE",
                                ARN + "certificate",
                                "LOCKSTEP_ENTRA_CERTIFICATE_PASSWORD",
                                ARN + "password"))) {
            LambdaRuntime.Answer answer = doctor.invoke("{}");
            JsonNode report = Json.read(answer.body());
            assertThat(check(report, "token-graph").path("ok").asText())
                    .as(answer.body())
                    .isEqualTo("ok");
            assertThat(check(report, "token-dynamics").path("ok").asText()).isEqualTo("ok");
            assertThat(check(report, "credential-expiry").path("detail").asText())
                    .contains(OURS.certificate().getNotAfter().toInstant().toString());
            assertThat(doctor.output() + answer.body()).doesNotContain("MII", PASSWORD);
        }
    }

    @Test
    void whatGraphEncryptedForUsReachesDynamics() throws InterruptedException {
        PackagedPerson luca = lockstep.signedIn("luca");
        try (LambdaRuntime change = withNotificationKey()) {
            assertThat(change.invoke(encrypted(luca).json()).body()).contains("\"statusCode\":202");
            lockstep.eventually(() -> assertThat(lockstep.shownInDynamics(luca)).isEqualTo("Busy - DND"));
            assertThat(change.output()).doesNotContain("Refused");
        }
    }

    @Test
    void whatWasChangedOnItsWayChangesNothing() throws InterruptedException {
        PackagedPerson yves = lockstep.signedIn("yves");
        JsonNode before = lockstep.agent(yves);
        try (LambdaRuntime change = withNotificationKey()) {
            SampleEvent event = encrypted(yves);
            change.invoke(event.body(event.body().replaceFirst("\"data\":\"..", "\"data\":\"AA"))
                    .json());
            String forged = platforms.validationToken().replaceFirst("\\.[^.]{8}([^.]*)$", ".AAAAAAAA$1");
            change.invoke(encrypted(yves, forged).json());
            lockstep.eventually(() -> assertThat(change.output())
                    .contains("\"Reason\":\"NOT_DECRYPTED\"", "\"Reason\":\"VALIDATION_TOKEN\""));
            assertThat(lockstep.agent(yves)).isEqualTo(before);
        }
    }

    private LambdaRuntime withNotificationKey() {
        return lockstep.startWith(
                "teams-change",
                Map.of("LOCKSTEP_TEAMS_NOTIFICATION_KEYS", CERTIFICATE_ID + "=" + NotificationVectors.pem()));
    }

    /** Do not disturb, as Graph tells it with the presence itself. */
    private SampleEvent encrypted(PackagedPerson who) {
        return encrypted(who, platforms.validationToken());
    }

    private SampleEvent encrypted(PackagedPerson who, String token) {
        SampleEvent event = lockstep.sample("teams-change.presence", who);
        ObjectNode body = (ObjectNode) Json.read(event.body());
        ObjectNode presence = Json.object()
                .put("id", who.entraId().toString())
                .put("availability", Pair.DO_NOT_DISTURB.availability())
                .put("activity", Pair.DO_NOT_DISTURB.activity());
        ((ObjectNode) body.path("value").path(0))
                .set("encryptedContent", NotificationVectors.encrypted(presence, CERTIFICATE_ID));
        body.putArray("validationTokens").add(token);
        return event.body(body.toString());
    }

    private static JsonNode check(JsonNode report, String name) {
        return StreamSupport.stream(report.path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }

    /** Secrets Manager, as far as it is asked (its API, GetSecretValue). */
    private static SimulatedServer vault(Map<String, String> secrets) {
        return SimulatedServer.http(0, new ServerFaults(new Random(1)))
                .on("POST", "/", request -> secret(request, secrets))
                .start();
    }

    private static Reply secret(Request request, Map<String, String> secrets) {
        String id = request.json().path("SecretId").asText();
        return secrets.containsKey(id)
                ? Reply.json(200, Json.object().put("ARN", id).put("SecretString", secrets.get(id)))
                : Reply.json(400, Json.object().put("__type", "ResourceNotFoundException"));
    }

    private static String pem() throws GeneralSecurityException {
        return block("PRIVATE KEY", OURS.key().getEncoded())
                + block("CERTIFICATE", OURS.certificate().getEncoded());
    }

    private static String block(String name, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name + "-----\n";
    }

    private static String store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", OURS.key(), PASSWORD.toCharArray(), new Certificate[] {OURS.certificate()});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
