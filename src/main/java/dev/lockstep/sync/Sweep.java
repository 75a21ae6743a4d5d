package dev.lockstep.sync;

import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** Looks after everybody whose time has come: expired facts, retries whose message was lost, visits that crashed. */
public final class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);

    /** So many at once: well under the 52 concurrent requests that Dataverse allows a user. */
    private static final int AT_ONCE = 16;

    /** More than this is left to the next sweep, a minute later. */
    private static final int MOST = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgentStore store;
    private final Synchronizer synchronizer;
    private final Concurrency concurrency;
    private final InstantSource clock;

    public Sweep(AgentStore store, Synchronizer synchronizer, Concurrency concurrency, InstantSource clock) {
        this.store = store;
        this.synchronizer = synchronizer;
        this.concurrency = concurrency;
        this.clock = clock;
    }

    /** @return how many were due */
    public int run() {
        List<String> due = store.due(clock.instant(), MOST);
        for (int from = 0; from < due.size(); from += AT_ONCE) {
            List<Callable<Outcome>> visits = due.subList(from, Math.min(due.size(), from + AT_ONCE)).stream()
                    .map(agentId -> (Callable<Outcome>) () -> visit(agentId))
                    .toList();
            concurrency.runAll(visits, PATIENCE);
        }
        return due.size();
    }

    /** One agent's trouble is no other's. */
    private Outcome visit(String agentId) {
        try {
            return synchronizer.bring(agentId, "sweep");
        } catch (StoreUnavailable e) {
            LOG.warnf("agent=%s left to the next sweep: %s", agentId, e.getMessage());
            return Outcome.DEFERRED;
        } catch (RuntimeException e) {
            // An item that cannot be read would otherwise end every sweep: it is the most overdue of all.
            LOG.errorf("agent=%s cannot be brought in line: %s", agentId, e.getClass());
            return Outcome.DEFERRED;
        }
    }
}
