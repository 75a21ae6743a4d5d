package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.platform.Evidence;
import dev.lockstep.store.AgentStore;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Brings one agent in line on all platforms.
 *
 * <p>Evidence is folded into the agent's situation, the whole situation is decided anew, and only the difference to what
 * each platform was told is written. One conditional write records the news, notes what is about to be written and
 * takes the agent's lease; another one settles what came of it and lets go. In between nobody else writes for this
 * agent: they leave their news in the inbox, and the version that it raises makes us look again before we let go.
 *
 * <p>Known races, and what makes them harmless:
 *
 * <ul>
 *   <li>A crash after the first write: the lease runs out, {@code dueAt} brings the sweep here, and what was noted as
 *       intended is written again, which does no harm.
 *   <li>A crash after a platform did the work: the same, and the ledger knows the echo as our own.
 *   <li>A lease that ran out while we were still writing: the settling write fails on the owner, we leave, and the new
 *       holder, who sees our intentions, has the last word.
 * </ul>
 */
public final class Synchronizer {
    private final AgentStore store;
    private final SyncPlanner planner;
    private final SyncTurn turn;
    private final SyncJournal journal;
    private final RetryQueue queue;
    private final SyncSettings settings;
    private final InstantSource clock;
    private final LeaseTokens leaseTokens;

    Synchronizer(
            AgentStore store,
            SyncPlanner planner,
            SyncTurn turn,
            SyncJournal journal,
            RetryQueue queue,
            SyncSettings settings,
            InstantSource clock,
            LeaseTokens leaseTokens) {
        this.store = store;
        this.planner = planner;
        this.turn = turn;
        this.journal = journal;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.leaseTokens = leaseTokens;
    }

    /**
     * Takes news of an agent and brings the agent in line.
     *
     * @param trigger what brought it, for the timeline
     * @throws dev.lockstep.store.StoreUnavailable if the news could not be recorded: whoever sent it must send it again
     */
    public IntakeOutcome take(String agentId, List<Evidence> news, String trigger) {
        Optional<AgentState> stored = store.load(agentId);
        if (stored.isEmpty()) {
            return IntakeOutcome.UNKNOWN_AGENT;
        }
        Visit visit = new Visit(
                store,
                planner,
                turn,
                queue,
                settings,
                clock,
                agentId,
                leaseTokens.next(),
                journal.entry(agentId, trigger, clock.instant()));
        return visit.resync(stored.get(), news);
    }

    /** Looks at an agent again: nothing new is known, but something is due. */
    public IntakeOutcome bring(String agentId, String trigger) {
        return take(agentId, List.of(), trigger);
    }

    /**
     * Leaves news for the bulk lane: it is recorded now and acted upon when its turn comes.
     *
     * @return false if there is no such agent
     */
    public boolean record(String agentId, List<Evidence> news) {
        boolean recorded = store.append(agentId, news);
        if (recorded) {
            queue.enqueueBulk(List.of(agentId));
        }
        return recorded;
    }

    /**
     * Whether news would make a difference to an agent as last read. Costs no call, so that a poll of thousands visits
     * only those of whom there is something to tell.
     */
    public boolean concerns(AgentState known, List<Evidence> news) {
        Instant now = clock.instant();
        return !planner.plan(known, news, now).changesNothing(known, now);
    }
}
