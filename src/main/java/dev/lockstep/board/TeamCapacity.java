package dev.lockstep.board;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.Pulse;
import dev.lockstep.browser.Page;
import dev.lockstep.browser.Visitors;
import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Source;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.StoreUnavailable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many can take work now, by team: {@code GET /board/capacity}, as a page or as CSV. Shifts come from the index of
 * pulses, read once a minute; conversations stand in the agents' items, which are read of one team alone.
 */
@Singleton
public final class TeamCapacity {
    private static final List<String> PARAMETERS = List.of("team", "as");
    private static final Duration AGE = Duration.ofSeconds(60);
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** Of a larger team the items are not read at each look. */
    static final int MOST_LOADED = 500;

    private final AgentViews views;
    private final AgentStore store;
    private final Supervision supervision;
    private final Page page;

    /** Of whom any shift is known, by the agents' ids. */
    private final RefreshingValue<Map<String, Rosters>> rosters;

    @Inject
    public TeamCapacity(
            AgentViews views,
            AgentStore store,
            Supervision supervision,
            BoardTemplates templates,
            InstantSource clock) {
        this.views = views;
        this.store = store;
        this.supervision = supervision;
        this.page = templates.capacity();
        this.rosters = new RefreshingValue<>(
                () -> rosters(store), RefreshRules.every(AGE, WAIT, StoreUnavailable.class), clock);
    }

    private static Map<String, Rosters> rosters(AgentStore store) {
        Map<String, Rosters> known = new HashMap<>();
        for (String shard : store.shards()) {
            try (Stream<Pulse> pulses = store.pulses(shard)) {
                pulses.filter(pulse -> !pulse.rosters().known().isEmpty())
                        .forEach(pulse -> known.put(pulse.agentId(), pulse.rosters()));
            }
        }
        return known;
    }

    /**
     * What Dynamics told last of an agent's work.
     *
     * @param unitsFree what may still be given; none while they have too much
     */
    record Work(Optional<Integer> conversations, Optional<Integer> unitsFree) {
        private static Work of(AgentState agent) {
            return new Work(
                    number(agent, StatusFields.CONVERSATIONS),
                    number(agent, StatusFields.UNITS_LEFT).map(units -> Math.max(0, units)));
        }

        private static Optional<Integer> number(AgentState agent, String field) {
            return agent.standing(Source.DYNAMICS.name())
                    .observed()
                    .flatMap(seen -> seen.field(field))
                    .filter(text -> text.matches("-?[0-9]{1,9}"))
                    .map(Integer::valueOf);
        }
    }

    /** @throws RejectedRequest if the caller sees nobody, or not this team */
    HttpAnswer answer(HttpCall call, List<Visitors.Visitor> visitor) {
        Predicate<String> seen = supervision.seenBy(call.caller());
        call.allowParameters(PARAMETERS);
        String team = call.formParameter("team").strip();
        if (!team.isBlank()) {
            supervision.demandSeen(call.caller(), team);
        }
        List<String> unreadable = new ArrayList<>();
        List<AgentView> agents;
        try (Stream<AgentView> all = views.asked(team, unreadable::add)) {
            agents = all.filter(view -> seen.test(view.team())).toList();
        }
        CapacityPage shown = CapacityPage.of(
                team,
                agents,
                team.isBlank() && !seen.test("") ? 0 : unreadable.size(),
                rosters.get(),
                isLoaded(team, agents) ? work(agents) : Map.of(),
                call.receivedAt(),
                visitor);
        return switch (call.formParameter("as")) {
            case "" -> page.answer(200, shown);
            case "csv" -> HttpAnswer.csv("capacity.csv", shown.csv());
            default -> throw RejectedRequest.malformed("as must be csv, or be left out");
        };
    }

    private static boolean isLoaded(String team, List<AgentView> agents) {
        return !team.isBlank() && agents.size() <= MOST_LOADED;
    }

    private Map<String, Work> work(List<AgentView> agents) {
        try (Stream<AgentState> states =
                store.loadAll(agents.stream().map(AgentView::agentId).toList(), unreadable -> {})) {
            return states.collect(Collectors.toMap(AgentState::agentId, Work::of));
        }
    }
}
