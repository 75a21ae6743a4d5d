package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Lease;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.platform.Evidence;
import dev.lockstep.store.AgentStore;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    /** Rounds of one visit. Evidence that keeps coming faster than that is left to the next visit. */
    private static final int ROUNDS = 6;

    private final AgentStore store;
    private final SyncPlanner understanding;
    private final PlanExecutor writer;
    private final SyncJournal chronicle;
    private final RetryQueue queue;
    private final SyncSettings rules;
    private final InstantSource clock;
    private final LeaseTokens owners;

    public Synchronizer(
            AgentStore store,
            SyncPlanner understanding,
            PlanExecutor writer,
            SyncJournal chronicle,
            RetryQueue queue,
            SyncSettings rules,
            InstantSource clock,
            LeaseTokens owners) {
        this.store = store;
        this.understanding = understanding;
        this.writer = writer;
        this.chronicle = chronicle;
        this.queue = queue;
        this.rules = rules;
        this.clock = clock;
        this.owners = owners;
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
        Visit visit = new Visit(agentId, trigger, owners.next(), clock.instant());
        return visit.begin(stored.get(), news);
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
        return !isIdle(understanding.of(known, news, clock.instant()), known);
    }

    /** Nothing was learned, nothing is to be done and nothing is overdue: not even the item need be touched. */
    private boolean isIdle(SyncPlan round, AgentState stored) {
        boolean overdue =
                stored.dueAt().map(due -> !clock.instant().isBefore(due)).orElse(false);
        return !round.hasSteps()
                && !overdue
                && stored.lease().isEmpty()
                && round.state().equals(stored);
    }

    /** One visit to one agent. */
    private final class Visit {
        private final String agentId;
        private final String trigger;
        private final String me;
        private final Instant began;
        private final SyncJournal.JournalEntry page;
        private boolean deferred;
        private boolean lookedAgain;

        Visit(String agentId, String trigger, String me, Instant began) {
            this.agentId = agentId;
            this.trigger = trigger;
            this.me = me;
            this.began = began;
            this.page = chronicle.page(agentId, trigger, began);
        }

        IntakeOutcome begin(AgentState stored, List<Evidence> news) {
            AgentState state = stored;
            for (int attempt = 0; attempt < ROUNDS; attempt++) {
                if (state.isLeasedToAnother(me, clock.instant())) {
                    return leave(news);
                }
                page.before(state);
                SyncPlan round = understanding.of(state, news, clock.instant());
                if (isIdle(round, state)) {
                    return IntakeOutcome.UNCHANGED;
                }
                try {
                    return goOn(round, store.save(next(round)));
                } catch (AgentStore.Conflict conflict) {
                    state = conflict.stored().orElse(null);
                    if (state == null) {
                        return IntakeOutcome.UNKNOWN_AGENT;
                    }
                }
            }
            return leave(news);
        }

        /** What to store before the platforms are called; with nothing to call, the lease is never taken. */
        private AgentState next(SyncPlan round) {
            return round.hasSteps()
                    ? round.noted().leasedTo(new Lease(me, clock.instant().plus(rules.lease())))
                    : round.state().released(round.dueAt());
        }

        /** The news is safe. From here on everything that fails is healed by the queue or the sweep. */
        private IntakeOutcome goOn(SyncPlan first, AgentState saved) {
            SyncPlan round = first;
            AgentState state = saved;
            for (int turn = 1; round.hasSteps(); turn++) {
                PlanExecutor.Written written = writer.write(round, state, page);
                AgentState settled = written.state();
                deferred |= written.deferred().isPresent();
                written.deferred().ifPresent(wait -> queue.retry(agentId, wait));
                boolean last = turn >= ROUNDS || isOutOfTime();
                Optional<Settled> next = settle(settled, last);
                if (next.isEmpty()) {
                    return put(IntakeOutcome.DEFERRED);
                }
                round = next.get().round();
                state = next.get().state();
            }
            page.close(state, clock.instant());
            return deferred ? IntakeOutcome.DEFERRED : IntakeOutcome.SETTLED;
        }

        private record Settled(SyncPlan round, AgentState state) {}

        /** Stores what came of a round together with what the next one is about to do, or lets go. */
        private Optional<Settled> settle(AgentState settled, boolean last) {
            AgentState state = settled;
            for (int attempt = 0; attempt < ROUNDS; attempt++) {
                SyncPlan round = understanding.of(state, List.of(), clock.instant());
                SyncPlan next = last ? round.putOff(clock.instant()) : round;
                if (last && round.hasSteps()) {
                    deferred = true;
                    queue.retry(agentId, Duration.ZERO);
                }
                try {
                    return Optional.of(new Settled(next, store.save(next(next))));
                } catch (AgentStore.Conflict conflict) {
                    Optional<AgentState> mine = conflict.stored().filter(this::isMine);
                    if (mine.isEmpty()) {
                        return Optional.empty();
                    }
                    List<Evidence> inbox = Stream.concat(round.state().inbox().stream(), mine.get().inbox().stream())
                            .toList();
                    state = round.state().withInbox(inbox, mine.get().version());
                }
            }
            return Optional.empty();
        }

        private boolean isMine(AgentState stored) {
            return stored.lease().filter(lease -> lease.owner().equals(me)).isPresent();
        }

        private boolean isOutOfTime() {
            return clock.instant().isAfter(began.plus(rules.deadline().multipliedBy(2)));
        }

        /**
         * Leaves the news for the holder of the lease. The holder may have let go just before it was put there: then
         * nobody would look, so we look ourselves.
         */
        private IntakeOutcome leave(List<Evidence> news) {
            if (!news.isEmpty() && !store.append(agentId, news)) {
                return IntakeOutcome.UNKNOWN_AGENT;
            }
            Optional<AgentState> unattended = store.load(agentId)
                    .filter(state -> !state.isLeasedToAnother(me, clock.instant()))
                    .filter(state -> !state.inbox().isEmpty());
            if (unattended.isPresent() && !lookedAgain) {
                lookedAgain = true;
                return begin(unattended.get(), List.of());
            }
            return IntakeOutcome.RECORDED;
        }

        private IntakeOutcome put(IntakeOutcome outcome) {
            queue.retry(agentId, rules.backoff());
            return outcome;
        }
    }
}
