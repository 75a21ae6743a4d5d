package dev.lockstep.board;

import dev.lockstep.agent.AgentView;
import dev.lockstep.platform.Condition;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom the board is asked for.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param team blank for every team
 * @param name a part of a name or id, in whatever case; blank for everybody
 * @param status by its label; blank for any
 * @param condition by its label, on any platform; {@link #OUT_OF_SYNC}; blank for any
 * @param sort by what the agents of a team are ordered
 * @param page counted from one
 */
public record Sought(String team, String name, String status, String condition, String sort, int page) {
    static final List<String> PARAMETERS = List.of("team", "name", "status", "condition", "sort", "page");
    static final String OUT_OF_SYNC = "out-of-sync";

    private static final List<AgentPage.Choice> SORTS = List.of(
            new AgentPage.Choice("", "name"),
            new AgentPage.Choice("status", "status"),
            new AgentPage.Choice("since", "longest in their status"),
            new AgentPage.Choice("out-of-sync", "out of sync first"));

    /** @throws RejectedRequest if a parameter is not known, or says what there is not */
    static Sought by(HttpCall call) {
        call.allowParameters(PARAMETERS);
        return new Sought(
                call.formParameter("team").strip(),
                call.formParameter("name").strip(),
                one(call, "status", statuses()),
                one(call, "condition", conditions()),
                one(call, "sort", SORTS),
                page(call.formParameter("page")));
    }

    private static String one(HttpCall call, String name, List<AgentPage.Choice> choices) {
        String value = call.formParameter(name).strip();
        if (value.isEmpty()
                || choices.stream().anyMatch(choice -> choice.value().equals(value))) {
            return value;
        }
        throw RejectedRequest.malformed(name + " must be one of "
                + choices.stream()
                        .map(AgentPage.Choice::value)
                        .filter(known -> !known.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    private static int page(String text) {
        if (text.isBlank()) {
            return 1;
        }
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw RejectedRequest.malformed("page must be a whole number from 1");
        }
        return Integer.parseInt(text);
    }

    boolean fits(AgentView view, Instant now) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return (view.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || view.agentId().toLowerCase(Locale.ROOT).contains(wanted))
                && (status.isEmpty() || view.status().label().equals(status))
                && (condition.isEmpty() || isIn(view, now));
    }

    private boolean isIn(AgentView view, Instant now) {
        return condition.equals(OUT_OF_SYNC)
                ? view.isOutOfSync(now)
                : view.details().platforms().values().stream()
                        .anyMatch(on -> on.condition().label().equals(condition));
    }

    /** Within a team. */
    Comparator<AgentView> order(Instant now) {
        Comparator<AgentView> byName = Comparator.comparing(AgentView::name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(AgentView::agentId);
        return switch (sort) {
            case "status" -> Comparator.comparing(AgentView::status).thenComparing(byName);
            case "since" ->
                Comparator.comparing((AgentView view) -> view.since().orElse(Instant.MAX))
                        .thenComparing(byName);
            case "out-of-sync" ->
                Comparator.comparing((AgentView view) -> !view.isOutOfSync(now)).thenComparing(byName);
            default -> byName;
        };
    }

    /** Whether everybody is shown who may be. */
    public boolean all() {
        return narrowed().isEmpty();
    }

    /** The same at another page, as a link. */
    String at(int otherPage) {
        return "?"
                + Stream.concat(
                                narrowed().stream(),
                                Stream.of(
                                                pair("sort", sort),
                                                pair("page", otherPage == 1 ? "" : String.valueOf(otherPage)))
                                        .flatMap(Optional::stream))
                        .collect(Collectors.joining("&"));
    }

    private List<String> narrowed() {
        return Stream.of(pair("team", team), pair("name", name), pair("status", status), pair("condition", condition))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> pair(String name, String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(name + "=" + inUrl(value));
    }

    static String inUrl(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public List<AgentPage.Choice> statusChoices() {
        return Stream.concat(Stream.of(new AgentPage.Choice("", "any")), statuses().stream())
                .toList();
    }

    private static List<AgentPage.Choice> statuses() {
        return Arrays.stream(Status.values())
                .map(status -> new AgentPage.Choice(status.label(), Words.of(status)))
                .toList();
    }

    public List<AgentPage.Choice> conditionChoices() {
        return Stream.concat(Stream.of(new AgentPage.Choice("", "any")), conditions().stream())
                .toList();
    }

    private static List<AgentPage.Choice> conditions() {
        return Stream.concat(
                        Stream.of(new AgentPage.Choice(OUT_OF_SYNC, "out of sync")),
                        Arrays.stream(Condition.values())
                                .map(one -> new AgentPage.Choice(one.label(), one.label() + ": " + Words.of(one))))
                .toList();
    }

    public List<AgentPage.Choice> sortChoices() {
        return SORTS;
    }
}
