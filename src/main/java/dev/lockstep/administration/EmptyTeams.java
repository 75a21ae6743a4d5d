package dev.lockstep.administration;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.document.Suggestions;
import dev.lockstep.store.AgentStore;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Warns of teams in which nobody is: what is configured for them concerns nobody, most likely because a name was
 * mistyped. It is no mistake, for a team may be prepared before its people come.
 */
record EmptyTeams(AgentStore agents) {
    /** @param draft into which the whole request was read */
    void warn(Draft draft) {
        if (draft.teams.isEmpty()) {
            return;
        }
        Set<String> known = known(draft);
        draft.teams.stream()
                .filter(team -> !known.contains(Profile.teamKey(team.text())))
                .forEach(team -> team.tell(
                        draft.warnings,
                        "nobody is in the team \"" + team.text() + "\""
                                + Suggestions.to(team.text(), known)
                                        .map(near -> "; did you mean \"" + near + "\"?")
                                        .orElse("; give agents this team, or it concerns nobody")));
    }

    private Set<String> known(Draft draft) {
        Stream<Profile> requested = draft.agents.stream().map(Draft.Agent::profile);
        try (Stream<AgentState> all = agents.all()) {
            return of(Stream.concat(all.map(AgentState::profile), requested));
        }
    }

    /** Those in which somebody is, as they are compared. */
    static Set<String> of(Stream<Profile> people) {
        return people.map(profile -> Profile.teamKey(profile.team()))
                .filter(team -> !team.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
