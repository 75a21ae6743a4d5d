package dev.lockstep.sync;

import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.Trigger;
import dev.lockstep.store.AgentStore;
import dev.lockstep.sync.queue.BulkLane;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks after everybody whose time has come: expired facts, retries whose message was lost, visits that crashed. */
@Singleton
public final class Sweep {
    /** More than this is left to the next sweep, a minute later. */
    private static final int MOST = 2_000;

    /** More than this keep to the pace of the bulk lane, such as all those whose shift has just ended. */
    private static final int MOST_AT_ONCE = 25;

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
     * @param time after which who is left is the next sweep's. Who is most overdue comes first, so nobody is left out twice
     * @return how many were due
     */
    public int run(Countdown time) {
        List<String> due = store.due(clock.instant(), MOST);
        Trigger trigger = correlationIds.begin("sweep");
        List<Crew.Job> visits = due.stream()
                .map(agentId -> new Crew.Job(agentId, () -> visit(agentId, trigger, due.size())))
                .toList();
        crew.work(trigger.name(), visits, time.left());
        return due.size();
    }

    private void visit(String agentId, Trigger trigger, int due) {
        if (due <= MOST_AT_ONCE || hasTurn()) {
            synchronizer.resync(agentId, trigger);
        }
    }

    /** Waits for it; who is given up meanwhile has none. */
    private boolean hasTurn() {
        try {
            for (Optional<Duration> wait = lane.turn(); wait.isPresent(); wait = lane.turn()) {
                pause.of(wait.get());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
