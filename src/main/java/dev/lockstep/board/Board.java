package dev.lockstep.board;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.browser.Page;
import dev.lockstep.browser.Visitors;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.queue.BulkLane;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One true view of the whole team: {@code GET /board}, narrowed by {@link Sought}; of one agent, with why and with
 * what can be done: {@code /board/agents/{agent}}; and of oneself, without any role: {@code GET /board/own}.
 */
@Singleton
public final class Board implements Endpoint {
    private static final String OWN = "/board/own";

    private static final Map<String, String> DONE = Map.of(
            "set", "The status is set. Where it does not show, the reasons below outweigh it.",
            "release", "What was set through Lockstep is released. What was picked on a platform stays.",
            "again", "Every platform was looked at again.",
            "pause", "Synchronising is paused. Within a minute nothing is written for this agent any more.",
            "resume", "Synchronising goes on. Within two minutes the platforms show what is wanted.");

    private final AgentViews views;
    private final AgentLookup lookup;
    private final Timeline timeline;
    private final AgentActs acts;
    private final PlatformCatalogue catalogue;
    private final Page page;
    private final Page agentPage;
    private final Supervision supervision;
    private final Visitors visitors;
    private final BulkLane lane;
    private final Pauses pauses;
    private final TeamCapacity capacity;

    @Inject
    public Board(
            AgentViews views,
            AgentLookup lookup,
            Timeline timeline,
            AgentActs acts,
            PlatformCatalogue catalogue,
            BoardTemplates templates,
            Supervision supervision,
            Visitors visitors,
            BulkLane lane,
            Pauses pauses,
            TeamCapacity capacity) {
        this.pauses = pauses;
        this.capacity = capacity;
        this.views = views;
        this.lookup = lookup;
        this.timeline = timeline;
        this.acts = acts;
        this.catalogue = catalogue;
        this.page = templates.board();
        this.agentPage = templates.agent();
        this.supervision = supervision;
        this.visitors = visitors;
        this.lane = lane;
    }

    @Override
    public String name() {
        return "board";
    }

    @Override
    public String unavailable(HttpCall call) {
        return "the store does not answer; please try again";
    }

    @Override
    public HttpAnswer rejection(RejectedRequest why) {
        return visitors.rejection(why);
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        return visitors.received(call, this::page);
    }

    private HttpAnswer page(HttpCall call, List<Visitors.Visitor> visitor) {
        List<String> path = Stream.of(call.path().split("/"))
                .filter(part -> !part.isEmpty())
                .map(HttpCall::decoded)
                .toList();
        if (path.equals(List.of("board"))) {
            return elsewhere(call.caller(), visitor)
                    .map(HttpAnswer::seeOther)
                    .orElseGet(() -> team(only("GET", call), visitor));
        }
        if (path.equals(List.of("board", "capacity"))) {
            return capacity.answer(only("GET", call), visitor);
        }
        if (path.equals(List.of("board", "own"))) {
            return own(only("GET", call), visitor);
        }
        if (path.size() == 3 && path.get(1).equals("agents")) {
            return agent(path.get(2), call, visitor);
        }
        throw new RejectedRequest(RejectionReason.UNKNOWN, "there is nothing at this path");
    }

    /** Whoever signed in and may see nobody else here has other pages to see. */
    private static Optional<String> elsewhere(Requester caller, List<Visitors.Visitor> visitor) {
        return visitor.isEmpty() || Supervision.seesOthers(caller)
                ? Optional.empty()
                : Optional.of(caller.hasOne(Requester.CONFIGURE) ? "/board/configuration" : OWN);
    }

    private static HttpCall only(String method, HttpCall call) {
        if (!call.method().equals(method)) {
            throw RejectedRequest.onlyWith(method);
        }
        return call;
    }

    private HttpAnswer team(HttpCall call, List<Visitors.Visitor> visitor) {
        Predicate<String> seen = supervision.seenBy(call.caller());
        Sought sought = Sought.by(call);
        if (!sought.team().isBlank()) {
            supervision.demandSeen(call.caller(), sought.team());
        }
        List<AgentView> agents;
        List<String> unreadable = new ArrayList<>();
        try (Stream<AgentView> all = views.asked(sought.team(), unreadable::add)) {
            agents = all.filter(view -> seen.test(view.team()) && sought.fits(view, call.receivedAt()))
                    .sorted(Comparator.comparing(AgentView::team).thenComparing(sought.order(call.receivedAt())))
                    .toList();
        }
        if (sought.team().isBlank() && !seen.test("")) {
            // Whose team is not known is not shown to who may see some teams alone.
            unreadable.clear();
        }
        return page.answer(
                200,
                BoardPage.of(
                        agents,
                        unreadable,
                        sought,
                        lane.progress(),
                        paused(call.caller(), visitor),
                        call.receivedAt(),
                        catalogue,
                        visitor));
    }

    /** Where a token alone is shown, nobody signs in, and the function may not read who is paused. */
    private Map<String, Paused> paused(Requester caller, List<Visitors.Visitor> visitor) {
        return caller instanceof Requester.Holder && visitor.isEmpty() ? Map.of() : pauses.known();
    }

    /** Who may not see anybody does not learn who there is. */
    private HttpAnswer agent(String name, HttpCall call, List<Visitors.Visitor> visitor) {
        supervision.seenBy(call.caller());
        AgentState agent = lookup.find(name)
                .orElseThrow(() -> new RejectedRequest(RejectionReason.UNKNOWN_AGENT, "no agent has this id"));
        supervision.demandSeen(call.caller(), agent.profile().team());
        if (call.method().equals("POST")) {
            return HttpAnswer.seeOther(call.path() + "?done=" + acts.perform(agent, call));
        }
        only("GET", call).allowParameters(List.of("done"));
        AgentPage.Reader reader = acts.areOpenTo(call, agent) ? AgentPage.Reader.ACTS : AgentPage.Reader.READS;
        return shown(agent, reader, DONE.getOrDefault(call.formParameter("done"), ""), call, visitor);
    }

    /** Whoever is an agent sees themselves, whatever their roles, and nobody else by it. */
    private HttpAnswer own(HttpCall call, List<Visitors.Visitor> visitor) {
        call.allowParameters(List.of());
        AgentState agent = lookup.ofPerson(personId(call.caller())).orElseThrow(Board::nobodysAgent);
        return shown(agent, AgentPage.Reader.SELF, "", call, visitor);
    }

    private static String personId(Requester caller) {
        return switch (caller) {
            case Requester.Holder holder when holder.person() -> holder.id();
            case Requester.Holder application ->
                throw RejectedRequest.forbidden("only people have a page of their own: sign in as one");
            case Requester.Unasked nobody ->
                throw new RejectedRequest(
                        RejectionReason.UNKNOWN,
                        "nobody is signed in, so there is no page of their own: sign in first");
            case Requester.Unverified nobody ->
                throw new RejectedRequest(
                        RejectionReason.UNAUTHENTICATED, "nobody is signed in: sign in, and open the page again");
        };
    }

    private static RejectedRequest nobodysAgent() {
        return RejectedRequest.forbidden("no agent of Lockstep has this account. If you handle contacts, ask an"
                + " administrator to run directory, or to configure you as an agent with this account; if you look"
                + " after agents, ask for the role " + Supervision.READ + " or " + Supervision.SUPERVISE
                + " of Lockstep API, and sign in again");
    }

    private HttpAnswer shown(
            AgentState agent, AgentPage.Reader reader, String done, HttpCall call, List<Visitors.Visitor> visitor) {
        List<Timeline.Event> changes =
                timeline.of(agent.agentId(), call.receivedAt().minus(Day.LENGTH), AgentPage.MOST_READ);
        return agentPage.answer(
                200,
                AgentPage.of(
                        agent,
                        pauses.of(agent.agentId(), call.receivedAt()),
                        changes,
                        reader,
                        done,
                        call.receivedAt(),
                        catalogue,
                        visitor));
    }
}
