package dev.lockstep.store;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Sight;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One item per agent, changed only by conditional writes.
 *
 * <p>Every method throws {@link StoreUnavailable} if the store did not answer or asked to wait; then nothing is known
 * of whether it was done.
 *
 * <p>An agent whom a newer version stored in a form that this one cannot read is left alone: loading or saving throws
 * {@link NewerForm}, lists leave the agent out, and appended news waits for the version that can read it.
 */
public interface AgentStore {
    Optional<AgentState> load(String agentId);

    /**
     * Writes the whole item if nobody has changed it since it was loaded, and raises its version by one.
     *
     * @param next its version is the one that was loaded; 0 for an agent not stored yet
     * @return the state as stored, with its new version
     * @throws Conflict if somebody else was faster; it carries what is stored now
     */
    default AgentState save(AgentState next) throws Conflict {
        return save(next, Map.of());
    }

    /**
     * The same.
     *
     * @param sights by platform: what it may go on showing, for the agent's {@link Pulse}. Any other save forgets them
     */
    AgentState save(AgentState next, Map<String, Sight> sights) throws Conflict;

    /**
     * The same for a stored agent, when what was decided is about to be carried out: what {@link AgentViews} show may
     * stay as it was until the next {@link #save}, which tells what came of it.
     *
     * @throws Conflict if somebody else was faster; it carries what is stored now
     */
    AgentState saveIntents(AgentState next) throws Conflict;

    /**
     * Adds news for whoever holds the lease, and raises the version so that they notice. It needs no lease.
     *
     * @return false if there is no such agent
     */
    boolean append(String agentId, List<Evidence> news);

    /** The parts in which {@link #pulses} are read, side by side if one likes. */
    List<String> shards();

    /**
     * The agents of a shard, in no order, at most a second or so behind their items. Who was last stored by a version that
     * knows no pulses may be missing ({@link #unlisted}).
     */
    Stream<Pulse> pulses(String shard);

    /** Ids of agents of whom {@link #pulses} tell nothing, or not enough. All items are read for it. */
    Stream<String> unlisted();

    /**
     * Many agents at once, in no order, at most a second or so behind their items; who is not there is left out.
     *
     * @param unreadable is told the id of each agent who is left out, because what is stored of them cannot be read
     */
    Stream<AgentState> loadAll(Collection<String> agentIds, Consumer<String> unreadable);

    /** Every agent who can be read, in pages as the stream goes on. */
    default Stream<AgentState> all() {
        return all(unreadable -> {});
    }

    /**
     * The same.
     *
     * @param unreadable is told the id of each agent who is left out, because what is stored of them cannot be read
     */
    Stream<AgentState> all(Consumer<String> unreadable);

    void remove(String agentId);

    /** Somebody else changed the item first. */
    final class Conflict extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient AgentState stored;

        public Conflict(AgentState stored) {
            super("the agent's item has changed", null, false, false);
            this.stored = stored;
        }

        /** What is stored now; empty if the item is gone. */
        public Optional<AgentState> stored() {
            return Optional.ofNullable(stored);
        }
    }
}
