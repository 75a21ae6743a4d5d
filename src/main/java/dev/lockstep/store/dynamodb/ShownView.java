package dev.lockstep.store.dynamodb;

import dev.lockstep.agent.AgentView;
import java.util.List;
import java.util.SortedMap;

/**
 * What the index by team shows of an agent beside its own attributes.
 *
 * @param team as people write it; the index is asked by the team's key
 */
record ShownView(String team, List<String> because, SortedMap<String, AgentView.OnPlatform> platforms) {
    ShownView {
        team = team == null ? "" : team;
    }

    static ShownView of(AgentView view) {
        return new ShownView(
                view.team(), view.details().because(), view.details().platforms());
    }

    AgentView.Details details() {
        return new AgentView.Details(because, platforms);
    }
}
