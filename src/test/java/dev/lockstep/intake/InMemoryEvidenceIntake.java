package dev.lockstep.intake;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Evidence;
import dev.lockstep.store.StoreUnavailable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Keeps what it is handed, by agent and in its order. Everything matters to it. */
public final class InMemoryEvidenceIntake implements EvidenceIntake {
    private final Map<String, List<Evidence>> accepted = new ConcurrentHashMap<>();
    private final Map<String, List<Evidence>> queued = new ConcurrentHashMap<>();
    private final Set<String> triggers = new ConcurrentSkipListSet<>();
    private final BiConsumer<String, List<Evidence>> consequence;
    private boolean unavailable;

    public InMemoryEvidenceIntake() {
        this((agentId, news) -> {});
    }

    /** @param consequence of everything that is handed in, once it is kept */
    public InMemoryEvidenceIntake(BiConsumer<String, List<Evidence>> consequence) {
        this.consequence = consequence;
    }

    /** From now on nothing can be recorded. */
    public void becomeUnavailable() {
        unavailable = true;
    }

    /** What was to be acted on at once. */
    public Map<String, List<Evidence>> accepted() {
        return accepted;
    }

    /** The same, of everybody. */
    public List<Evidence> acceptedOfAll() {
        return accepted.values().stream().flatMap(Collection::stream).toList();
    }

    /** What was left to the bulk lane. */
    public Map<String, List<Evidence>> queued() {
        return queued;
    }

    /** What brought the news that was to be acted on at once. */
    public Set<String> triggers() {
        return triggers;
    }

    @Override
    public void take(String agentId, List<Evidence> news, String trigger) {
        keep(accepted, agentId, news);
        triggers.add(trigger);
    }

    @Override
    public void leave(String agentId, List<Evidence> news) {
        keep(queued, agentId, news);
    }

    @Override
    public boolean matters(AgentState known, List<Evidence> news) {
        return true;
    }

    private void keep(Map<String, List<Evidence>> lane, String agentId, List<Evidence> news) {
        if (unavailable) {
            throw new StoreUnavailable("down", null);
        }
        lane.merge(
                agentId,
                List.copyOf(news),
                (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
        consequence.accept(agentId, news);
    }
}
