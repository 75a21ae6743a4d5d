package dev.lockstep.sync;

import dev.lockstep.concurrent.Batches;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.intake.Trigger;
import dev.lockstep.store.AgentStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;

/** Looks after everybody whose time has come: expired facts, retries whose message was lost, visits that crashed. */
@Singleton
public final class Sweep {
    /** So many at once: well under the 52 concurrent requests that Dataverse allows a user. */
    private static final int AT_ONCE = 16;

    /** More than this is left to the next sweep, a minute later. */
    private static final int MOST = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgentStore store;
    private final Synchronizer synchronizer;
    private final CorrelationIds correlationIds;
    private final ParallelRunner concurrency;
    private final InstantSource clock;

    @Inject
    public Sweep(
            AgentStore store,
            Synchronizer synchronizer,
            CorrelationIds correlationIds,
            ParallelRunner concurrency,
            InstantSource clock) {
        this.store = store;
        this.synchronizer = synchronizer;
        this.correlationIds = correlationIds;
        this.concurrency = concurrency;
        this.clock = clock;
    }

    /** @return how many were due */
    public int run() {
        List<String> due = store.due(clock.instant(), MOST);
        Trigger trigger = correlationIds.begin("sweep");
        Batches.of(due, AT_ONCE)
                .map(some ->
                        some.stream().map(agentId -> visit(agentId, trigger)).toList())
                .forEach(visits -> concurrency.runAll(visits, PATIENCE));
        return due.size();
    }

    private Callable<Boolean> visit(String agentId, Trigger trigger) {
        return () -> FaultIsolation.attempt(agentId, () -> synchronizer.resync(agentId, trigger));
    }
}
