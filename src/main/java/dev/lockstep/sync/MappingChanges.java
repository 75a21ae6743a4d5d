package dev.lockstep.sync;

import dev.lockstep.agent.AgentView;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.intake.Crew;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes those due who came into their status while some instances still had the mapping from before: whoever applied the
 * new one could not know of them, and without news nobody would look at them.
 */
@Singleton
public final class MappingChanges {
    private final AgentViews views;
    private final AgentStore store;
    private final Control control;
    private final Crew crew;
    private final InstantSource clock;

    @Inject
    public MappingChanges(AgentViews views, AgentStore store, Control control, Crew crew, InstantSource clock) {
        this.views = views;
        this.store = store;
        this.control = control;
        this.crew = crew;
        this.clock = clock;
    }

    /**
     * Costs one read while no mapping changes.
     *
     * @param time whoever is left after it is made due by the next run
     * @return how many were made due
     */
    public int run(Countdown time) {
        Optional<String> changed = control.get(ControlKeys.MAPPING_CHANGED);
        if (changed.isEmpty() || changed.equals(control.get(ControlKeys.MAPPING_KNOWN))) {
            return 0;
        }
        Instant at = Instant.parse(changed.get());
        if (clock.instant().isBefore(at.plus(Mappings.KNOWN_TO_ALL))) {
            return 0;
        }
        List<Boolean> done = crew.work("mapping", jobs(at), time.left());
        if (!done.contains(false)) {
            control.put(ControlKeys.MAPPING_KNOWN, changed.get(), Optional.empty());
        }
        return (int) done.stream().filter(one -> one).count();
    }

    private List<Crew.Job> jobs(Instant changed) {
        DueAgents due = new DueAgents(store, clock);
        try (Stream<AgentView> all = views.all(unreadable -> {})) {
            return all.filter(agent -> agent.since().filter(changed::isBefore).isPresent())
                    .map(AgentView::agentId)
                    .map(agentId -> new Crew.Job(agentId, () -> due.makeDue(agentId, Mappings.KNOWN_TO_ALL)))
                    .toList();
        }
    }
}
