package dev.lockstep.phone;

import dev.lockstep.configured.ConfiguredLines;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.LastTime;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.protocol.delivery.DeliveryLog;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
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
    /** As what all phones are noted that were heard of. */
    static final String SOURCE = "phone";

    private static final int MAX_REASON = 64;
    private static final Pattern CONNECTION = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    /** Refusals of strangers are counted no more often: nobody can make us write by calling. */
    private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

    private final Connections connections;
    private final Map<String, PhoneSystem> systems;
    private final LineOwners owners;
    private final DryRun dryRun;
    private final PhoneTroubles troubles;
    private final TakenEvents taken;
    private final LastTime heard;
    private final EvidenceIntake intake;
    private final PhoneMeter meter;
    private final DeliveryLog log;
    private final Map<String, Instant> strangersCounted = new ConcurrentHashMap<>();

    /** @param systems that a connection may speak */
    @Inject
    public PhoneWebhook(
            Connections connections,
            @All List<PhoneSystem> systems,
            Identities identities,
            ConfiguredLines lines,
            Control control,
            EvidenceIntake intake,
            PhoneMeter meter,
            DeliveryLog log) {
        this.connections = connections;
        this.systems = systems.stream().collect(Collectors.toUnmodifiableMap(PhoneSystem::name, Function.identity()));
        this.owners = new LineOwners(identities, lines, new CallPlaces(control));
        this.dryRun = new DryRun(owners, control);
        this.troubles = new PhoneTroubles(control);
        this.taken = new TakenEvents(control);
        this.heard = LastTime.heard(control, SOURCE);
        this.intake = intake;
        this.meter = meter;
        this.log = log;
    }

    @Override
    public String name() {
        return "phone-event";
    }

    /** {@code /phone/{connection}} */
    @Override
    public HttpAnswer handle(HttpCall call) {
        String name = call.pathPart(2);
        if (!CONNECTION.matcher(name).matches()) {
            throw unknownConnection();
        }
        if (call.method().equals("OPTIONS")) {
            return AbuseProtection.answer(call);
        }
        Connection connection = connections
                .named(name)
                .filter(one -> systems.containsKey(one.system()))
                .orElseThrow(() -> noSuchConnection(call));
        return acceptEvents(systems.get(connection.system()), connection, call);
    }

    private static RejectedRequest unknownConnection() {
        return new RejectedRequest(RejectionReason.UNKNOWN, "there is no such connection");
    }

    private static RejectedRequest stranger() {
        return new RejectedRequest(RejectionReason.UNAUTHENTICATED, "no token or signature of this connection");
    }

    /** Strangers are answered as on a connection that there is, or they could find out which there are. */
    private RejectedRequest noSuchConnection(HttpCall call) {
        return connections.all().stream().anyMatch(connection -> isAuthentic(connection, call))
                ? unknownConnection()
                : stranger();
    }

    private boolean isAuthentic(Connection connection, HttpCall call) {
        PhoneSystem system = systems.get(connection.system());
        try {
            if (system != null) {
                system.authenticate(call, connection);
            }
            return system != null;
        } catch (RejectedRequest stranger) {
            return false;
        }
    }

    private HttpAnswer acceptEvents(PhoneSystem system, Connection connection, HttpCall call) {
        PhoneDelivery delivery = new PhoneDelivery(connection, call);
        authenticate(system, delivery, connection, call);
        if (DryRun.isAsked(call)) {
            return tried(system, connection, delivery, call);
        }
        Optional<TakenEvents.Message> message = system.message(call);
        if (message.filter(one -> taken.holds(connection, one)).isPresent()) {
            delivery.isRepeated();
        } else {
            record(connection, translated(system, delivery, connection, call), delivery, call);
            message.ifPresent(one -> taken.note(connection, one, call.receivedAt()));
            heard.at(call.receivedAt());
        }
        log.note(delivery.answered());
        List<String> remarks = delivery.remarks();
        return remarks.isEmpty() ? HttpAnswer.ok() : HttpAnswer.text(200, String.join("; ", remarks));
    }

    private HttpAnswer tried(PhoneSystem system, Connection connection, PhoneDelivery delivery, HttpCall call) {
        delivery.isTest();
        try {
            dryRun.look(connection, system.translate(call, connection), delivery, call.receivedAt());
        } catch (RejectedRequest why) {
            log.note(delivery.refused(why));
            throw why;
        }
        log.note(delivery.answered());
        return DryRun.answer(delivery);
    }

    /** A phone that is shut out tells of no call's end: an administrator must see it. */
    private void authenticate(PhoneSystem system, PhoneDelivery delivery, Connection connection, HttpCall call) {
        try {
            system.authenticate(call, connection);
        } catch (RejectedRequest why) {
            log.note(delivery.refused(why));
            if (why.reason() != RejectionReason.UNAUTHENTICATED) {
                throw why;
            }
            Instant now = call.receivedAt();
            Instant before = strangersCounted.getOrDefault(connection.name(), Instant.MIN);
            if (before.isBefore(now.minus(COUNTED_EVERY))) {
                strangersCounted.put(connection.name(), now);
                countRefusal(connection, why, call);
            }
            throw stranger();
        }
    }

    private void countRefusal(Connection connection, RejectedRequest why, HttpCall call) {
        String text = why.getMessage().substring(0, Math.min(why.getMessage().length(), MAX_REASON));
        troubles.count(PhoneTroubles.Kind.REFUSAL, connection.name(), text, call.receivedAt());
    }

    private List<LineEvidence> translated(
            PhoneSystem system, PhoneDelivery delivery, Connection connection, HttpCall call) {
        try {
            return system.translate(call, connection);
        } catch (RejectedRequest why) {
            countRefusal(connection, why, call);
            log.note(delivery.refused(why));
            throw why;
        }
    }

    private void record(Connection connection, List<LineEvidence> news, PhoneDelivery delivery, HttpCall call) {
        Map<String, List<LineEvidence.Said>> said = new LinkedHashMap<>();
        for (LineEvidence one : news) {
            switch (one) {
                case LineEvidence.Said told -> {
                    delivery.says(told);
                    owners.of(connection, told, call.receivedAt())
                            .ifPresentOrElse(
                                    owner -> said.computeIfAbsent(owner.agentId(), any -> new ArrayList<>())
                                            .add(told.on(owner.keys())),
                                    () -> countLine(connection, told, delivery, call));
                }
                case LineEvidence.NotUnderstood other -> {
                    count(PhoneTroubles.Kind.EVENT, connection, other.kind(), call);
                    delivery.isNotUnderstood(other);
                }
                case LineEvidence.Mistimed wrong -> {
                    troubles.count(PhoneTroubles.Kind.TIME, connection.name(), wrong.how(), call.receivedAt());
                    delivery.isMistimed();
                }
            }
        }
        said.forEach((agent, lines) -> accept(connection, agent, lines, delivery, call));
    }

    /** A line whose agent is no more belongs to nobody: it is counted like any other that nobody is configured for. */
    private void accept(
            Connection connection, String agent, List<LineEvidence.Said> lines, PhoneDelivery delivery, HttpCall call) {
        List<Evidence> evidence = evidence(lines);
        if (evidence.isEmpty()) {
            delivery.concerns(agent);
            delivery.saysNothing();
            return;
        }
        switch (intake.accept(agent, evidence, new Trigger(name(), call.requestId()))) {
            case UNKNOWN_AGENT -> lines.forEach(line -> countLine(connection, line, delivery, call));
            case UNCHANGED -> {
                delivery.concerns(agent);
                delivery.changesNothing();
            }
            case SETTLED, RECORDED, DEFERRED -> {
                delivery.concerns(agent);
                delivery.changes();
            }
        }
    }

    private static List<Evidence> evidence(List<LineEvidence.Said> lines) {
        return lines.stream()
                .flatMap(line -> line.signals().stream())
                .<Evidence>map(Evidence.Reported::new)
                .toList();
    }

    private void countLine(Connection connection, LineEvidence.Said said, PhoneDelivery delivery, HttpCall call) {
        count(
                PhoneTroubles.Kind.LINE,
                connection,
                said.lines().stream().findFirst().orElse(""),
                call);
        delivery.concernsNobody();
    }

    private void count(PhoneTroubles.Kind kind, Connection connection, String name, HttpCall call) {
        meter.unknown(connection.name(), troubles.count(kind, connection.name(), name, call.receivedAt()));
    }
}
