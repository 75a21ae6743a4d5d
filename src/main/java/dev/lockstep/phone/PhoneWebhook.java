package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.LastHeard;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes what phone systems tell: from the raw call to news for an agent.
 *
 * <p>An event that was authenticated and understood is answered with 2xx as soon as it is recorded. One for a line or
 * of a kind that nobody is configured for is answered with 2xx too, or some systems would stop calling (RingCentral
 * suspends a subscription for good); it is counted, so that the administrator sees it.
 */
@Singleton
public final class PhoneWebhook implements Endpoint {
    private final Connections connections;
    private final Map<String, PhoneSystem> systems;
    private final Identities identities;
    private final UnknownLineCounter unknown;
    private final LastHeard heard;
    private final EvidenceIntake intake;
    private final PhoneMeter meter;

    /** @param systems that a connection may speak */
    @Inject
    public PhoneWebhook(
            Connections connections,
            @All List<PhoneSystem> systems,
            Identities identities,
            Control control,
            EvidenceIntake intake,
            PhoneMeter meter) {
        this.connections = connections;
        this.systems = systems.stream().collect(Collectors.toUnmodifiableMap(PhoneSystem::name, Function.identity()));
        this.identities = identities;
        this.unknown = new UnknownLineCounter(control);
        this.heard = new LastHeard(control, "phone");
        this.intake = intake;
        this.meter = meter;
    }

    @Override
    public String name() {
        return "phone-event";
    }

    /** {@code /phone/{connection}} */
    @Override
    public HttpAnswer handle(HttpCall call) {
        Connection connection = connections.named(call.pathPart(2)).orElseThrow(PhoneWebhook::unknownConnection);
        PhoneSystem system =
                Optional.ofNullable(systems.get(connection.system())).orElseThrow(PhoneWebhook::unknownConnection);
        return system.handshake(call, connection).orElseGet(() -> acceptEvents(system, connection, call));
    }

    private static RejectedRequest unknownConnection() {
        return new RejectedRequest(RejectionReason.UNKNOWN, "there is no such connection");
    }

    private HttpAnswer acceptEvents(PhoneSystem system, Connection connection, HttpCall call) {
        system.authenticate(call, connection);
        Map<String, List<LineEvidence.Said>> said = new LinkedHashMap<>();
        for (LineEvidence news : system.translate(call, connection)) {
            switch (news) {
                case LineEvidence.Said one ->
                    agentOf(connection, one)
                            .ifPresentOrElse(
                                    agent -> said.computeIfAbsent(agent, any -> new ArrayList<>())
                                            .add(one),
                                    () -> countLine(connection, one, call));
                case LineEvidence.NotUnderstood other ->
                    count(UnknownLineCounter.Kind.EVENT, connection, other.kind(), call);
            }
        }
        said.forEach((agent, lines) -> {
            if (!isAccepted(agent, evidence(lines), call)) {
                lines.forEach(line -> countLine(connection, line, call));
            }
        });
        heard.at(call.receivedAt());
        return HttpAnswer.ok();
    }

    private Optional<String> agentOf(Connection connection, LineEvidence.Said said) {
        return said.lines().stream()
                .flatMap(line -> identities.agentOf(Identities.line(connection.name(), line)).stream())
                .findFirst();
    }

    private static List<Evidence> evidence(List<LineEvidence.Said> lines) {
        return lines.stream()
                .flatMap(line -> line.signals().stream())
                .<Evidence>map(Evidence.Reported::new)
                .toList();
    }

    /** A line whose agent is no more belongs to nobody: it is counted like any other that nobody is configured for. */
    private boolean isAccepted(String agent, List<Evidence> evidence, HttpCall call) {
        Trigger trigger = new Trigger(name(), call.requestId());
        return evidence.isEmpty() || intake.accept(agent, evidence, trigger) != IntakeOutcome.UNKNOWN_AGENT;
    }

    private void countLine(Connection connection, LineEvidence.Said said, HttpCall call) {
        count(
                UnknownLineCounter.Kind.LINE,
                connection,
                said.lines().stream().findFirst().orElse(""),
                call);
    }

    private void count(UnknownLineCounter.Kind kind, Connection connection, String name, HttpCall call) {
        meter.unknown(connection.name(), unknown.count(kind, connection.name(), name, call.receivedAt()));
    }
}
