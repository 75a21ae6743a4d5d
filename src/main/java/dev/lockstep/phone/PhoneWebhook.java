package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.intake.LastHeard;
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
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final BiConsumer<String, List<Evidence>> recorder;

    /**
     * @param systems that a connection may speak
     * @param recorder makes news of an agent durable, or throws {@link StoreUnavailable}
     */
    public PhoneWebhook(
            Connections connections,
            List<PhoneSystem> systems,
            Identities identities,
            Control control,
            BiConsumer<String, List<Evidence>> recorder) {
        this.connections = connections;
        this.systems = systems.stream().collect(Collectors.toUnmodifiableMap(PhoneSystem::name, Function.identity()));
        this.identities = identities;
        this.unknown = new UnknownLineCounter(control);
        this.heard = new LastHeard(control, "phone");
        this.recorder = recorder;
    }

    /**
     * What came of a call.
     *
     * @param recorded by agent, what was handed to the recorder
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
                    .orElseGet(() -> event(system, connection, call));
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

    private Handled event(PhoneSystem system, Connection connection, HttpCall call) {
        system.authenticate(call, connection);
        Map<String, List<Evidence>> told = new LinkedHashMap<>();
        List<String> counted = new ArrayList<>();
        for (LineEvidence news : system.translate(call, connection)) {
            switch (news) {
                case LineEvidence.Said said ->
                    agentOf(connection, said)
                            .ifPresentOrElse(
                                    agent -> tell(told, agent, said),
                                    () -> counted.add(countLine(connection, said, call)));
                case LineEvidence.NotUnderstood other -> counted.add(countKind(connection, other, call));
            }
        }
        told.forEach(recorder);
        heard.at(call.receivedAt());
        return new Handled(HttpAnswer.ok(), told, counted, Optional.empty());
    }

    private Optional<String> agentOf(Connection connection, LineEvidence.Said said) {
        return said.lines().stream()
                .flatMap(line -> identities.agentOf(Identities.line(connection.name(), line)).stream())
                .findFirst();
    }

    private static void tell(Map<String, List<Evidence>> told, String agent, LineEvidence.Said said) {
        List<Evidence> news =
                said.signals().stream().<Evidence>map(Evidence.Reported::new).toList();
        if (!news.isEmpty()) {
            told.merge(
                    agent,
                    news,
                    (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
        }
    }

    private String countLine(Connection connection, LineEvidence.Said said, HttpCall call) {
        String line = said.lines().stream().findFirst().orElse("");
        return unknown.count(UnknownLineCounter.Kind.LINE, connection.name(), line, call.receivedAt());
    }

    private String countKind(Connection connection, LineEvidence.NotUnderstood other, HttpCall call) {
        return unknown.count(UnknownLineCounter.Kind.EVENT, connection.name(), other.kind(), call.receivedAt());
    }
}
