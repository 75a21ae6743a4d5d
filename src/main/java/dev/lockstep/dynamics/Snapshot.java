package dev.lockstep.dynamics;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.Separately;
import dev.lockstep.platform.News;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
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
public final class Snapshot {
    private static final Logger LOG = Logger.getLogger(Snapshot.class);

    private final OmnichannelApi api;
    private final AgentStore store;
    private final InstantSource clock;
    private final BiPredicate<AgentState, List<News>> matters;
    private final BiConsumer<String, List<News>> recorder;

    Snapshot(
            OmnichannelApi api,
            AgentStore store,
            InstantSource clock,
            BiPredicate<AgentState, List<News>> matters,
            BiConsumer<String, List<News>> recorder) {
        this.api = api;
        this.store = store;
        this.clock = clock;
        this.matters = matters;
        this.recorder = recorder;
    }

    /** @return how many agents had news; none if Dynamics did not answer, and the next sweep will ask again */
    public int take() {
        List<News> unread = List.of();
        Map<String, List<News>> seen = new HashMap<>();
        Instant asked = clock.instant();
        try {
            api.statuses()
                    .forEach(row -> seen.put(
                            row.systemUserId(),
                            List.of(new News.Seen(new Observation(DynamicsPlatform.NAME, asked, row.fields())))));
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

    private boolean tell(AgentState agent, List<News> news) {
        return !news.isEmpty()
                && matters.test(agent, news)
                && Separately.attempt(agent.agentId(), () -> recorder.accept(agent.agentId(), news));
    }
}
