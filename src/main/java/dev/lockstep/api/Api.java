package dev.lockstep.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.SaidByApplications;
import dev.lockstep.configured.Connections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Timeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What third-party applications ask and tell: {@code /api/agents…}, {@code /api/connections…}, and the {@link Contract}
 * that describes it. What is wrong is told as problem details.
 */
@Singleton
public final class Api implements Endpoint {
    static final int MOST_AGENTS = 1_000;
    static final int MOST_EVENTS = 100;
    static final List<String> LIST_PARAMETERS = List.of("team", "limit", "nextToken");
    static final List<String> TIMELINE_PARAMETERS = List.of("from", "limit");
    static final List<String> DELETE_PARAMETERS = List.of("source");

    private static final String WRITE = "Presence.Write";

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final AgentLookup lookup;
    private final AgentStore store;
    private final AgentViews views;
    private final Timeline timeline;
    private final EvidenceIntake intake;
    private final ObjectMapper json;
    private final JsonAnswers answers;
    private final OwnNames ownNames;
    private final Supervision supervision;
    private final ConnectionsApi ofConnections;
    private final Contract contract = new Contract();

    @Inject
    public Api(
            AgentLookup lookup,
            AgentStore store,
            AgentViews views,
            Timeline timeline,
            EvidenceIntake intake,
            Connections connections,
            ObjectMapper json,
            Supervision supervision,
            ConnectionsApi ofConnections) {
        this.ofConnections = ofConnections;
        this.supervision = supervision;
        this.lookup = lookup;
        this.store = store;
        this.views = views;
        this.timeline = timeline;
        this.intake = intake;
        this.json = json;
        this.answers = new JsonAnswers(json);
        this.ownNames = new OwnNames(connections);
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public String unavailable(HttpCall call) {
        return call.method().equals("GET") || call.method().equals("POST")
                ? "the store did not answer; ask again"
                : "the store did not answer, so nothing was recorded; send it again";
    }

    @Override
    public HttpAnswer rejection(RejectedRequest why) {
        return answers.rejection(why);
    }

    @Override
    public String label(RejectionReason reason) {
        return String.valueOf(reason.status());
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        List<String> path = Stream.of(call.path().split("/"))
                .filter(part -> !part.isEmpty())
                .map(HttpCall::decoded)
                .toList();
        return contract.answer(path, call).orElseGet(() -> handle(path, call));
    }

    private HttpAnswer handle(List<String> path, HttpCall call) {
        if (path.equals(List.of("api", "configuration"))) {
            // Of its methods the gateway sends those that there are elsewhere.
            throw onlyWith("GET or POST");
        }
        if (path.size() > 1 && path.get(0).equals("api") && path.get(1).equals("connections")) {
            return answers.ok(ofConnections.answer(path, call));
        }
        if (path.size() < 2 || !path.get(0).equals("api") || !path.get(1).equals("agents") || path.size() > 4) {
            throw noRoute();
        }
        boolean status = path.size() == 4 && path.get(3).equals("status");
        demandRole(status, call);
        if (path.size() == 2) {
            only("GET", call);
            call.allowParameters(LIST_PARAMETERS);
            return list(call);
        }
        AgentState agent = lookup.find(path.get(2)).orElseThrow(Api::unknownAgent);
        if (!status) {
            supervision.demandSeen(call.caller(), agent.profile().team());
        }
        return path.size() == 3 ? one(agent, call) : part(agent, path.get(3), call);
    }

    /** Before anything is looked up: who may not read does not learn who there is either. */
    private void demandRole(boolean status, HttpCall call) {
        if (status) {
            call.caller().demand(WRITE, Supervision.SUPERVISE);
        } else {
            supervision.seenBy(call.caller());
        }
    }

    private boolean supervises(AgentState agent, HttpCall call) {
        return supervision.covers(call.caller(), agent.profile().team());
    }

    /** An application speaks of everybody in its own name; a person of others only as their supervisor. */
    private void demandOwn(AgentState agent, HttpCall call) {
        if (supervises(agent, call) || mayInOwnName(agent, call.caller())) {
            return;
        }
        if (call.caller().hasOne(Supervision.SUPERVISE)) {
            throw supervision.outside(call.caller(), agent.profile().team());
        }
        throw RejectedRequest.forbidden(
                "with " + WRITE + " people set their own status; for somebody else's the token lacks the role "
                        + Supervision.SUPERVISE);
    }

    private boolean mayInOwnName(AgentState agent, Requester caller) {
        return caller.hasOne(WRITE)
                && (!(caller instanceof Requester.Holder holder) || !holder.person() || isOf(holder, agent));
    }

    private boolean isOf(Requester.Holder person, AgentState agent) {
        return lookup.ofPerson(person.id())
                .map(AgentState::agentId)
                .filter(agent.agentId()::equals)
                .isPresent();
    }

    private HttpAnswer one(AgentState agent, HttpCall call) {
        only("GET", call);
        call.allowParameters(List.of());
        return answers.ok(AgentJson.of(AgentView.of(agent)));
    }

    private HttpAnswer part(AgentState agent, String part, HttpCall call) {
        return switch (part) {
            case "status" -> status(agent, call);
            case "timeline" -> timeline(agent, call);
            case "explain" -> explain(agent, call);
            default -> throw noRoute();
        };
    }

    private HttpAnswer explain(AgentState agent, HttpCall call) {
        only("GET", call);
        call.allowParameters(List.of());
        return answers.ok(Explanation.of(agent, call.receivedAt()));
    }

    /**
     * In order of the agents' ids; where there are more than fit, a header names the next page, and where there are some
     * who cannot be read, another one says how many in all.
     */
    private HttpAnswer list(HttpCall call) {
        String team = call.formParameter("team");
        String after = PageToken.read(call.parameter("nextToken"));
        int limit = Math.min(number(call, "limit", MOST_AGENTS), MOST_AGENTS);
        List<AgentJson> agents;
        List<String> unreadable = new ArrayList<>();
        if (team.length() > AgentLookup.LONGEST) {
            return answers.ok(List.of());
        }
        Predicate<String> seen = supervision.seenBy(call.caller());
        if (!team.isBlank()) {
            supervision.demandSeen(call.caller(), team);
        }
        try (Stream<AgentView> all = views.asked(team, unreadable::add)) {
            agents = all.filter(view -> view.agentId().compareTo(after) > 0 && seen.test(view.team()))
                    .sorted(Comparator.comparing(AgentView::agentId))
                    .limit(limit + 1L)
                    .map(AgentJson::of)
                    .toList();
        }
        Map<String, String> headers = new HashMap<>();
        if (!unreadable.isEmpty()) {
            headers.put("x-unreadable-agents", String.valueOf(unreadable.size()));
        }
        List<AgentJson> page = agents.subList(0, Math.min(limit, agents.size()));
        if (agents.size() > limit) {
            headers.put("x-next-token", PageToken.after(page.getLast().agentId()));
        }
        return answers.ok(page).with(headers);
    }

    private HttpAnswer status(AgentState agent, HttpCall call) {
        demandOwn(agent, call);
        return switch (call.method()) {
            case "PUT" -> {
                call.allowParameters(List.of());
                StatusRequest asked = StatusRequest.of(call, json, ownNames.of(call.caller()));
                accept(agent, List.of(asked.signal(call.receivedAt())), call);
                AgentState now = current(agent);
                yield answers.ok(AgentJson.of(AgentView.of(now), asked.remark(now, call.receivedAt())));
            }
            case "DELETE" -> {
                call.allowParameters(DELETE_PARAMETERS);
                List<Signal> signals = withdrawals(agent, call);
                accept(agent, signals, call);
                yield answers.ok(
                        AgentJson.of(AgentView.of(current(agent)), signals.isEmpty() ? nothingSet(agent) : ""));
            }
            default -> throw onlyWith("PUT or DELETE");
        };
    }

    private void accept(AgentState agent, List<Signal> signals, HttpCall call) {
        if (!signals.isEmpty()) {
            List<Evidence> evidence =
                    signals.stream().<Evidence>map(Evidence.Reported::new).toList();
            intake.accept(
                    agent.agentId(),
                    evidence,
                    new Trigger("api", call.requestId()).by(call.caller().label()));
        }
    }

    private AgentState current(AgentState agent) {
        return store.load(agent.agentId()).orElseThrow(Api::unknownAgent);
    }

    private static String nothingSet(AgentState agent) {
        String picked = agent.decided()
                .flatMap(Decision::choice)
                .map(choice -> "; what was picked in " + choice.source() + " stays until it is changed there")
                .orElse("");
        return "nothing was taken back: no application had set anything here" + picked;
    }

    /**
     * Takes back what an application said; without a source, what any application said. Who does not supervise takes
     * back their own alone, whatever source they name.
     */
    private List<Signal> withdrawals(AgentState agent, HttpCall call) {
        String name = call.formParameter("source");
        Optional<Source> named = name.isBlank() ? Optional.empty() : Optional.of(StatusRequest.anySource(name));
        Optional<Source> source = supervises(agent, call) ? named : ownNames.of(call.caller());
        return SaidByApplications.takenBack(agent, source, SourceTime.at(call.receivedAt()));
    }

    private HttpAnswer timeline(AgentState agent, HttpCall call) {
        only("GET", call);
        call.allowParameters(TIMELINE_PARAMETERS);
        Instant from = call.parameter("from").isBlank()
                ? call.receivedAt().minus(Duration.ofDays(1))
                : instant(call.parameter("from"));
        int limit = Math.min(number(call, "limit", MOST_EVENTS), MOST_EVENTS);
        return answers.ok(timeline.of(agent.agentId(), from, limit).stream()
                .map(Api::event)
                .toList());
    }

    private static Map<String, Object> event(Timeline.Event event) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("at", event.at().toString());
        shown.put("trigger", event.trigger());
        shown.put("correlationId", event.correlationId().isBlank() ? null : event.correlationId());
        shown.put("by", event.by().isBlank() ? null : event.by());
        shown.put("before", event.before().isBlank() ? null : event.before());
        shown.put("after", event.after().isBlank() ? null : event.after());
        shown.put("because", event.because());
        shown.put("answers", event.answers());
        shown.put("latencyMillis", event.latencyMillis());
        return shown;
    }

    static void only(String method, HttpCall call) {
        if (!call.method().equals(method)) {
            throw onlyWith(method);
        }
    }

    private static RejectedRequest onlyWith(String methods) {
        return new RejectedRequest(RejectionReason.METHOD, "use " + methods);
    }

    static RejectedRequest noRoute() {
        return new RejectedRequest(RejectionReason.UNKNOWN, "there is nothing at this path");
    }

    static RejectedRequest unknownAgent() {
        return new RejectedRequest(
                RejectionReason.UNKNOWN_AGENT,
                "no agent has this id: use the id in Lockstep, the UPN, the systemuserid or the Entra object id");
    }

    static int number(HttpCall call, String name, int usual) {
        String text = call.parameter(name);
        if (text.isBlank()) {
            return usual;
        }
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw RejectedRequest.malformed(name + " must be a whole number from 1");
        }
        return Integer.parseInt(text);
    }

    /** Of four digits for the year: the store compares times as texts. */
    static Instant instant(String text) {
        try {
            Instant from = Instant.parse(text);
            if (!from.isBefore(Instant.EPOCH) && !from.isAfter(LATEST)) {
                return from;
            }
        } catch (DateTimeParseException e) {
            // Answered as what is out of range.
        }
        throw RejectedRequest.malformed("from must be an instant, such as 2026-11-22T08:00:00Z");
    }
}
