package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.BulkIntake;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Standing;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.NewerForm;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.sync.queue.RetryQueue;
import dev.lockstep.sync.queue.Turns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts agents on the queue, each until their turn of the bulk lane. Whoever waits for a turn is due only a little after
 * it: the sweep comes if the message does not, and not before.
 */
final class BulkQueue {
    /** A message comes within seconds of its time. */
    private static final Duration LATE = Duration.ofSeconds(30);

    /** As many as one request of the queue takes. */
    private static final int BATCH = 10;

    private final AgentStore store;
    private final RetryQueue queue;
    private final BulkLane lane;
    private final InstantSource clock;
    private final SyncMeter meter;

    BulkQueue(AgentStore store, RetryQueue queue, BulkLane lane, InstantSource clock, SyncMeter meter) {
        this.store = store;
        this.queue = queue;
        this.lane = lane;
        this.clock = clock;
        this.meter = meter;
    }

    BulkIntake begin(int agents, Trigger trigger) {
        return new Many(lane.reserve(agents), trigger);
    }

    /** What is told of many; several threads tell it. */
    private final class Many implements BulkIntake {
        private final Turns turns;
        private final Trigger trigger;
        private final List<RetryQueue.Delayed> unsent = new ArrayList<>();
        private int taken;
        private boolean isClosed;

        Many(Turns turns, Trigger trigger) {
            this.turns = turns;
            this.trigger = trigger;
        }

        @Override
        public IntakeOutcome enqueue(String agentId, List<Evidence> evidence) {
            Instant turn = nextTurn();
            boolean isRecorded = record(agentId, evidence, turn);
            if (isRecorded) {
                queue.retryAll(toSend(delayed(RetryMessage.inBulk(agentId, trigger.correlationId(), turn))));
            }
            IntakeOutcome outcome = isRecorded ? IntakeOutcome.DEFERRED : IntakeOutcome.UNKNOWN_AGENT;
            meter.handled(outcome);
            return outcome;
        }

        private synchronized Instant nextTurn() {
            return turns.of(taken++);
        }

        /** Who is still at it once this is closed was given up, and waits for nobody. */
        private synchronized List<RetryQueue.Delayed> toSend(RetryQueue.Delayed next) {
            unsent.add(next);
            return isClosed || unsent.size() >= BATCH ? drained() : List.of();
        }

        private List<RetryQueue.Delayed> drained() {
            List<RetryQueue.Delayed> all = List.copyOf(unsent);
            unsent.clear();
            return all;
        }

        @Override
        public void close() {
            queue.retryAll(rest());
        }

        private synchronized List<RetryQueue.Delayed> rest() {
            isClosed = true;
            return drained();
        }
    }

    private RetryQueue.Delayed delayed(RetryMessage message) {
        Instant turn = message.turn().orElseThrow();
        return new RetryQueue.Delayed(message, Duration.between(clock.instant(), turn));
    }

    /** Who is due before, or is being worked on, stays so: only who is well can wait. */
    private boolean record(String agentId, List<Evidence> evidence, Instant turn) {
        try {
            Optional<AgentState> stored = store.load(agentId);
            if (stored.filter(this::canWait).isPresent()) {
                store.save(stored.get().waitingWith(evidence, turn.plus(LATE)));
                return true;
            }
        } catch (AgentStore.Conflict | NewerForm | IllegalStateException e) {
            // Somebody else is at work, or will be: the news is for them.
        }
        return store.append(agentId, evidence);
    }

    private boolean canWait(AgentState agent) {
        boolean isDue =
                agent.dueAt().filter(due -> !due.isAfter(clock.instant())).isPresent();
        return !isDue && !isUnwell(agent);
    }

    /** Whether something is to be healed: a write that failed or is not shown yet, or a visit that did not end. */
    static boolean isUnwell(AgentState agent) {
        return agent.lease().isPresent()
                || agent.standings().values().stream()
                        .map(Standing::progress)
                        .anyMatch(progress -> progress.retryAt().isPresent()
                                || progress.wrongSince().isPresent());
    }

    /**
     * What the queue made of agents who were due.
     *
     * @param taken to be put off until their turn is over, each by a job
     * @param left whom it did not take, with the turns that were theirs
     */
    record Sent(List<Crew.Job> taken, List<RetryMessage> left) {}

    /** Gives turns to agents who are due. */
    Sent send(List<AgentState> due, Trigger trigger) {
        Turns turns = lane.reserve(due.size());
        List<RetryQueue.Delayed> messages = new ArrayList<>();
        for (AgentState agent : due) {
            Instant turn = turns.of(messages.size());
            messages.add(delayed(RetryMessage.inBulk(agent.agentId(), trigger.correlationId(), turn)));
        }
        Set<RetryQueue.Delayed> accepted = Set.copyOf(queue.retryAll(messages));
        List<Crew.Job> taken = new ArrayList<>();
        List<RetryMessage> left = new ArrayList<>();
        for (int i = 0; i < due.size(); i++) {
            AgentState agent = due.get(i);
            RetryMessage message = messages.get(i).message();
            if (accepted.contains(messages.get(i))) {
                taken.add(new Crew.Job(
                        agent.agentId(), () -> postpone(agent, message.turn().orElseThrow())));
            } else {
                left.add(message);
            }
        }
        return new Sent(taken, left);
    }

    /** The same message, once its turn is another one. */
    void sendAgain(RetryMessage message, Instant turn) {
        RetryQueue.Delayed next = delayed(message.at(turn));
        queue.retry(next.message(), next.delay());
        if (!message.turn().equals(Optional.of(turn))) {
            store.load(message.agentId()).filter(agent -> !isUnwell(agent)).ifPresent(agent -> postpone(agent, turn));
        }
    }

    /** Whom somebody else has changed meanwhile is no longer who was to wait. */
    private void postpone(AgentState agent, Instant turn) {
        try {
            store.save(agent.waitingWith(List.of(), turn.plus(LATE)));
        } catch (AgentStore.Conflict changed) {
            // Due as they say who changed it.
        }
    }
}
