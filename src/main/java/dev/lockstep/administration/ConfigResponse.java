package dev.lockstep.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Line;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.document.Diagnostic;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What a request is answered with: as JSON, its parts by these names. */
@RegisterForReflection
public sealed interface ConfigResponse {
    /**
     * @param applied whether it was asked for and done
     * @param mistakes what must be put right; nothing is applied while there is one
     * @param warnings what was taken, and may not be meant so
     * @param changes what changed, or would
     */
    @RegisterForReflection
    record Result(boolean applied, List<Diagnostic> mistakes, List<Diagnostic> warnings, List<ConfigChange> changes)
            implements ConfigResponse {
        public Result {
            mistakes = List.copyOf(mistakes);
            warnings = List.copyOf(warnings);
            changes = List.copyOf(changes);
        }
    }

    /**
     * What is configured, in the shape of a request.
     *
     * @param mappings by scope
     * @param unreadable ids of agents who are missing, because what is stored of them cannot be read; left out if there are
     *     none, and no part of a request
     */
    @RegisterForReflection
    record Export(
            List<Connection> connections,
            List<LineEntry> lines,
            SortedMap<String, JsonNode> mappings,
            List<AgentEntry> agents,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SupervisorGroup> supervisors,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unreadable)
            implements ConfigResponse {
        public Export {
            connections = List.copyOf(connections);
            lines = List.copyOf(lines);
            agents = List.copyOf(agents);
            supervisors = List.copyOf(supervisors);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * What was applied last.
     *
     * @param history the newest first
     */
    @RegisterForReflection
    record History(List<HistoryEntry> history) implements ConfigResponse {
        public History {
            history = List.copyOf(history);
        }
    }

    /** A line as a request names it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @RegisterForReflection
    record LineEntry(String connection, Optional<String> line, Optional<String> mac, String agent) {
        static LineEntry of(String connection, Line line) {
            return new LineEntry(connection, line.line(), line.mac(), line.agent());
        }
    }

    /**
     * An agent as a request names them.
     *
     * @param team null if none is configured
     * @param identities such as {@code teams#<Entra object id>}
     * @param fromDirectory which of name and identities (by their platform) the directory gave
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @RegisterForReflection
    record AgentEntry(
            String agentId,
            String name,
            Optional<String> team,
            List<String> identities,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> fromDirectory) {}
}
