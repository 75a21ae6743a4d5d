package dev.lockstep.newcomer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.administration.ConfigResponse;
import dev.lockstep.administration.Configuration;
import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.LineName;
import dev.lockstep.configured.StoredConnections;
import dev.lockstep.configured.StoredLines;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.phone.LineEvidence;
import dev.lockstep.phone.PhoneSystem;
import dev.lockstep.phone.PhoneWebhook;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryDocuments;
import dev.lockstep.store.InMemoryIdentities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A phone system that nobody but this class knows is configured and heard. */
class NewPhoneSystemTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final PhoneSystem telegraph = new Telegraph();
    private final InMemoryDocuments documents = new InMemoryDocuments();
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final List<String> recorded = new ArrayList<>();
    private final PhoneWebhook webhook = new PhoneWebhook(
            new StoredConnections(documents, () -> NOW),
            List.of(telegraph),
            identities,
            new StoredLines(documents, () -> NOW),
            new InMemoryControl(() -> NOW),
            new ForwardingIntake((agent, news) -> news.forEach(one -> recorded.add(agent + " " + state(one)))),
            (connection, what) -> {},
            GivenDeliveryLog.in(() -> NOW));

    private static CallState state(Evidence evidence) {
        return ((Signal.Call) ((Evidence.Reported) evidence).signal()).state();
    }

    private ConfigResponse.Result apply(String yaml) {
        return (ConfigResponse.Result) new Configuration(
                        documents,
                        identities,
                        new InMemoryAgentStore(),
                        new InMemoryControl(() -> NOW),
                        GivenPlatforms.CATALOGUE,
                        List::of,
                        List.of(telegraph),
                        Defaults.of(ConfigSettings.class, Map.of("lockstep.config.inline-secrets", "true")),
                        () -> NOW)
                .answer("action: apply\n" + yaml);
    }

    private int tap(String token) {
        HttpCall call = HttpCall.of("GET", "/phone/wire", "k=" + token + "&line=Desk 7", Map.of(), Body.of(""), NOW);
        return EdgeInMemory.ofAnyCalls().answer(webhook, call).status();
    }

    @Test
    void itsConnectionIsConfiguredAndItsCallsReachTheAgent() {
        assertThat(apply("""
                        connections: [{name: wire, system: telegraph, tokens: [a-long-enough-token]}]
                        lines: [{connection: wire, line: " DESK 7", agent: rita}]
                        agents: [{agentId: rita}]
                        """).mistakes()).isEmpty();

        assertThat(tap("a-long-enough-token")).isEqualTo(200);
        assertThat(recorded).containsExactly("rita CONNECTED");
        assertThat(tap("another")).isEqualTo(401);
        assertThat(recorded).hasSize(1);
    }

    @Test
    void itsConnectionTakesOnlyTheCredentialThatItDeclares() {
        assertThat(apply("connections: [{name: wire, system: telegraph, secrets: [x]}]")
                        .mistakes())
                .anySatisfy(mistake -> assertThat(mistake.message()).contains("\"secrets\" is not known here"));
        assertThat(apply("connections: [{name: wire, system: yealink, tokens: [x]}]")
                        .mistakes())
                .anySatisfy(mistake -> assertThat(mistake.message()).contains("\"yealink\" is no system"));
    }

    private static final class Telegraph implements PhoneSystem {
        @Override
        public String name() {
            return "telegraph";
        }

        @Override
        public Credential credential() {
            return Credential.TOKENS;
        }

        @Override
        public void authenticate(HttpCall call, Connection connection) {
            if (!connection.tokens().contains(call.parameter("k"))) {
                throw new RejectedRequest(RejectionReason.UNAUTHENTICATED, "the token is wrong");
            }
        }

        @Override
        public List<LineEvidence> translate(HttpCall call, Connection connection) {
            String line = LineName.of(call.parameter("line"));
            Signal tapped = new Signal.Call(
                    Source.phone(connection.name()),
                    SourceTime.at(call.receivedAt()),
                    line,
                    "1",
                    CallState.CONNECTED,
                    false);
            return List.of(new LineEvidence.Said(List.of(line), List.of(tapped)));
        }
    }
}
