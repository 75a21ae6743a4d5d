package dev.lockstep.teams;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.store.AgentStore;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Polls everybody's presence in Teams: the way to see what changes there that needs no delegated permission and works
 * in every cloud.
 *
 * <p>Agents are read from the store once a watch, so a poll costs the store nothing for those who did not change.
 */
public final class TeamsPoll {
    private static final Logger LOG = Logger.getLogger(TeamsPoll.class);

    private final ReadablePlatform teams;
    private final AgentStore store;
    private final BiPredicate<AgentState, List<Evidence>> matters;
    private final BiConsumer<String, List<Evidence>> recorder;

    /**
     * @param matters whether news makes a difference to an agent as last read
     * @param recorder takes news of an agent
     */
    public TeamsPoll(
            ReadablePlatform teams,
            AgentStore store,
            BiPredicate<AgentState, List<Evidence>> matters,
            BiConsumer<String, List<Evidence>> recorder) {
        this.teams = teams;
        this.store = store;
        this.matters = matters;
        this.recorder = recorder;
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
            seen = teams.read(List.copyOf(watched.keySet()));
        } catch (PlatformException e) {
            LOG.warnf("Teams was not read: %s", e.getMessage());
            return 0;
        }
        int told = 0;
        for (Map.Entry<String, Observation> entry : seen.entrySet()) {
            AgentState known = watched.get(entry.getKey().toLowerCase(Locale.ROOT));
            List<Evidence> news = List.of(new Evidence.Observed(entry.getValue()));
            if (known != null && matters.test(known, news)) {
                boolean taken = FaultIsolation.attempt(known.agentId(), () -> {
                    recorder.accept(known.agentId(), news);
                    store.load(known.agentId())
                            .ifPresent(now -> watched.put(entry.getKey().toLowerCase(Locale.ROOT), now));
                });
                told += taken ? 1 : 0;
            }
        }
        return told;
    }
}
