package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.intake.LastHeard;
import dev.lockstep.platform.Evidence;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
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
public final class PhoneWebhook implements Endpoint {
    private final Connections connections;
    private final Map<String, PhoneSystem> systems;
    private final Identities identities;
    private final UnknownLineCounter unknown;
    private final LastHeard heard;
    private final BiConsumer<String, List<Evidence>> recorder;
    private final PhoneMeter meter;

    /**
     * @param signatures with the tolerance for a message's age
     * @param recorder makes news of an agent durable, or throws {@link StoreUnavailable}
     */
    public PhoneWebhook(
            Connections connections,
            Secrets secrets,
            StandardWebhooks signatures,
            Identities identities,
            Control control,
            BiConsumer<String, List<Evidence>> recorder,
            PhoneMeter meter) {
        this.connections = connections;
        this.systems = Stream.of(new Yealink(secrets), new Generic(secrets, signatures))
                .collect(Collectors.toUnmodifiableMap(PhoneSystem::system, Function.identity()));
        this.identities = identities;
        this.unknown = new UnknownLineCounter(control);
        this.heard = new LastHeard(control, "phone");
        this.recorder = recorder;
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
        return system.handshake(call, connection).orElseGet(() -> event(system, connection, call));
    }

    private static RejectedRequest unknownConnection() {
        return new RejectedRequest(RejectionReason.UNKNOWN, "there is no such connection");
    }

    private HttpAnswer event(PhoneSystem system, Connection connection, HttpCall call) {
        system.authenticate(call, connection);
        Map<String, List<Evidence>> told = new LinkedHashMap<>();
        for (LineEvidence news : system.translate(call, connection)) {
            switch (news) {
                case LineEvidence.Said said ->
                    agentOf(connection, said)
                            .ifPresentOrElse(agent -> tell(told, agent, said), () -> countLine(connection, said, call));
                case LineEvidence.NotUnderstood other ->
                    count(UnknownLineCounter.Kind.EVENT, connection, other.kind(), call);
            }
        }
        told.forEach(recorder);
        heard.at(call.receivedAt());
        return HttpAnswer.ok();
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
