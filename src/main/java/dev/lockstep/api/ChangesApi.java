package dev.lockstep.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.agent.AgentView;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentViews;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code GET /api/changes}: whose status has changed, for applications that would otherwise ask for everybody again and
 * again. It waits until there is something to tell. Nothing is written for it, at no change and at no question: it looks
 * at the index that the board shows, every few seconds, and compares.
 */
@Singleton
public final class ChangesApi implements Endpoint {
    static final int MOST_AGENTS = 1_000;
    static final List<String> PARAMETERS = List.of("after", "team", "wait");

    /** The gateway gives 30 s, of which a start and the last look take some. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

    private final AgentViews views;
    private final Supervision supervision;
    private final ChangesSettings settings;
    private final JsonAnswers answers;
    private final InstantSource clock;
    private final Sleeper pause;

    @Inject
    public ChangesApi(
            AgentViews views,
            Supervision supervision,
            ChangesSettings settings,
            ObjectMapper json,
            InstantSource clock,
            Sleeper pause) {
        this.views = views;
        this.supervision = supervision;
        this.settings = settings;
        this.answers = new JsonAnswers(json);
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public String unavailable(HttpCall call) {
        return "the store did not answer; ask again with the same cursor";
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
        Predicate<String> seen = supervision.seenBy(call.caller());
        Api.only("GET", call);
        call.allowParameters(PARAMETERS);
        String team = call.formParameter("team");
        if (!team.isBlank()) {
            supervision.demandSeen(call.caller(), team);
        }
        String after = call.parameter("after");
        ChangesCursor known = after.isBlank() ? ChangesCursor.first(team) : ChangesCursor.read(after, team);
        return changes(known, team, seen, call.receivedAt().plus(wait(call)));
    }

    private Duration wait(HttpCall call) {
        String text = call.parameter("wait");
        if (!text.matches("[0-9]{0,3}")) {
            throw RejectedRequest.malformed("wait must be a whole number of seconds");
        }
        Duration most = settings.longestWait().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : settings.longestWait();
        Duration asked = text.isEmpty() ? most : Duration.ofSeconds(Integer.parseInt(text));
        return asked.compareTo(most) > 0 ? most : asked;
    }

    private HttpAnswer changes(ChangesCursor known, String team, Predicate<String> seen, Instant until) {
        ChangesCursor cursor = known;
        while (true) {
            List<String> unreadable = new ArrayList<>();
            ChangesCursor.News news = cursor.news(present(team, seen, unreadable), MOST_AGENTS);
            cursor = news.cursor();
            boolean isLast = clock.instant().plus(settings.lookEvery()).isAfter(until);
            if (!news.agents().isEmpty() || isLast || !waited()) {
                return told(news, unreadable);
            }
        }
    }

    private List<AgentView> present(String team, Predicate<String> seen, List<String> unreadable) {
        try (Stream<AgentView> all = views.asked(team, unreadable::add)) {
            return all.filter(view -> seen.test(view.team())).toList();
        }
    }

    private boolean waited() {
        try {
            pause.of(settings.lookEvery());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpAnswer told(ChangesCursor.News news, List<String> unreadable) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("cursor", news.cursor().write());
        told.put("more", news.more());
        told.put(
                "agents",
                news.agents().stream()
                        .sorted(Comparator.comparing(AgentView::agentId))
                        .map(ChangesApi::shown)
                        .toList());
        Map<String, String> headers =
                unreadable.isEmpty() ? Map.of() : Map.of("x-unreadable-agents", String.valueOf(unreadable.size()));
        return answers.ok(told).with(headers);
    }

    private static Map<String, Object> shown(AgentView view) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("agentId", view.agentId());
        shown.put("name", view.name());
        shown.put("team", view.team().isBlank() ? null : view.team());
        shown.put("status", view.status().label());
        shown.put("since", view.since().map(Instant::toString).orElse(null));
        return shown;
    }
}
