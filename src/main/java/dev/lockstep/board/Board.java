package dev.lockstep.board;

import dev.lockstep.agent.AgentView;
import dev.lockstep.browser.Page;
import dev.lockstep.browser.Visitors;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentViews;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One true view of the whole team: {@code GET /board}, for one team with {@code ?team=}. */
@Singleton
public final class Board implements Endpoint {
    private final AgentViews views;
    private final PlatformCatalogue catalogue;
    private final Page page;
    private final Supervision supervision;
    private final Visitors visitors;

    /** @param page draws a {@link BoardPage}, and holds its style as a fragment */
    @Inject
    public Board(
            AgentViews views,
            PlatformCatalogue catalogue,
            @Location("board/page.html") Template page,
            Supervision supervision,
            Visitors visitors) {
        this.supervision = supervision;
        this.views = views;
        this.catalogue = catalogue;
        this.page = new Page(page);
        this.visitors = visitors;
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
        if (!call.method().equals("GET")) {
            throw RejectedRequest.onlyWith("GET");
        }
        Predicate<String> seen = supervision.seenBy(call.caller());
        call.allowParameters(List.of("team"));
        return page(call, seen, visitor);
    }

    private HttpAnswer page(HttpCall call, Predicate<String> seen, List<Visitors.Visitor> visitor) {
        String team = call.formParameter("team").strip();
        if (!team.isBlank()) {
            supervision.demandSeen(call.caller(), team);
        }
        List<AgentView> agents;
        List<String> unreadable = new ArrayList<>();
        try (Stream<AgentView> all = views(team, unreadable)) {
            agents = all.filter(view -> seen.test(view.team()))
                    .sorted(Comparator.comparing(AgentView::name, String.CASE_INSENSITIVE_ORDER)
                            .thenComparing(AgentView::agentId))
                    .toList();
        }
        if (team.isBlank() && !seen.test("")) {
            // Whose team is not known is not shown to who may see some teams alone.
            unreadable.clear();
        }
        return page.answer(200, BoardPage.of(agents, unreadable, team, call.receivedAt(), catalogue, visitor));
    }

    private Stream<AgentView> views(String team, List<String> unreadable) {
        if (team.length() > AgentLookup.LONGEST) {
            return Stream.empty();
        }
        return team.isBlank() ? views.all(unreadable::add) : views.ofTeam(team, unreadable::add);
    }
}
