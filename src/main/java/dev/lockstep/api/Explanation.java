package dev.lockstep.api;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Why an agent is what they are, and what was done about it: everything an administrator asks first.
 *
 * <p>Registered for reflection: Jackson writes it.
 */
@RegisterForReflection
record Explanation(
        String agentId,
        String status,
        Instant since,
        boolean signedIn,
        List<Why> because,
        Instant nextLookAt,
        Map<String, Where> platforms) {

    static Explanation of(AgentState state, Instant now) {
        SortedMap<String, Where> platforms = new TreeMap<>();
        state.standings().forEach((name, standing) -> platforms.put(name, Where.of(standing)));
        return new Explanation(
                state.agentId(),
                state.status().label(),
                state.since().orElse(null),
                state.situation().signIn().holdsAt(now),
                Stream.concat(
                                Why.signedOut(state).stream(),
                                state.decided().map(Decision::because).orElse(List.of()).stream()
                                        .map(Why::of))
                        .toList(),
                state.dueAt().orElse(null),
                platforms);
    }

    /** One reason. */
    @RegisterForReflection
    record Why(String kind, String source, String status, Instant since, String text) {
        static Optional<Why> signedOut(AgentState state) {
            Instant since = state.situation()
                    .signIn()
                    .signOut()
                    .map(out -> out.moment().at())
                    .orElse(null);
            return state.signedOut()
                    .map(text -> new Why("SIGNED_OUT", Source.DYNAMICS.name(), Status.OFFLINE.label(), since, text));
        }

        static Why of(Reason reason) {
            return new Why(
                    reason.kind().name(),
                    reason.source().name(),
                    reason.status().label(),
                    reason.since(),
                    reason.text());
        }
    }

    /** How it stands on one platform, and our last writes there. */
    @RegisterForReflection
    record Where(
            String wanted,
            String observed,
            String condition,
            String message,
            Instant retryAt,
            Map<String, String> shown,
            List<Write> writes) {
        static Where of(Standing standing) {
            return new Where(
                    standing.wanted().map(Status::label).orElse(null),
                    standing.display().showing().map(Status::label).orElse(null),
                    standing.condition().label(),
                    standing.progress().message(),
                    standing.progress().retryAt().orElse(null),
                    standing.observed()
                            .map(seen -> (Map<String, String>) new TreeMap<>(seen.shown()))
                            .orElse(Map.of()),
                    standing.ledger().entries().stream().map(Write::of).toList());
        }
    }

    /** One of our writes. */
    @RegisterForReflection
    record Write(String slot, String value, Instant at, Instant until, String outcome) {
        static Write of(LedgerEntry entry) {
            return new Write(
                    entry.slot(),
                    entry.isTakenBack() ? null : entry.value(),
                    entry.at(),
                    entry.until().orElse(null),
                    entry.outcome().name());
        }
    }
}
