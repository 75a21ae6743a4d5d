package dev.lockstep.intake;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads what must be known of everybody, once for each run that passes over all agents. Who differs from that, or is in
 * doubt, is then loaded.
 *
 * <p>As long as some agents may be missing in the index, because an older version stored them, their items are read
 * instead: who is not listed is nobody without news.
 */
@Singleton
public final class RollCall {
    private static final Logger LOG = Logger.getLogger(RollCall.class);

    /** Ten thousand take a second or two. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final AgentStore store;
    private final Control control;
    private final ParallelRunner threads;
    private final InstantSource clock;

    @Inject
    public RollCall(AgentStore store, Control control, ParallelRunner threads, InstantSource clock) {
        this.store = store;
        this.control = control;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Everybody, in no order, a second or so behind.
     *
     * @throws StoreUnavailable if not everybody could be read
     */
    public List<Pulse> everybody() {
        if (!isComplete(clock.instant())) {
            LOG.info("everybody's item is read: the index of pulses is not known to hold them all");
            return fromItems();
        }
        List<Callable<List<Pulse>>> shards = store.shards().stream()
                .map(shard -> (Callable<List<Pulse>>) () -> store.pulses(shard).toList())
                .toList();
        List<Pulse> found = new ArrayList<>();
        for (Optional<List<Pulse>> shard : threads.runAll(shards, PATIENCE)) {
            found.addAll(shard.orElseThrow(
                    () -> new StoreUnavailable("agents: a shard of the index was not read in time", null)));
        }
        return completed(found);
    }

    /** Everybody, as their items say now. It reads all of them. */
    public List<Pulse> fromItems() {
        try (Stream<AgentState> all = store.all()) {
            return all.map(RollCall::withoutSights).toList();
        }
    }

    private boolean isComplete(Instant now) {
        return control.get(ControlKeys.PULSES)
                .flatMap(Listing::of)
                .filter(listing -> listing.isComplete(now))
                .isPresent();
    }

    /** What the index does not tell of somebody is asked of their item; who cannot be read stays, with the due time. */
    private List<Pulse> completed(List<Pulse> found) {
        List<String> incomplete = found.stream()
                .filter(pulse -> !pulse.isComplete())
                .map(Pulse::agentId)
                .toList();
        if (incomplete.isEmpty()) {
            return found;
        }
        Map<String, Pulse> read = store.loadAll(incomplete, agentId -> {})
                .map(RollCall::withoutSights)
                .collect(Collectors.toMap(Pulse::agentId, pulse -> pulse));
        return found.stream()
                .map(pulse -> read.getOrDefault(pulse.agentId(), pulse))
                .toList();
    }

    private static Pulse withoutSights(AgentState agent) {
        return Pulse.of(agent, Map.of());
    }
}
