package dev.lockstep.teams;

import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.intake.PlatformReader;
import dev.lockstep.intake.RollCall;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.store.AgentStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Polls everybody's presence in Teams: the way to see what changes there that needs no delegated permission and works
 * in every cloud.
 *
 * <p>What must be known of everybody is read once a watch, so a poll costs the store nothing for those who did not change.
 */
@Singleton
public final class TeamsPoll {
    private static final Logger LOG = Logger.getLogger(TeamsPoll.class);

    /** The last poll of a watch begins before its end, and the function ends some twenty seconds after that. */
    private static final Duration PATIENCE = Duration.ofSeconds(19);

    private final ReadablePlatform teams;
    private final RollCall roll;
    private final AgentStore store;
    private final EvidenceIntake intake;
    private final CorrelationIds correlationIds;
    private final PlatformReader reader;
    private final Crew crew;
    private final InstantSource clock;

    @Inject
    public TeamsPoll(
            ReadablePlatform teams,
            RollCall roll,
            AgentStore store,
            EvidenceIntake intake,
            CorrelationIds correlationIds,
            PlatformReader reader,
            Crew crew,
            InstantSource clock) {
        this.teams = teams;
        this.roll = roll;
        this.store = store;
        this.intake = intake;
        this.correlationIds = correlationIds;
        this.reader = reader;
        this.crew = crew;
        this.clock = clock;
    }

    /** Everybody who has an id in Teams, as far as they are known now. */
    public WatchedAgents watched() {
        return watched(roll.everybody());
    }

    /** @param everybody as they were read by somebody who passes over them too */
    public WatchedAgents watched(List<Pulse> everybody) {
        return new WatchedAgents(intake, teams.name(), everybody);
    }

    /**
     * Reads once and tells what changed, many agents side by side. Whoever shows something else than is known of them is
     * loaded, and again once they were told of; whoever could not be done in time differs still at the next poll.
     *
     * @return how many had news; none if Teams did not answer, and the next poll will
     */
    public int poll(WatchedAgents watched) {
        Countdown time = Countdown.of(clock, PATIENCE);
        Map<String, Observation> seen;
        try {
            seen = reader.read(teams.name(), time.half().left(), () -> teams.read(watched.ids()));
        } catch (PlatformException e) {
            LOG.warnf("Teams was not read: %s", e.getMessage());
            return 0;
        }
        Trigger trigger = correlationIds.begin("teams-watch");
        List<Crew.Job> news = new ArrayList<>();
        watched.look(seen, store, (agent, shown) -> {
            List<Evidence> evidence = List.of(shown);
            if (FaultIsolation.holds(agent.agentId(), () -> intake.wouldChange(agent, evidence))) {
                news.add(new Crew.Job(agent.agentId(), () -> tell(agent.agentId(), evidence, trigger, watched)));
            }
        });
        return crew.count("teams-watch", news, time.left());
    }

    private void tell(String agentId, List<Evidence> evidence, Trigger trigger, WatchedAgents watched) {
        intake.accept(agentId, evidence, trigger);
        store.load(agentId).ifPresent(watched::keep);
    }
}
