package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.configured.LineName;
import dev.lockstep.configured.Secrets;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Everything around phone systems, in memory: connections, lines, counters and the agents' situations. */
final class PhoneFixture implements Connections, Secrets, Identities, Control, InstantSource {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final Map<String, Connection> connections = new HashMap<>();
    final Map<String, String> agents = new HashMap<>();
    final Map<String, Situation> situations = new HashMap<>();
    final TreeMap<String, String> control = new TreeMap<>();
    final TreeMap<String, String> heard = new TreeMap<>();
    final Set<String> unreadable = new HashSet<>();
    boolean storeIsDown;
    Instant now = NOON;

    private final EdgeInMemory edge = new EdgeInMemory();
    private final Map<String, List<Evidence>> recorded = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();

    final StandardWebhooks signatures = new StandardWebhooks(this, Duration.ofMinutes(5));
    final ForwardingIntake intake = new ForwardingIntake(this::record);
    final PhoneWebhook events = new PhoneWebhook(
            this,
            List.of(new Yealink(this), new Generic(this, signatures)),
            this,
            this,
            intake,
            (connection, what) -> unknown.add(what));

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
        connections.put(connection.name(), connection);
        return this;
    }

    PhoneFixture with(String connection, String line, String agent) {
        agents.put(Identities.line(connection, LineName.of(line)), agent);
        return this;
    }

    Handled handle(String connection, HttpCall call) {
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
                call.requestId());
        HttpAnswer answer = edge.answer(events, there);
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
        return new Decider(Policy.DEFAULT).decide(situation, now).status();
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

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Optional<Connection> named(String name) {
        return Optional.ofNullable(connections.get(name));
    }

    @Override
    public List<Connection> all() {
        return List.copyOf(connections.values());
    }

    @Override
    public String reveal(String reference) {
        if (unreadable.contains(reference)) {
            throw new PlatformException.Unreachable("no answer");
        }
        return reference;
    }

    @Override
    public Optional<String> agentOf(String identity) {
        return Optional.ofNullable(agents.get(identity));
    }

    @Override
    public void put(Map<String, String> agentIdByIdentity) {
        agents.putAll(agentIdByIdentity);
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(control.get(key));
    }

    @Override
    public Map<String, String> withPrefix(String prefix) {
        return new TreeMap<>(control.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    @Override
    public void put(String key, String value, Optional<Instant> expiresAt) {
        (key.startsWith(ControlKeys.HEARD) ? heard : control).put(key, value);
    }

    @Override
    public void remove(String key) {
        control.remove(key);
        agents.remove(key);
    }

    @Override
    public long add(String key, long amount, Optional<Instant> expiresAt) {
        return Long.parseLong(
                control.merge(key, Long.toString(amount), (a, b) -> Long.toString(Long.parseLong(a) + amount)));
    }

    @Override
    public boolean take(String key, long amount, long limit, Instant expiresAt) {
        return true;
    }
}
