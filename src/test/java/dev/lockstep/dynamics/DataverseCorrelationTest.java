package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.intake.Trigger;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.store.Identities;
import dev.lockstep.store.InMemoryIdentities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By which id a message of Dataverse is followed. */
class DataverseCorrelationTest {
    private static final String KEY = "a-webhook-key";
    private static final String REQUEST = "JKJaXmPLvHcESHA=";

    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final ForwardingIntake intake = new ForwardingIntake((agentId, evidence) -> {});
    // The message says everything and the agent is known: neither Dataverse nor the directory is asked.
    private final DataverseWebhook webhook = new DataverseWebhook(
            Defaults.of(DynamicsSettings.class, Map.of("lockstep.dynamics.webhook-key", KEY)),
            reference -> reference,
            null,
            identities,
            null,
            intake,
            receivedAt -> {});

    @BeforeEach
    void hire() {
        identities.put(Map.of(Identities.of("dynamics", "11111111-0000-0000-0000-000000000001"), "rita"));
    }

    private void send(String body) {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        HttpCall call = HttpCall.of("POST", "/dynamics", "", Map.of("x-lockstep-key", KEY), Body.of(body), now);
        assertThat(webhook.handle(call.withRequestId(REQUEST)).status()).isEqualTo(200);
    }

    private static String update() throws IOException {
        try (InputStream file =
                DataverseCorrelationTest.class.getResourceAsStream("/dataverse/agentstatus-update.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void itsOwnLeadsOnIntoDataversesLogs() throws IOException {
        send(update());

        assertThat(intake.triggers)
                .containsExactly(new Trigger("dynamics-change", "cccccccc-0000-0000-0000-00000000000c"));
    }

    @Test
    void theGatewaysStandsInWhereThereIsNone() throws IOException {
        send(update().replace("\"CorrelationId\"", "\"Other\""));

        assertThat(intake.triggers).containsExactly(new Trigger("dynamics-change", REQUEST));
    }
}
