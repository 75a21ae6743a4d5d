package dev.lockstep.board;

import dev.lockstep.agent.AgentView;
import dev.lockstep.browser.Visitors;
import dev.lockstep.document.Csv;
import dev.lockstep.platform.Condition;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many can take work, by team; {@code templates/board/capacity.html} shows it.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param team blank for every team
 * @param unreadable how many are not counted, because what is stored of them cannot be read
 * @param large whether the team is too large for its conversations to be counted
 */
public record CapacityPage(
        String team, List<Row> rows, int unreadable, boolean large, Moment now, List<Visitors.Visitor> visitor) {
    private static final List<String> COLUMNS =
            List.of("at", "team", "agents", "planned", "signedIn", "canTakeWork", "conversations", "unitsFree");

    /**
     * @param rosters of whom any shift is known, by the agents' ids
     * @param work of whom it was read, by the agents' ids
     */
    static CapacityPage of(
            String team,
            List<AgentView> agents,
            int unreadable,
            Map<String, Rosters> rosters,
            Map<String, TeamCapacity.Work> work,
            Instant now,
            List<Visitors.Visitor> visitor) {
        Map<String, List<AgentView>> teams =
                agents.stream().collect(Collectors.groupingBy(AgentView::team, TreeMap::new, Collectors.toList()));
        List<Row> rows = new ArrayList<>();
        teams.forEach((name, members) -> rows.add(Row.of(name, members, rosters, work, now)));
        if (rows.size() > 1) {
            rows.add(Row.of("", agents, rosters, work, now).asTotal());
        }
        boolean large = !team.isBlank() && agents.size() > TeamCapacity.MOST_LOADED;
        return new CapacityPage(team, rows, unreadable, large, Moment.of(now, now), visitor);
    }

    public String title() {
        return team.isBlank() ? "Capacity of all teams" : "Capacity of team " + team;
    }

    /** Where the same is to be had as CSV. */
    public String csvQuery() {
        return "?as=csv" + (team.isBlank() ? "" : "&team=" + Sought.inUrl(team));
    }

    /** Without the total, which whoever reads it makes by themselves. */
    String csv() {
        return Csv.write(
                COLUMNS,
                rows.stream()
                        .filter(row -> !row.total())
                        .map(row -> row.cells(now))
                        .toList());
    }

    /**
     * A team, or all of them.
     *
     * @param planned on shift by the schedule; blank where no schedule knows anybody of the team
     * @param conversations in hand, as Dynamics told last; blank where it told none, or where it was not looked for
     * @param unitsFree what may still be given to those who can take work; the same
     */
    public record Row(
            String team,
            boolean total,
            long agents,
            String planned,
            long signedIn,
            long ready,
            String conversations,
            String unitsFree) {
        private static Row of(
                String team,
                List<AgentView> agents,
                Map<String, Rosters> rosters,
                Map<String, TeamCapacity.Work> work,
                Instant now) {
            List<Rosters> known = agents.stream()
                    .map(agent -> rosters.get(agent.agentId()))
                    .filter(Objects::nonNull)
                    .toList();
            List<AgentView> ready = agents.stream().filter(Row::isReady).toList();
            return new Row(
                    team,
                    false,
                    agents.size(),
                    known.isEmpty()
                            ? ""
                            : String.valueOf(known.stream()
                                    .filter(one -> one.areOnAt(now))
                                    .count()),
                    agents.stream().filter(Row::isSignedIn).count(),
                    ready.size(),
                    sum(agents, work, TeamCapacity.Work::conversations),
                    sum(ready, work, TeamCapacity.Work::unitsFree));
        }

        /** Routing gives work to those whom Dynamics shows as something else than Offline. */
        private static boolean isSignedIn(AgentView agent) {
            return inDynamics(agent)
                    .filter(on -> on.condition() != Condition.NOT_SIGNED_IN)
                    .flatMap(AgentView.OnPlatform::observed)
                    .filter(status -> status != Status.OFFLINE)
                    .isPresent();
        }

        /** Whom we take for available, and nothing of ours or of Dynamics' own keeps work away from. */
        private static boolean isReady(AgentView agent) {
            boolean shown = inDynamics(agent)
                    .flatMap(AgentView.OnPlatform::observed)
                    .filter(status -> status == Status.AVAILABLE)
                    .isPresent();
            return shown && isSignedIn(agent) && agent.status() == Status.AVAILABLE;
        }

        private static Optional<AgentView.OnPlatform> inDynamics(AgentView agent) {
            return Optional.ofNullable(agent.details().platforms().get(Source.DYNAMICS.name()));
        }

        private static String sum(
                List<AgentView> agents,
                Map<String, TeamCapacity.Work> work,
                Function<TeamCapacity.Work, Optional<Integer>> part) {
            return agents.stream()
                    .filter(Row::isSignedIn)
                    .flatMap(agent -> Optional.ofNullable(work.get(agent.agentId())).flatMap(part).stream())
                    .reduce(Integer::sum)
                    .map(String::valueOf)
                    .orElse("");
        }

        private Row asTotal() {
            return new Row("", true, agents, planned, signedIn, ready, conversations, unitsFree);
        }

        private List<String> cells(Moment now) {
            return List.of(
                    now.at(),
                    team,
                    String.valueOf(agents),
                    planned,
                    String.valueOf(signedIn),
                    String.valueOf(ready),
                    conversations,
                    unitsFree);
        }

        /** The team's name as it stands in a URL. */
        public String query() {
            return Sought.inUrl(team);
        }
    }
}
