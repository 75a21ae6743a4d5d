package dev.lockstep.store;

import dev.lockstep.agent.AgentView;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the board shows, read from an index that holds nothing else: a tenth of what the agents' items weigh, at most a
 * second or so behind them.
 *
 * <p>Every method throws {@link StoreUnavailable} if the store did not answer or asked to wait.
 */
public interface AgentViews {
    /**
     * Every agent of a team, whose name is in any case, by the agents' names; those without a team for a blank one.
     *
     * @param unreadable is told the id of each agent who cannot be shown, because what is stored of them cannot be read
     */
    Stream<AgentView> ofTeam(String team, Consumer<String> unreadable);

    /** Every agent, in no order, read in pages as the stream goes on. */
    Stream<AgentView> all(Consumer<String> unreadable);
}
