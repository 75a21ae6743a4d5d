package dev.lockstep.board;

import static dev.lockstep.board.Html.escaped;

import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.AgentView.OnPlatform;
import dev.lockstep.platform.Condition;
import dev.lockstep.presence.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The supervisor's page. It loads nothing and runs nothing: the browser reads it again every five seconds. A status is
 * told by its word; its colour only repeats it.
 *
 * @param team whose agents these are; blank for everybody
 */
record BoardPage(List<AgentView> agents, String team, Instant now) {
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8886;--soft:#8882}
            body{font:1rem/1.4 system-ui,sans-serif;margin:1.5rem;max-width:90rem}
            h1{font-size:1.4rem;margin:0}
            .sum{display:flex;flex-wrap:wrap;gap:.4rem 1.5rem;padding:0;list-style:none}
            .sum b{font-size:1.3rem}
            .wide{overflow-x:auto}
            table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}
            caption{text-align:start;font-weight:600;padding:.4rem 0}
            th,td{text-align:start;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
            thead th{background:var(--soft)}
            tbody th{font-weight:600}
            ul{margin:0;padding-inline-start:1.1rem}
            small{opacity:.8}
            .s::before{content:"";display:inline-block;inline-size:.7em;block-size:.7em;border-radius:50%;
            margin-inline-end:.4em;background:var(--c,#888);border:1px solid currentColor}
            .available{--c:#1a9c3c}.away,.beRightBack{--c:#e0a800}.busy,.inAMeeting{--c:#d9542b}
            .onACall,.doNotDisturb{--c:#c1121f}.offline{--c:transparent}
            .out{border-inline-start:.3rem solid #c1121f;padding-inline-start:.5rem}
            .out b::before{content:"\\26A0\\00A0"}
            """;

    String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                + "<meta http-equiv=\"refresh\" content=\"5\"><title>" + title() + "</title><style>" + STYLE
                + "</style></head>\n<body><header><h1>" + title() + "</h1>" + summary() + "</header>\n<main>"
                + tables() + "</main>\n<footer><small>As of " + time(now, Words.absolute(now))
                + ". Read again every 5 seconds.</small></footer></body></html>\n";
    }

    /** By the digest of this text the browser knows the only style that it may apply. */
    static String style() {
        return STYLE;
    }

    private String title() {
        return team.isBlank() ? "Availability of all agents" : "Availability of team " + escaped(team);
    }

    private String summary() {
        return "<ul class=\"sum\" aria-label=\"Summary\">"
                + count("available", is(Status.AVAILABLE))
                + count("busy", is(Status.BUSY, Status.IN_A_MEETING, Status.DO_NOT_DISTURB))
                + count("on a call", is(Status.ON_A_CALL))
                + count("away", is(Status.AWAY, Status.BE_RIGHT_BACK))
                + count("offline", is(Status.OFFLINE))
                + count("not known", view -> view.status().isEmpty())
                + count("out of sync", BoardPage::isOutOfSync)
                + "</ul>";
    }

    private String count(String what, Predicate<AgentView> which) {
        return "<li><b>" + agents.stream().filter(which).count() + "</b> " + what + "</li>";
    }

    private static Predicate<AgentView> is(Status... any) {
        return view -> view.status().filter(List.of(any)::contains).isPresent();
    }

    private static boolean isOutOfSync(AgentView view) {
        return view.details().platforms().values().stream()
                .anyMatch(on -> on.condition().isOutOfSync());
    }

    private String tables() {
        Map<String, List<AgentView>> teams =
                agents.stream().collect(Collectors.groupingBy(AgentView::team, TreeMap::new, Collectors.toList()));
        if (teams.isEmpty()) {
            return "<p>There is nobody here"
                    + (team.isBlank()
                            ? " yet: the directory has not been read."
                            : ": <a href=\"?\">show all teams</a>.")
                    + "</p>";
        }
        StringBuilder out = new StringBuilder();
        teams.forEach((name, members) -> out.append(table(name, members)));
        return out.toString();
    }

    private String table(String name, List<AgentView> members) {
        String caption = name.isBlank() ? "Without a team" : "Team " + link(name);
        return "<div class=\"wide\"><table><caption>" + caption + " (" + members.size() + ")</caption>"
                + "<thead><tr><th scope=\"col\">Agent</th><th scope=\"col\">Status</th><th scope=\"col\">Since</th>"
                + "<th scope=\"col\">Because</th><th scope=\"col\">Platforms</th></tr></thead><tbody>"
                + members.stream().map(this::row).collect(Collectors.joining())
                + "</tbody></table></div>\n";
    }

    private static String link(String team) {
        String query = URLEncoder.encode(team, StandardCharsets.UTF_8).replace("+", "%20");
        return "<a href=\"?team=" + escaped(query) + "\">" + escaped(team) + "</a>";
    }

    private String row(AgentView view) {
        String name = view.name().isBlank() ? view.agentId() : view.name();
        return "<tr><th scope=\"row\">" + escaped(name) + "</th><td>" + status(view.status()) + "</td><td>"
                + since(view.since()) + "</td><td>" + because(view.details().because()) + "</td><td>"
                + platforms(view.details().platforms()) + "</td></tr>\n";
    }

    private static String status(Optional<Status> status) {
        String label = status.map(Status::label).orElse("");
        return "<span class=\"s " + label + "\">" + Words.of(status) + "</span>";
    }

    private String since(Optional<Instant> since) {
        return since.map(at -> time(at, Words.ago(at, now)) + "<br><small>" + Words.absolute(at) + "</small>")
                .orElse("");
    }

    private static String time(Instant at, String text) {
        return "<time datetime=\"" + at + "\">" + text + "</time>";
    }

    private static String because(List<String> reasons) {
        return reasons.isEmpty()
                ? ""
                : reasons.stream()
                        .map(reason -> "<li>" + escaped(reason) + "</li>")
                        .collect(Collectors.joining("", "<ul>", "</ul>"));
    }

    private static String platforms(Map<String, OnPlatform> platforms) {
        return platforms.entrySet().stream()
                .map(entry -> platform(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private static String platform(String name, OnPlatform on) {
        return "<div" + (on.condition().isOutOfSync() ? " class=\"out\"" : "") + "><b>" + escaped(shown(name))
                + "</b>: shows " + Words.of(on.observed()) + ", wanted " + Words.of(on.wanted()) + " ("
                + on.condition().label() + ")" + message(on) + "</div>";
    }

    /** What heals it; of a platform that is in line there is nothing to tell. */
    private static String message(OnPlatform on) {
        return on.condition() == Condition.IN_SYNC || on.message().isBlank()
                ? ""
                : "<br><small>" + escaped(on.message()) + "</small>";
    }

    private static String shown(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
