package dev.lockstep.sync;

import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.Trigger;
import dev.lockstep.store.AgentStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Looks after everybody whose time has come: expired facts, retries whose message was lost, visits that crashed. */
@Singleton
public final class Sweep {
    /** More than this is left to the next sweep, a minute later. */
    private static final int MOST = 2_000;

    /** Half of what the function may take. Who is most overdue comes first, so nobody is left out twice. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final AgentStore store;
    private final Synchronizer synchronizer;
    private final CorrelationIds correlationIds;
    private final Crew crew;
    private final InstantSource clock;

    @Inject
    public Sweep(
            AgentStore store,
            Synchronizer synchronizer,
            CorrelationIds correlationIds,
            Crew crew,
            InstantSource clock) {
        this.store = store;
        this.synchronizer = synchronizer;
        this.correlationIds = correlationIds;
        this.crew = crew;
        this.clock = clock;
    }

    /** @return how many were due */
    public int run() {
        List<String> due = store.due(clock.instant(), MOST);
        Trigger trigger = correlationIds.begin("sweep");
        List<Crew.Job> visits = due.stream()
                .map(agentId -> new Crew.Job(agentId, () -> synchronizer.resync(agentId, trigger)))
                .toList();
        crew.work(trigger.name(), visits, PATIENCE);
        return due.size();
    }
}
