package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.AsyncApiDocument;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.configured.ConfiguredLines;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.configured.LineName;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.Identities;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Everything around phone systems, in memory: connections, lines, counters and the agents' situations. */
final class PhoneFixture {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final SettableClock clock = new SettableClock(NOON);
    final Map<String, Situation> situations = new HashMap<>();
    final InMemoryControl control = new InMemoryControl(clock);
    final Set<String> unreadable = new HashSet<>();
    boolean storeIsDown;

    private final EdgeInMemory edge = new EdgeInMemory();
    private final EdgeInMemory edgeOfDamaged = EdgeInMemory.ofAnyCalls();
    private final Map<String, List<Evidence>> recorded = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();
    private final InMemoryConnections connections = new InMemoryConnections();
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final Map<String, String> lineKeys = new HashMap<>();
    private final ConfiguredLines lines =
            (connection, name) -> List.of(lineKeys.getOrDefault(Identities.line(connection, name), name));

    final StandardWebhooks signatures = new StandardWebhooks(clock, Duration.ofMinutes(5));
    final ForwardingIntake intake = new ForwardingIntake(this::record);
    final DeliveryLog log = GivenDeliveryLog.in(clock);
    final PhoneWebhook events = new PhoneWebhook(
            connections,
            GivenPhoneSystems.of(this::reveal, signatures),
            identities,
            lines,
            control,
            intake,
            (connection, what) -> unknown.add(what),
            log);

    /**
     * What came of a call.
     *
     * @param recorded by agent, what was handed in and taken
     * @param unknown lines and kinds of event that were counted instead, as far as they may be shown
     * @param refusal why it was not taken
     */
    record Handled(
            HttpAnswer answer,
            Map<String, List<Evidence>> recorded,
            List<String> unknown,
            Optional<RejectionReason> refusal) {}

    PhoneFixture with(Connection connection) {
        connections.with(connection);
        return this;
    }

    PhoneFixture with(String connection, String line, String agent) {
        identities.put(Map.of(Identities.line(connection, LineName.of(line)), agent));
        return this;
    }

    /** A line with the device that it is on. */
    PhoneFixture with(String connection, String line, String mac, String agent) {
        for (String name : List.of(line, mac)) {
            with(connection, name, agent);
            lineKeys.put(Identities.line(connection, name), line);
        }
        return this;
    }

    Handled handle(String connection, HttpCall call) {
        return handle(connection, call, edge);
    }

    /** What nobody would send on purpose. */
    Handled handleDamaged(String connection, HttpCall call) {
        return handle(connection, call, edgeOfDamaged);
    }

    /** What changed something, or might have, is one of the published messages. */
    private static void holdToWhatIsPublished(HttpCall call, HttpAnswer answer) {
        boolean event = call.method().equals("POST") && answer.status() == 200;
        if (event && answer.body().isEmpty() && !call.body().text().contains("data_base64")) {
            assertThat(AsyncApiDocument.SERVED.messagesOf(
                            "phoneEvents", call.body().text()))
                    .as(call.body().text())
                    .hasSize(1);
        }
    }

    private Handled handle(String connection, HttpCall call, EdgeInMemory edge) {
        edge.refused.clear();
        recorded.clear();
        unknown.clear();
        HttpCall there = new HttpCall(
                call.method(),
                "/phone/" + connection,
                call.rawQuery(),
                call.query(),
                call.headers(),
                call.body(),
                call.receivedAt(),
                call.requestId(),
                call.caller());
        HttpAnswer answer = edge.answer(events, there);
        if (edge == this.edge) {
            holdToWhatIsPublished(there, answer);
        }
        return new Handled(
                answer,
                Map.copyOf(recorded),
                List.copyOf(unknown),
                edge.refused.stream().map(RejectionReason::valueOf).findFirst());
    }

    int status(String connection, HttpCall call) {
        return handle(connection, call).answer().status();
    }

    /** What an agent is by phone alone: empty while no phone says anything. */
    Optional<Status> statusOf(String agent) {
        Situation situation = situations.getOrDefault(agent, Situation.unknown());
        return new Decider(Policy.DEFAULT).decide(situation, now()).status();
    }

    private void record(String agent, List<Evidence> news) {
        if (storeIsDown) {
            throw new StoreUnavailable("down", null);
        }
        Situation situation = situations.getOrDefault(agent, Situation.unknown());
        for (Evidence one : news) {
            situation = situation.fold(((Evidence.Reported) one).signal());
        }
        situations.put(agent, situation);
        recorded.put(agent, news);
    }

    Instant now() {
        return clock.instant();
    }

    /** When which kind of event was last heard of. */
    Map<String, String> heard() {
        return control.withPrefix(ControlKeys.HEARD);
    }

    /** Everything that is noted besides. */
    Map<String, String> counted() {
        Map<String, String> all = new TreeMap<>(control.withPrefix(""));
        all.keySet().removeAll(heard().keySet());
        all.keySet().removeAll(control.withPrefix(ControlKeys.TAKEN_EVENT).keySet());
        return all;
    }

    String reveal(String reference) {
        if (unreadable.contains(reference)) {
            throw new PlatformException.Unreachable("no answer");
        }
        return reference;
    }
}
