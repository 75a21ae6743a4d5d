package dev.lockstep.teams;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadMeter;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.store.AgentStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Polls everybody's presence in Teams: the way to see what changes there that needs no delegated permission and works
 * in every cloud.
 *
 * <p>Agents are read from the store once a watch, so a poll costs the store nothing for those who did not change.
 */
@Singleton
public final class TeamsPoll {
    private static final Logger LOG = Logger.getLogger(TeamsPoll.class);

    private final ReadablePlatform teams;
    private final AgentStore store;
    private final EvidenceIntake intake;
    private final CorrelationIds correlationIds;
    private final ReadMeter meter;

    @Inject
    public TeamsPoll(
            ReadablePlatform teams,
            AgentStore store,
            EvidenceIntake intake,
            CorrelationIds correlationIds,
            ReadMeter meter) {
        this.teams = teams;
        this.store = store;
        this.intake = intake;
        this.correlationIds = correlationIds;
        this.meter = meter;
    }

    /** Everybody who has an id in Teams, by that id, as the store knows them now. */
    public Map<String, AgentState> watched() {
        Map<String, AgentState> agents = new HashMap<>();
        try (Stream<AgentState> all = store.all()) {
            all.forEach(agent -> agent.profile()
                    .externalId(teams.name())
                    .ifPresent(id -> agents.put(id.toLowerCase(Locale.ROOT), agent)));
        }
        return agents;
    }

    /**
     * Reads once and tells what changed. Agents who changed are replaced by what the store knows of them now.
     *
     * @return how many had news; none if Teams did not answer, and the next poll will
     */
    public int poll(Map<String, AgentState> watched) {
        Map<String, Observation> seen;
        try {
            seen = meter.counting(teams.name(), () -> teams.read(List.copyOf(watched.keySet())));
        } catch (PlatformException e) {
            LOG.warnf("Teams was not read: %s", e.getMessage());
            return 0;
        }
        Trigger trigger = correlationIds.begin("teams-watch");
        int told = 0;
        for (Map.Entry<String, Observation> entry : seen.entrySet()) {
            AgentState known = watched.get(entry.getKey().toLowerCase(Locale.ROOT));
            List<Evidence> evidence = List.of(new Evidence.Observed(entry.getValue()));
            if (known != null && intake.wouldChange(known, evidence)) {
                boolean taken = FaultIsolation.attempt(known.agentId(), () -> {
                    intake.accept(known.agentId(), evidence, trigger);
                    store.load(known.agentId())
                            .ifPresent(now -> watched.put(entry.getKey().toLowerCase(Locale.ROOT), now));
                });
                told += taken ? 1 : 0;
            }
        }
        return told;
    }
}
