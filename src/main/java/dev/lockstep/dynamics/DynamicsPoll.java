package dev.lockstep.dynamics;

import dev.lockstep.agent.AgentState;
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
     * @param time of which reading may take half; whose news was not handed in by its end is left to the next sweep
     * @return how many agents had news; none if Dynamics did not answer, and the next sweep will ask again
     */
    public int poll(Countdown time) {
        List<Evidence> unread = List.of();
        Map<String, List<Evidence>> seen = new HashMap<>();
        Instant asked = clock.instant();
        try {
            reader.read(DynamicsPlatform.NAME, time.half().left(), api::statuses)
                    .forEach(row -> seen.put(
                            row.systemUserId(),
                            List.of(new Evidence.Observed(
                                    new Observation(DynamicsPlatform.NAME, asked, row.fields())))));
        } catch (PlatformException e) {
            LOG.warnf("Dynamics 365 was not read: %s", e.getMessage());
            return 0;
        }
        Trigger trigger = correlationIds.begin("dynamics snapshot");
        try (Stream<AgentState> all = store.all()) {
            List<Crew.Job> news = all.flatMap(agent -> news(agent, seen.getOrDefault(id(agent), unread), trigger))
                    .toList();
            return crew.count(trigger.name(), news, time.left());
        }
    }

    private static String id(AgentState agent) {
        return agent.profile().externalId(DynamicsPlatform.NAME).orElse("");
    }

    private Stream<Crew.Job> news(AgentState agent, List<Evidence> evidence, Trigger trigger) {
        boolean isNews =
                !evidence.isEmpty() && FaultIsolation.holds(agent.agentId(), () -> intake.wouldChange(agent, evidence));
        return isNews
                ? Stream.of(new Crew.Job(agent.agentId(), () -> intake.accept(agent.agentId(), evidence, trigger)))
                : Stream.empty();
    }
}
