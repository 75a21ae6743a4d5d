package dev.lockstep.board;

import dev.lockstep.agent.AgentView;
import dev.lockstep.browser.Visitors;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.presence.Status;
import dev.lockstep.sync.queue.BulkProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the supervisor's page shows; {@code templates/board/page.html} says how. The page reads itself again
 * every five seconds and changes in place; without its script the browser loads it again. A status is told by its word; its colour only repeats it.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param sought whose agents these are
 * @param teams by name; empty if there is no agent
 * @param wave how far work is that concerns many agents; none while nobody waits for a turn
 * @param visitor who is signed in; nobody where a token was shown, or none is asked for
 * @param unreadable ids of the agents who cannot be shown, because what is stored of them cannot be read
 */
public record BoardPage(
        Sought sought,
        List<StatusCount> summary,
        List<TeamTable> teams,
        List<String> unreadable,
        List<PageLink> pages,
        List<Wave> wave,
        Moment now,
        List<Visitors.Visitor> visitor) {
    /** A first screen stays small, however many there are. */
    static final int MOST_ROWS = 200;

    /**
     * @param agents of all pages, in order
     * @param paused why nothing is written for whom, by the agents' ids
     */
    static BoardPage of(
            List<AgentView> agents,
            List<String> unreadable,
            Sought sought,
            Optional<BulkProgress> wave,
            Map<String, Paused> paused,
            Instant now,
            PlatformCatalogue catalogue,
            List<Visitors.Visitor> visitor) {
        Map<String, List<AgentRow>> rows = agents.stream()
                .skip((sought.page() - 1L) * MOST_ROWS)
                .limit(MOST_ROWS)
                .collect(Collectors.groupingBy(
                        AgentView::team,
                        TreeMap::new,
                        Collectors.mapping(view -> AgentRow.of(view, paused, now, catalogue), Collectors.toList())));
        List<TeamTable> teams = new ArrayList<>();
        rows.forEach((name, members) -> teams.add(new TeamTable(name, members)));
        return new BoardPage(
                sought,
                summary(agents, paused, now),
                teams,
                List.copyOf(unreadable),
                pages(agents.size(), sought),
                wave.stream().map(progress -> Wave.of(progress, now)).toList(),
                Moment.of(now, now),
                visitor);
    }

    public String title() {
        return sought.team().isBlank() ? "Availability of all agents" : "Availability of team " + sought.team();
    }

    private static List<PageLink> pages(int agents, Sought sought) {
        int last = (agents + MOST_ROWS - 1) / MOST_ROWS;
        return last <= 1
                ? List.of()
                : IntStream.rangeClosed(1, last)
                        .mapToObj(page -> new PageLink(page, sought.at(page), page == sought.page()))
                        .toList();
    }

    /** One of the pages into which many agents are divided. */
    public record PageLink(int number, String href, boolean current) {}

    private static List<StatusCount> summary(List<AgentView> agents, Map<String, Paused> paused, Instant now) {
        return List.of(
                StatusCount.of(agents, "available", is(Status.AVAILABLE)),
                StatusCount.of(agents, "busy", is(Status.BUSY, Status.IN_A_MEETING, Status.DO_NOT_DISTURB)),
                StatusCount.of(agents, "on a call", is(Status.ON_A_CALL)),
                StatusCount.of(agents, "away", is(Status.AWAY, Status.BE_RIGHT_BACK)),
                StatusCount.of(agents, "offline", is(Status.OFFLINE)),
                StatusCount.of(agents, "out of sync", view -> view.isOutOfSync(now)),
                StatusCount.of(agents, "paused", view -> paused.containsKey(view.agentId())));
    }

    private static Predicate<AgentView> is(Status... any) {
        return view -> List.of(any).contains(view.status());
    }

    /** How many agents are in one group of statuses. */
    public record StatusCount(long agents, String what) {
        private static StatusCount of(List<AgentView> agents, String what, Predicate<AgentView> which) {
            return new StatusCount(agents.stream().filter(which).count(), what);
        }
    }

    /**
     * The end of many shifts, or other work that many agents take turns for.
     *
     * @param done how many of all have had theirs
     * @param end when the last one's is
     */
    public record Wave(long done, long all, Moment end) {
        private static Wave of(BulkProgress progress, Instant now) {
            return new Wave(progress.done(), progress.all(), Moment.of(progress.end(), now));
        }
    }

    /** @param team blank for those without one */
    public record TeamTable(String team, List<AgentRow> agents) {
        /** The team's name as it stands in a URL. */
        public String query() {
            return Sought.inUrl(team);
        }
    }

    /**
     * @param href the agent's own page
     * @param label names the status to the style
     * @param since one moment, or none if it is not known
     */
    public record AgentRow(
            String name,
            String href,
            String label,
            String status,
            List<Moment> since,
            List<Paused> paused,
            List<String> because,
            List<PlatformCell> platforms) {
        private static AgentRow of(
                AgentView view, Map<String, Paused> paused, Instant now, PlatformCatalogue catalogue) {
            return new AgentRow(
                    view.name().isBlank() ? view.agentId() : view.name(),
                    "/board/agents/" + Sought.inUrl(view.agentId()),
                    view.status().label(),
                    Words.of(view.status()),
                    view.since().stream().map(at -> Moment.of(at, now)).toList(),
                    Optional.ofNullable(paused.get(view.agentId())).stream().toList(),
                    view.details().because(),
                    view.details().platforms().entrySet().stream()
                            .map(entry -> PlatformCell.of(catalogue.displayName(entry.getKey()), entry.getValue(), now))
                            .toList());
        }
    }

    /**
     * @param shown what the platform shows, or what it was told and when if it cannot be read
     * @param message what heals it; empty where there is nothing to heal
     */
    public record PlatformCell(
            String name, String shown, String wanted, String condition, boolean outOfSync, String message) {
        private static PlatformCell of(String name, AgentView.OnPlatform on, Instant now) {
            boolean silent = on.condition() == Condition.IN_SYNC || on.message().isBlank();
            return new PlatformCell(
                    name,
                    on.told().map(told -> told(told, now)).orElseGet(() -> shows(on.observed())),
                    on.wanted().map(status -> "wanted " + Words.of(status)).orElse("nothing wanted"),
                    on.condition().label(),
                    on.isOutOfSync(now),
                    silent ? "" : on.message());
        }

        private static String told(AgentView.OnPlatform.Told told, Instant now) {
            return "told " + Words.of(told.status()) + " " + Words.ago(told.at(), now);
        }

        private static String shows(Optional<Status> observed) {
            return observed.map(status -> "shows " + Words.of(status)).orElse("nothing is known of it");
        }
    }
}
