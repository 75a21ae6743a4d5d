package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.LastHeard;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
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
public final class PhoneWebhook {
    private final Connections connections;
    private final Map<String, PhoneSystem> systems;
    private final Identities identities;
    private final UnknownLineCounter unknown;
    private final LastHeard heard;
    private final EvidenceIntake intake;

    /** @param systems that a connection may speak */
    public PhoneWebhook(
            Connections connections,
            List<PhoneSystem> systems,
            Identities identities,
            Control control,
            EvidenceIntake intake) {
        this.connections = connections;
        this.systems = systems.stream().collect(Collectors.toUnmodifiableMap(PhoneSystem::name, Function.identity()));
        this.identities = identities;
        this.unknown = new UnknownLineCounter(control);
        this.heard = new LastHeard(control, "phone");
        this.intake = intake;
    }

    /**
     * What came of a call.
     *
     * @param recorded by agent, what was recorded of them
     * @param unknown lines and kinds of event that were counted instead, as far as they may be shown
     * @param refusal why it was not taken
     */
    public record Handled(
            HttpAnswer answer,
            Map<String, List<Evidence>> recorded,
            List<String> unknown,
            Optional<RejectionReason> refusal) {
        public Handled {
            recorded = Map.copyOf(recorded);
            unknown = List.copyOf(unknown);
        }

        private static Handled answered(HttpAnswer answer) {
            return new Handled(answer, Map.of(), List.of(), Optional.empty());
        }

        private static Handled refused(RejectedRequest why) {
            return new Handled(why.answer(), Map.of(), List.of(), Optional.of(why.refusal()));
        }
    }

    /**
     * Handles one call to {@code /phone/{connection}}. What is wrong with it becomes an answer, never an exception.
     */
    public Handled handle(String connectionName, HttpCall call) {
        try {
            Connection connection = connections.named(connectionName).orElseThrow(PhoneWebhook::unknownConnection);
            PhoneSystem system =
                    Optional.ofNullable(systems.get(connection.system())).orElseThrow(PhoneWebhook::unknownConnection);
            if (call.isTooLarge()) {
                throw new RejectedRequest(RejectionReason.TOO_LARGE, "larger than 256 KB");
            }
            return system.handshake(call, connection)
                    .map(Handled::answered)
                    .orElseGet(() -> acceptEvents(system, connection, call));
        } catch (RejectedRequest refused) {
            return Handled.refused(refused);
        } catch (StoreUnavailable e) {
            return Handled.refused(
                    new RejectedRequest(RejectionReason.UNAVAILABLE, "not recorded; please send it again"));
        }
    }

    private static RejectedRequest unknownConnection() {
        return new RejectedRequest(RejectionReason.UNKNOWN, "there is no such connection");
    }

    private Handled acceptEvents(PhoneSystem system, Connection connection, HttpCall call) {
        system.authenticate(call, connection);
        Map<String, List<LineEvidence.Said>> said = new LinkedHashMap<>();
        List<String> counted = new ArrayList<>();
        for (LineEvidence news : system.translate(call, connection)) {
            switch (news) {
                case LineEvidence.Said one ->
                    agentOf(connection, one)
                            .ifPresentOrElse(
                                    agent -> said.computeIfAbsent(agent, any -> new ArrayList<>())
                                            .add(one),
                                    () -> counted.add(countLine(connection, one, call)));
                case LineEvidence.NotUnderstood other -> counted.add(countKind(connection, other, call));
            }
        }
        Map<String, List<Evidence>> recorded = new LinkedHashMap<>();
        said.forEach((agent, lines) -> {
            List<Evidence> evidence = evidence(lines);
            if (evidence.isEmpty()) {
                return;
            }
            if (isAccepted(agent, evidence, call)) {
                recorded.put(agent, evidence);
            } else {
                lines.forEach(line -> counted.add(countLine(connection, line, call)));
            }
        });
        heard.at(call.receivedAt());
        return new Handled(HttpAnswer.ok(), recorded, counted, Optional.empty());
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
        Trigger trigger = new Trigger("phone-event", call.requestId());
        return intake.accept(agent, evidence, trigger) != IntakeOutcome.UNKNOWN_AGENT;
    }

    private String countLine(Connection connection, LineEvidence.Said said, HttpCall call) {
        String line = said.lines().stream().findFirst().orElse("");
        return unknown.count(UnknownLineCounter.Kind.LINE, connection.name(), line, call.receivedAt());
    }

    private String countKind(Connection connection, LineEvidence.NotUnderstood other, HttpCall call) {
        return unknown.count(UnknownLineCounter.Kind.EVENT, connection.name(), other.kind(), call.receivedAt());
    }
}
