package dev.lockstep.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * One thing that a request changes.
 *
 * @param what {@code connection desk}, {@code line desk 1042}, {@code mapping team#priority}, {@code agent rita}
 * @param change in words
 * @param affected how many agents are shown otherwise by it
 * @param agents what changes for whom, for at most {@link #MAX_SHOWN} of them
 */
@RegisterForReflection
public record ConfigChange(
        String what,
        String change,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int affected,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Effect> agents) {
    static final int MAX_SHOWN = 100;

    public ConfigChange {
        agents = List.copyOf(agents);
    }

    ConfigChange(String what, String change) {
        this(what, change, 0, List.of());
    }

    /** Else it tells what follows from the others. */
    boolean isAskedFor() {
        return affected == 0;
    }

    /**
     * What a platform shows of an agent's present status, before and after.
     *
     * @param status the agent's status at present
     */
    @RegisterForReflection
    public record Effect(String agentId, String name, String status, String platform, String before, String after) {}
}
