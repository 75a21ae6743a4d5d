package dev.lockstep.board;

import dev.lockstep.agent.AgentView;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.store.AgentViews;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One true view of the whole team: {@code GET /board}, for one team with {@code ?team=}. */
@Singleton
public final class Board implements Endpoint {
    /** HTML does not allow them, and a name from elsewhere may hold some. Line ends may stay. */
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\p{Cc}&&[^\n]]");

    private final AgentViews views;
    private final PlatformCatalogue catalogue;
    private final Template page;
    private final Map<String, String> headers;
    private final Supervision supervision;

    /** @param page draws a {@link BoardPage}, and holds its style as a fragment */
    @Inject
    public Board(
            AgentViews views,
            PlatformCatalogue catalogue,
            @Location("board/page.html") Template page,
            Supervision supervision) {
        this.supervision = supervision;
        this.views = views;
        this.catalogue = catalogue;
        this.page = page;
        this.headers = Map.of(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'sha256-"
                        + digest(page.getFragment("style").render())
                        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "no-referrer");
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
    public HttpAnswer handle(HttpCall call) {
        if (!call.method().equals("GET")) {
            throw RejectedRequest.onlyWith("GET");
        }
        Predicate<String> seen = supervision.seenBy(call.caller());
        call.allowParameters(List.of("team"));
        return page(call, seen);
    }

    private HttpAnswer page(HttpCall call, Predicate<String> seen) {
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
        String html = page.data("page", BoardPage.of(agents, unreadable, team, call.receivedAt(), catalogue))
                .render();
        return new HttpAnswer(200, "text/html", CONTROL_CHARACTERS.matcher(html).replaceAll(" "), headers);
    }

    private Stream<AgentView> views(String team, List<String> unreadable) {
        if (team.length() > AgentLookup.LONGEST) {
            return Stream.empty();
        }
        return team.isBlank() ? views.all(unreadable::add) : views.ofTeam(team, unreadable::add);
    }

    private static String digest(String style) {
        return Base64.getEncoder().encodeToString(Digest.sha256(style));
    }
}
