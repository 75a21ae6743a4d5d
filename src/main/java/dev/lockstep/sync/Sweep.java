package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.Trigger;
import dev.lockstep.store.AgentStore;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.RetryMessage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Looks after everybody whose time has come: expired facts, retries whose message was lost, visits that crashed. */
@Singleton
public final class Sweep {
    /** More than this is left to the next sweep, a minute later. */
    private static final int MOST = 2_000;

    /** More than this keep to the pace of the bulk lane, such as all whose meeting has just ended. */
    private static final int MOST_AT_ONCE = 50;

    /** Whom the queue does not take lose their turns, so a few find out. */
    private static final int ATTEMPT = 10;

    private final AgentStore store;
    private final Synchronizer synchronizer;
    private final CorrelationIds correlationIds;
    private final Crew crew;
    private final BulkLane lane;
    private final Sleeper pause;
    private final InstantSource clock;

    @Inject
    public Sweep(
            AgentStore store,
            Synchronizer synchronizer,
            CorrelationIds correlationIds,
            Crew crew,
            BulkLane lane,
            Sleeper pause,
            InstantSource clock) {
        this.store = store;
        this.synchronizer = synchronizer;
        this.correlationIds = correlationIds;
        this.crew = crew;
        this.lane = lane;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * @param everybody among whom some may be due
     * @param time after which who is left is the next sweep's. Who is most overdue comes first, so nobody is left out twice
     * @return how many were due
     */
    public int run(List<Pulse> everybody, Countdown time) {
        List<String> due = Pulse.due(everybody, clock.instant())
                .limit(MOST)
                .map(Pulse::agentId)
                .toList();
        Trigger trigger = correlationIds.begin("sweep");
        if (due.size() <= MOST_AT_ONCE) {
            work(due, agentId -> synchronizer.resync(agentId, trigger), trigger, time);
        } else {
            new Many(trigger, time).come(due);
        }
        return due.size();
    }

    private void work(List<String> agentIds, Consumer<String> visit, Trigger trigger, Countdown time) {
        List<Crew.Job> visits = agentIds.stream()
                .map(agentId -> new Crew.Job(agentId, () -> visit.accept(agentId)))
                .toList();
        crew.work(trigger.name(), visits, time.left());
    }

    /**
     * More are due than platforms take at once. Who needs no write costs them nothing, and who is unwell comes first; all
     * others get turns of the bulk lane, and are due again only after them.
     */
    private final class Many {
        private final Trigger trigger;
        private final Countdown time;
        private final Queue<AgentState> others = new ConcurrentLinkedQueue<>();
        private final AtomicInteger unwell = new AtomicInteger();
        private final AtomicBoolean isOver = new AtomicBoolean();

        Many(Trigger trigger, Countdown time) {
            this.trigger = trigger;
            this.time = time;
        }

        void come(List<String> due) {
            work(due, this::look, trigger, time);
            List<AgentState> waiting = List.copyOf(others);
            List<RetryMessage> left = send(waiting.subList(0, Math.min(ATTEMPT, waiting.size())));
            List<AgentState> rest = waiting.subList(Math.min(ATTEMPT, waiting.size()), waiting.size());
            if (left.isEmpty()) {
                send(rest);
            } else {
                withoutQueue(left, rest);
            }
        }

        /** @return whom the queue did not take */
        private List<RetryMessage> send(List<AgentState> agents) {
            if (agents.isEmpty()) {
                return List.of();
            }
            BulkQueue.Sent sent = synchronizer.bulk().send(agents, trigger);
            crew.work(trigger.name(), sent.taken(), time.left());
            return sent.left();
        }

        private void look(String agentId) {
            Optional<AgentState> agent = store.load(agentId);
            if (agent.isEmpty() || !synchronizer.wouldWrite(agent.get()) || isFirst(agent.get())) {
                synchronizer.resync(agentId, trigger);
            } else {
                others.add(agent.get());
            }
        }

        private boolean isFirst(AgentState agent) {
            boolean isToBeHealed = BulkQueue.isUnwell(agent) || !agent.inbox().isEmpty();
            return isToBeHealed && unwell.incrementAndGet() <= MOST_AT_ONCE;
        }

        /** Then their turns are waited for here, as long as there is time. */
        private void withoutQueue(List<RetryMessage> withTurn, List<AgentState> rest) {
            List<Crew.Job> visits = new ArrayList<>();
            withTurn.forEach(one -> visits.add(new Crew.Job(one.agentId(), () -> await(one.agentId(), one.turn()))));
            rest.forEach(one -> visits.add(new Crew.Job(one.agentId(), () -> await(one.agentId(), Optional.empty()))));
            crew.work(trigger.name(), visits, time.left());
        }

        private void await(String agentId, Optional<Instant> reserved) {
            if (isOver.get()) {
                return;
            }
            Instant turn = reserved.orElseGet(() -> lane.reserve(1).first());
            Duration wait = Duration.between(clock.instant(), turn);
            if (wait.compareTo(time.left()) > 0
                    || !waited(wait)
                    || lane.putOff(agentId, Optional.of(turn)).isPresent()) {
                isOver.set(true);
                return;
            }
            synchronizer.resync(agentId, trigger);
        }
    }

    /** Who is given up meanwhile has no turn. */
    private boolean waited(Duration wait) {
        try {
            if (wait.isPositive()) {
                pause.of(wait);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
