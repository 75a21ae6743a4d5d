package dev.lockstep.api;

import dev.lockstep.agent.AgentState;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.platform.Subject;
import dev.lockstep.protocol.delivery.Delivery;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.sync.WriteModes;
import dev.lockstep.webhook.ApplicationPlatform;
import dev.lockstep.webhook.Applications;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What integrators ask of a connection: {@code /api/connections/{connection}/…}. For whoever manages the configuration, and
 * of an application's own connection for itself.
 */
@Singleton
public final class ConnectionsApi {
    static final int MOST_DELIVERIES = 100;
    static final List<String> DELIVERY_PARAMETERS = List.of("from", "limit");
    static final List<String> REPLAY_PARAMETERS = List.of("agent");

    private final Connections connections;
    private final DeliveryLog log;
    private final Applications applications;
    private final AgentLookup lookup;
    private final WriteModes modes;

    @Inject
    public ConnectionsApi(
            Connections connections, DeliveryLog log, Applications applications, AgentLookup lookup, WriteModes modes) {
        this.connections = connections;
        this.log = log;
        this.applications = applications;
        this.lookup = lookup;
        this.modes = modes;
    }

    /**
     * @param path its parts, of which the first two are {@code api} and {@code connections}
     * @return what is answered with 200, for Jackson
     */
    Object answer(List<String> path, HttpCall call) {
        if (path.size() != 4) {
            throw Api.noRoute();
        }
        Connection connection = connection(path.get(2), call.caller());
        return switch (path.get(3)) {
            case "deliveries" -> deliveries(connection, call);
            case "test" -> test(connection, call);
            case "replay" -> replay(connection, call);
            default -> throw Api.noRoute();
        };
    }

    /** Who may manage nothing learns of no connection but their own. */
    private Connection connection(String name, Requester caller) {
        Optional<Connection> named = connections.named(name);
        if (named.filter(one -> isOwn(one, caller)).isEmpty()) {
            caller.demand(Requester.CONFIGURE);
        }
        return named.orElseThrow(
                () -> new RejectedRequest(RejectionReason.UNKNOWN, "there is no connection of this name"));
    }

    private static boolean isOwn(Connection connection, Requester caller) {
        return caller instanceof Requester.Holder holder
                && !holder.person()
                && connection.clientId().equals(Optional.of(holder.id()));
    }

    private List<Map<String, Object>> deliveries(Connection connection, HttpCall call) {
        Api.only("GET", call);
        call.allowParameters(DELIVERY_PARAMETERS);
        Instant from = call.parameter("from").isBlank() ? Instant.EPOCH : Api.instant(call.parameter("from"));
        int limit = Math.min(Api.number(call, "limit", MOST_DELIVERIES), MOST_DELIVERIES);
        return log.of(connection, from, limit).stream()
                .map(ConnectionsApi::shown)
                .toList();
    }

    private Map<String, Object> test(Connection connection, HttpCall call) {
        Api.only("POST", call);
        call.allowParameters(List.of());
        return shown(
                application(connection).test(call.requestId(), call.caller().label()));
    }

    private ApplicationPlatform application(Connection connection) {
        return applications
                .of(connection)
                .orElseThrow(() -> conflict("this connection calls us, so nothing is sent to it: let it send an event"
                        + " with ?dryRun=true at the end of its address"));
    }

    /** With the same conditions as every other message to an application. */
    private Map<String, Object> replay(Connection connection, HttpCall call) {
        Api.only("POST", call);
        call.allowParameters(REPLAY_PARAMETERS);
        ApplicationPlatform application = application(connection);
        AgentState agent = agent(call);
        Subject subject = new Subject(
                agent.agentId(),
                agent.agentId(),
                agent.profile().name(),
                agent.profile().team());
        if (!application.concerns(subject)) {
            throw conflict("the application is told of other teams (teams of its connection)");
        }
        if (application.endedAt().isPresent()) {
            throw conflict("the application has ended its subscription (410): send it a test event first");
        }
        if (modes.of(subject, application.name()) != WriteModes.Mode.ON) {
            throw conflict("the mode of operation lets nothing be written for this agent there");
        }
        return shown(application.replay(
                subject,
                agent.standing(application.name()),
                call.receivedAt(),
                call.caller().label()));
    }

    private AgentState agent(HttpCall call) {
        String id = call.formParameter("agent");
        if (id.isBlank()) {
            throw RejectedRequest.malformed("agent is missing: whose status is to be told once more");
        }
        return lookup.find(id).orElseThrow(Api::unknownAgent);
    }

    private static RejectedRequest conflict(String why) {
        return new RejectedRequest(RejectionReason.CONFLICT, why);
    }

    private static Map<String, Object> shown(Delivery delivery) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("at", delivery.at().toString());
        shown.put("id", delivery.id());
        shown.put("direction", word(delivery.direction()));
        shown.put("purpose", word(delivery.purpose()));
        shown.put("verdict", word(delivery.verdict()));
        shown.put("status", delivery.status().orElse(null));
        shown.put("understood", delivery.understood());
        shown.put("agents", delivery.agents());
        shown.put("why", blankAsNull(delivery.why()));
        shown.put("whatToDo", blankAsNull(delivery.remedy()));
        shown.put("by", blankAsNull(delivery.by()));
        shown.put("tookMillis", delivery.took().toMillis());
        return shown;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String blankAsNull(String text) {
        return text.isBlank() ? null : text;
    }
}
