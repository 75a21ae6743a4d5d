package dev.lockstep.board;

import dev.lockstep.agent.AgentView;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.store.AgentViews;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One true view of the whole team: {@code GET /board}, for one team with {@code ?team=}. */
public final class Board implements Endpoint {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-" + digest(BoardPage.style())
                    + "'; base-uri 'none'; form-action 'none'; " + "frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    private final AgentViews views;

    public Board(AgentViews views) {
        this.views = views;
    }

    @Override
    public String name() {
        return "board";
    }

    @Override
    public String unavailable() {
        return "the store does not answer; please try again";
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        if (!call.method().equals("GET")) {
            throw RejectedRequest.onlyWith("GET");
        }
        return page(call);
    }

    private HttpAnswer page(HttpCall call) {
        String team = call.parameter("team").strip();
        List<AgentView> agents;
        try (Stream<AgentView> all = team.isBlank() ? views.all() : views.ofTeam(team)) {
            agents = all.sorted(Comparator.comparing(AgentView::name, String.CASE_INSENSITIVE_ORDER)
                            .thenComparing(AgentView::agentId))
                    .toList();
        }
        String html = new BoardPage(agents, team, call.receivedAt()).html();
        return new HttpAnswer(200, "text/html", html, HEADERS);
    }

    private static String digest(String style) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
