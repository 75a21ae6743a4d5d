package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Lease;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One visit to one agent, under a lease of its own: turn after turn until nothing is left to be written, each of them
 * stored before it is carried out.
 */
final class Visit {
    /** Evidence that keeps coming faster than that is left to the next visit. */
    private static final int MAX_TURNS = 6;

    /** How often the item is stored anew because somebody else was quicker. */
    private static final int MAX_ATTEMPTS = 6;

    private final AgentStore store;
    private final SyncPlanner planner;
    private final SyncTurn syncTurn;
    private final RetryQueue queue;
    private final SyncSettings settings;
    private final InstantSource clock;
    private final String agentId;
    private final Trigger trigger;
    private final String leaseToken;
    private final SyncJournal.JournalEntry entry;
    private final Instant deadline;
    private final Instant lastBegin;
    private int turns;
    private boolean isDeferred;
    private boolean hasLookedAgain;

    Visit(
            AgentStore store,
            SyncPlanner planner,
            SyncTurn syncTurn,
            RetryQueue queue,
            SyncSettings settings,
            InstantSource clock,
            String agentId,
            Trigger trigger,
            String leaseToken,
            SyncJournal.JournalEntry entry) {
        this.store = store;
        this.planner = planner;
        this.syncTurn = syncTurn;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.agentId = agentId;
        this.trigger = trigger;
        this.leaseToken = leaseToken;
        this.entry = entry;
        this.deadline = clock.instant().plus(syncTurn.deadline());
        this.lastBegin = clock.instant().plus(syncTurn.deadline().dividedBy(2));
    }

    /** Records the evidence, takes the lease and brings the agent in line; or leaves the evidence to who holds it. */
    IntakeOutcome resync(AgentState stored, List<Evidence> evidence) {
        AgentState state = stored;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            if (state.isLeasedToAnother(leaseToken, clock.instant())) {
                return deferToLeaseHolder(evidence);
            }
            entry.before(state);
            SyncPlan plan = planner.plan(state, evidence, clock.instant());
            Unchanged unchanged = new Unchanged(state, clock.instant());
            if (plan.changesNothing(state, clock.instant())) {
                entry.unchanged(state, unchanged.by(evidence), clock.instant());
                return IntakeOutcome.UNCHANGED;
            }
            entry.mayBeOutweighed(unchanged.outweighed(evidence));
            try {
                return runTurns(new StoredPlan(plan, save(plan)));
            } catch (AgentStore.Conflict conflict) {
                state = conflict.stored().orElse(null);
                if (state == null) {
                    return IntakeOutcome.UNKNOWN_AGENT;
                }
            }
        }
        return deferToLeaseHolder(evidence);
    }

    /** What is to be done next, and the state as it was stored with that noted. */
    private record StoredPlan(SyncPlan plan, AgentState noted) {}

    /** Before the platforms are called; with nothing to call, the lease is given back or never taken. */
    private AgentState save(SyncPlan plan) throws AgentStore.Conflict {
        if (plan.hasSteps()) {
            return store.saveIntents(
                    plan.noted().leasedTo(new Lease(leaseToken, clock.instant().plus(settings.lease()))));
        }
        AgentState settled = plan.state().released(plan.dueAt());
        return store.save(settled, planner.sights(settled, clock.instant()));
    }

    /** The evidence is safe. From here on everything that fails is healed by the queue or the sweep. */
    private IntakeOutcome runTurns(StoredPlan first) {
        StoredPlan current = first;
        while (current.plan().hasSteps()) {
            turns++;
            entry.noted(current.noted());
            PlanExecutor.Executed executed =
                    syncTurn.run(current.plan(), current.noted(), entry, deadline, trigger.hops() > 0, this::hasNews);
            executed.retryIn().ifPresent(this::scheduleRetry);
            Optional<StoredPlan> following = settle(executed.state());
            if (following.isEmpty()) {
                scheduleRetry(settings.backoff());
                return IntakeOutcome.DEFERRED;
            }
            current = following.get();
        }
        entry.close(current.noted(), clock.instant());
        return isDeferred ? IntakeOutcome.DEFERRED : IntakeOutcome.SETTLED;
    }

    /**
     * Stores what came of a turn together with what the following one is about to do, or gives back the lease. Meanwhile
     * others leave news in the inbox, and an administrator or the directory may say who the agent is.
     *
     * @return empty if the lease is somebody else's by now, who has the last word
     */
    private Optional<StoredPlan> settle(AgentState executed) {
        AgentState state = executed;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            SyncPlan wanted = planner.plan(state, List.of(), clock.instant());
            SyncPlan plan = mayGoOn() ? wanted : wanted.putOff(clock.instant());
            try {
                AgentState noted = save(plan);
                if (wanted.hasSteps() && !plan.hasSteps()) {
                    scheduleRetry(Duration.ZERO);
                }
                return Optional.of(new StoredPlan(plan, noted));
            } catch (AgentStore.Conflict conflict) {
                Optional<AgentState> mine = conflict.stored().filter(this::isLeasedToMe);
                if (mine.isEmpty()) {
                    return Optional.empty();
                }
                state = wanted.state().goingOnFrom(mine.get());
            }
        }
        return Optional.empty();
    }

    /** Whether somebody left evidence for us meanwhile; if that cannot be told, waiting is not worth it. */
    private boolean hasNews() {
        try {
            return store.load(agentId).filter(state -> state.inbox().isEmpty()).isEmpty();
        } catch (StoreUnavailable e) {
            return true;
        }
    }

    private boolean isLeasedToMe(AgentState stored) {
        return stored.lease().filter(lease -> lease.owner().equals(leaseToken)).isPresent();
    }

    /** Whoever sent the evidence has an answer by the deadline, and no turn begins that would have too little time. */
    private boolean mayGoOn() {
        return turns < MAX_TURNS && !clock.instant().isAfter(lastBegin);
    }

    /**
     * Leaves the evidence in the inbox for the holder of the lease. The holder may have let go just before it was put
     * there: then nobody would look, so we look ourselves.
     */
    private IntakeOutcome deferToLeaseHolder(List<Evidence> evidence) {
        if (!evidence.isEmpty() && !store.append(agentId, evidence)) {
            return IntakeOutcome.UNKNOWN_AGENT;
        }
        Optional<AgentState> unattended = store.load(agentId)
                .filter(state -> !state.isLeasedToAnother(leaseToken, clock.instant()))
                .filter(state -> !state.inbox().isEmpty());
        if (unattended.isPresent() && !hasLookedAgain) {
            hasLookedAgain = true;
            return resync(unattended.get(), List.of());
        }
        entry.leftToLeaseHolder();
        return IntakeOutcome.RECORDED;
    }

    private void scheduleRetry(Duration wait) {
        isDeferred = true;
        queue.retry(RetryMessage.after(trigger, agentId), wait);
    }
}
