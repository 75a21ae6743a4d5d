package dev.lockstep.sync;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.store.AgentStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;

/** Looks after everybody whose time has come: expired facts, retries whose message was lost, visits that crashed. */
public final class Sweep {
    /** So many at once: well under the 52 concurrent requests that Dataverse allows a user. */
    private static final int AT_ONCE = 16;

    /** More than this is left to the next sweep, a minute later. */
    private static final int MOST = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgentStore store;
    private final Synchronizer synchronizer;
    private final ParallelRunner concurrency;
    private final InstantSource clock;

    public Sweep(AgentStore store, Synchronizer synchronizer, ParallelRunner concurrency, InstantSource clock) {
        this.store = store;
        this.synchronizer = synchronizer;
        this.concurrency = concurrency;
        this.clock = clock;
    }

    /** @return how many were due */
    public int run() {
        List<String> due = store.due(clock.instant(), MOST);
        for (int from = 0; from < due.size(); from += AT_ONCE) {
            List<Callable<Boolean>> visits = due.subList(from, Math.min(due.size(), from + AT_ONCE)).stream()
                    .map(agentId -> (Callable<Boolean>)
                            () -> FaultIsolation.attempt(agentId, () -> synchronizer.bring(agentId, "sweep")))
                    .toList();
            concurrency.runAll(visits, PATIENCE);
        }
        return due.size();
    }
}
