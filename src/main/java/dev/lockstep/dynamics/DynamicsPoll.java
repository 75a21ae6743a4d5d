package dev.lockstep.dynamics;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.intake.PlatformReader;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.AgentStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads all representatives' status rows and tells what the webhook did not: Dataverse gives up a message after one
 * retry and keeps no order.
 */
@Singleton
public final class DynamicsPoll {
    private static final Logger LOG = Logger.getLogger(DynamicsPoll.class);

    private final OmnichannelApi api;
    private final AgentStore store;
    private final InstantSource clock;
    private final EvidenceIntake intake;
    private final CorrelationIds correlationIds;
    private final PlatformReader reader;
    private final Crew crew;

    @Inject
    DynamicsPoll(
            OmnichannelApi api,
            AgentStore store,
            InstantSource clock,
            EvidenceIntake intake,
            CorrelationIds correlationIds,
            PlatformReader reader,
            Crew crew) {
        this.api = api;
        this.store = store;
        this.clock = clock;
        this.intake = intake;
        this.correlationIds = correlationIds;
        this.reader = reader;
        this.crew = crew;
    }

    /**
     * @param everybody of whom those are loaded who show what is not known of them
     * @param time of which reading may take half; whose news was not handed in by its end is left to the next sweep
     * @return how many agents had news; none if Dynamics did not answer, and the next sweep will ask again
     */
    public int poll(List<Pulse> everybody, Countdown time) {
        Map<String, Observation> seen = new HashMap<>();
        Instant asked = clock.instant();
        try {
            reader.read(DynamicsPlatform.NAME, time.half().left(), api::statuses)
                    .forEach(row ->
                            seen.put(row.systemUserId(), new Observation(DynamicsPlatform.NAME, asked, row.fields())));
        } catch (PlatformException e) {
            LOG.warnf("Dynamics 365 was not read: %s", e.getMessage());
            return 0;
        }
        Trigger trigger = correlationIds.begin("dynamics snapshot");
        Map<String, Evidence> different = different(everybody, seen);
        try (Stream<AgentState> agents = store.loadAll(different.keySet(), agentId -> {})) {
            List<Crew.Job> news = agents.flatMap(agent -> news(agent, different.get(agent.agentId()), trigger))
                    .toList();
            return crew.count(trigger.name(), news, time.left());
        }
    }

    /** By agent, of those who may show something new. */
    private Map<String, Evidence> different(List<Pulse> everybody, Map<String, Observation> seen) {
        Map<String, Evidence> different = new HashMap<>();
        for (Pulse agent : everybody) {
            agent.externalId(DynamicsPlatform.NAME)
                    .ifPresent(id -> Optional.ofNullable(seen.get(id))
                            .filter(row -> intake.mayBeNews(agent, row))
                            .ifPresent(row ->
                                    different.put(agent.agentId(), new Evidence.Observed(Optional.of(id), row))));
        }
        return different;
    }

    private Stream<Crew.Job> news(AgentState agent, Evidence row, Trigger trigger) {
        List<Evidence> evidence = List.of(row);
        return FaultIsolation.holds(agent.agentId(), () -> intake.wouldChange(agent, evidence))
                ? Stream.of(new Crew.Job(agent.agentId(), () -> intake.accept(agent.agentId(), evidence, trigger)))
                : Stream.empty();
    }
}
