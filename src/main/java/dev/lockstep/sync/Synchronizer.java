package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.intake.BulkIntake;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.settings.InstallationSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.RetryQueue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

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
@Singleton
public final class Synchronizer implements EvidenceIntake {
    private static final Logger LOG = Logger.getLogger(Synchronizer.class);

    private final AgentStore store;
    private final SyncPlanner planner;
    private final SyncTurn turn;
    private final SyncJournal journal;
    private final RetryQueue queue;
    private final SyncSettings settings;
    private final InstantSource clock;
    private final LeaseTokens leaseTokens;
    private final SyncMeter meter;
    private final BulkQueue bulk;

    @Inject
    Synchronizer(
            AgentStore store,
            Timeline timeline,
            SyncPlanner planner,
            ParallelRunner parallel,
            RetryQueue queue,
            BulkLane lane,
            SyncSettings settings,
            InstallationSettings installation,
            SyncMeter meter,
            InstantSource clock,
            Sleeper pause,
            RandomGenerator random) {
        FailurePolicy failures = new FailurePolicy(settings, clock, random);
        PlanExecutor executor = new PlanExecutor(parallel, failures, clock, meter, lane::pause);
        this.store = store;
        this.planner = planner;
        this.turn = new SyncTurn(planner, executor, parallel, meter, installation, settings, clock, pause);
        this.journal = new SyncJournal(timeline, meter);
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.leaseTokens = new LeaseTokens(random);
        this.meter = meter;
        this.bulk = new BulkQueue(store, queue, lane, clock, meter);
    }

    @Override
    public IntakeOutcome accept(String agentId, List<Evidence> evidence, Trigger trigger) {
        Optional<AgentState> stored = store.load(agentId);
        IntakeOutcome outcome = stored.isEmpty()
                ? IntakeOutcome.UNKNOWN_AGENT
                : visit(agentId, trigger).resync(stored.get(), evidence);
        meter.handled(outcome);
        return outcome;
    }

    private Visit visit(String agentId, Trigger trigger) {
        SyncJournal.JournalEntry entry = journal.entry(agentId, trigger, clock.instant());
        return new Visit(store, planner, turn, queue, settings, clock, agentId, trigger, leaseTokens.next(), entry);
    }

    /** Looks at an agent again: nothing new is known, but something is due. */
    public IntakeOutcome resync(String agentId, Trigger trigger) {
        return accept(agentId, List.of(), trigger);
    }

    @Override
    public BulkIntake inBulk(int agents, Trigger trigger) {
        return bulk.begin(agents, trigger);
    }

    BulkQueue bulk() {
        return bulk;
    }

    /** Whether a visit now would write somewhere. */
    boolean wouldWrite(AgentState known) {
        return planner.plan(known, List.of(), clock.instant()).hasSteps();
    }

    @Override
    public boolean mayBeNews(Pulse known, Observation shown) {
        return !FaultIsolation.holds(known.agentId(), () -> !planner.mayBeNews(known, shown, clock.instant()));
    }

    @Override
    public boolean wouldChange(AgentState known, List<Evidence> evidence) {
        return planner.isNews(known, evidence, clock.instant());
    }

    @Override
    public void storeAnew(String agentId) {
        store.load(agentId).ifPresent(agent -> {
            try {
                store.save(agent, planner.sights(agent, clock.instant()));
            } catch (AgentStore.Conflict faster) {
                LOG.debugf("agent=%s was stored by somebody else", agentId);
            }
        });
    }
}
