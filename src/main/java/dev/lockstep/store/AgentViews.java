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
    /** Characters; the store would refuse to look for much longer ones (a key of DynamoDB holds 2048 bytes). */
    int LONGEST_TEAM = 512;

    /**
     * Every agent of a team, whose name is in any case, by the agents' names; those without a team for a blank one.
     *
     * @param unreadable is told the id of each agent who cannot be shown, because what is stored of them cannot be read
     */
    Stream<AgentView> ofTeam(String team, Consumer<String> unreadable);

    /**
     * Whom a reader asks for.
     *
     * @param team blank for everybody; nobody is in one with a longer name than is taken
     */
    default Stream<AgentView> asked(String team, Consumer<String> unreadable) {
        if (team.length() > LONGEST_TEAM) {
            return Stream.empty();
        }
        return team.isBlank() ? all(unreadable) : ofTeam(team, unreadable);
    }

    /** Every agent, in no order, read in pages as the stream goes on. */
    Stream<AgentView> all(Consumer<String> unreadable);
}
