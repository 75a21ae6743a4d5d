package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lockstep.agent.AgentView;
import dev.lockstep.presence.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An agent as applications are shown them. Statuses in lower camel case; null where there is none.
 *
 * <p>Registered for reflection: Jackson writes it.
 *
 * @param remark why what was asked for does not show; null where it does, and where nothing was asked for
 */
@RegisterForReflection
record AgentJson(
        String agentId,
        String name,
        String team,
        String status,
        Instant since,
        List<String> because,
        Map<String, OnPlatform> platforms,
        @JsonInclude(JsonInclude.Include.NON_NULL) String remark) {

    static AgentJson of(AgentView view) {
        return of(view, "");
    }

    static AgentJson of(AgentView view, String remark) {
        SortedMap<String, OnPlatform> platforms = new TreeMap<>();
        view.details().platforms().forEach((name, on) -> platforms.put(name, OnPlatform.of(on)));
        return new AgentJson(
                view.agentId(),
                view.name(),
                view.team().isBlank() ? null : view.team(),
                view.status().label(),
                view.since().orElse(null),
                view.details().because(),
                platforms,
                remark.isBlank() ? null : remark);
    }

    /**
     * @param told what a platform that cannot be read was last told, and when; null for others
     * @param message what heals the condition; blank where nothing has to
     */
    @RegisterForReflection
    record OnPlatform(String wanted, String observed, String told, Instant toldAt, String condition, String message) {
        static OnPlatform of(AgentView.OnPlatform on) {
            return new OnPlatform(
                    on.wanted().map(Status::label).orElse(null),
                    on.observed().map(Status::label).orElse(null),
                    on.told().map(told -> told.status().label()).orElse(null),
                    on.told().map(AgentView.OnPlatform.Told::at).orElse(null),
                    on.condition().label(),
                    on.message());
        }
    }
}
