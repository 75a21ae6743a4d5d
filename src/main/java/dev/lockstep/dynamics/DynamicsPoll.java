package dev.lockstep.dynamics;

import dev.lockstep.agent.AgentState;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.AgentStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads all representatives' status rows and tells what the webhook did not: Dataverse gives up a message after one
 * retry and keeps no order.
 */
public final class DynamicsPoll {
    private static final Logger LOG = Logger.getLogger(DynamicsPoll.class);

    private final OmnichannelApi api;
    private final AgentStore store;
    private final InstantSource clock;
    private final BiPredicate<AgentState, List<Evidence>> matters;
    private final BiConsumer<String, List<Evidence>> recorder;

    DynamicsPoll(
            OmnichannelApi api,
            AgentStore store,
            InstantSource clock,
            BiPredicate<AgentState, List<Evidence>> matters,
            BiConsumer<String, List<Evidence>> recorder) {
        this.api = api;
        this.store = store;
        this.clock = clock;
        this.matters = matters;
        this.recorder = recorder;
    }

    /** @return how many agents had news; none if Dynamics did not answer, and the next sweep will ask again */
    public int take() {
        List<Evidence> unread = List.of();
        Map<String, List<Evidence>> seen = new HashMap<>();
        Instant asked = clock.instant();
        try {
            api.statuses()
                    .forEach(row -> seen.put(
                            row.systemUserId(),
                            List.of(new Evidence.Observed(
                                    new Observation(DynamicsPlatform.NAME, asked, row.fields())))));
        } catch (PlatformException e) {
            LOG.warnf("Dynamics 365 was not read: %s", e.getMessage());
            return 0;
        }
        try (Stream<AgentState> all = store.all()) {
            return (int) all.filter(agent -> tell(agent, seen.getOrDefault(id(agent), unread)))
                    .count();
        }
    }

    private static String id(AgentState agent) {
        return agent.profile().externalId(DynamicsPlatform.NAME).orElse("");
    }

    private boolean tell(AgentState agent, List<Evidence> news) {
        return !news.isEmpty()
                && matters.test(agent, news)
                && FaultIsolation.attempt(agent.agentId(), () -> recorder.accept(agent.agentId(), news));
    }
}
