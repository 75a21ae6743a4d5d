package dev.lockstep.configured;

import dev.lockstep.mapping.MappingDocument;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A group in Entra, and the teams that its members supervise. It is stored as JSON of the same names.
 *
 * @param group its object id in lower case
 * @param teams in whatever case
 */
@RegisterForReflection
public record SupervisorGroup(String group, List<String> teams) {
    public SupervisorGroup {
        teams = List.copyOf(teams);
    }

    /** @param team blank for agents without one, whom no group supervises */
    public boolean covers(String team) {
        return !team.isBlank()
                && teams.stream().map(MappingDocument::scopeOf).anyMatch(MappingDocument.scopeOf(team)::equals);
    }
}
