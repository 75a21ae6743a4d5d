package dev.lockstep.agent;

import dev.lockstep.platform.Condition;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people and applications are shown of an agent: a small part of the state, so that a whole team can be read in
 * one go.
 *
 * @param team blank if none is configured
 * @param since when that status began
 */
public record AgentView(
        String agentId, String name, String team, Status status, Optional<Instant> since, Details details) {

    /** Whether some platform has shown the agent wrongly for longer than writing takes. */
    public boolean isOutOfSync(Instant now) {
        return details.platforms().values().stream().anyMatch(on -> on.isOutOfSync(now));
    }

    /**
     * For boards and lists: what a platform has accepted counts as shown until it is known not to be, so that nothing
     * changes for a reader, and for the index that is charged for each change, when it comes to show.
     */
    public static AgentView expected(AgentState state) {
        AgentState next = state;
        for (Map.Entry<String, Standing> standing : state.standings().entrySet()) {
            next = next.with(standing.getKey(), standing.getValue().expected());
        }
        return of(next);
    }

    public static AgentView of(AgentState state) {
        return new AgentView(
                state.agentId(),
                state.profile().name(),
                state.profile().team(),
                state.status(),
                state.since(),
                Details.of(state));
    }

    /**
     * Why, and where.
     *
     * @param because everything that speaks for the status, strictest first, in words
     * @param platforms by the platform's name
     */
    public record Details(List<String> because, SortedMap<String, OnPlatform> platforms) {
        public Details {
            because = List.copyOf(because);
        }

        private static Details of(AgentState state) {
            SortedMap<String, OnPlatform> platforms = new TreeMap<>();
            state.standings().forEach((platform, standing) -> platforms.put(platform, OnPlatform.of(standing)));
            return new Details(state.because(), platforms);
        }
    }

    /**
     * How the agent stands on one platform.
     *
     * @param wanted empty when nothing is wanted there
     * @param observed what the platform shows, in our words; empty if that is not known
     * @param told what it was last told, if it cannot be read
     * @param message what heals the condition
     * @param wrongSince since when the platform has not been as wanted; empty while it is, or if that is not known
     */
    public record OnPlatform(
            Optional<Status> wanted,
            Optional<Status> observed,
            Optional<Told> told,
            Condition condition,
            String message,
            Optional<Instant> wrongSince) {
        /** What was written shows by then, even if the message about it is lost and the sweep has to find it. */
        public static final Duration SETTLING = Duration.ofSeconds(60);

        /** Whether the platform has been wrong for longer than writing takes. */
        public boolean isOutOfSync(Instant now) {
            return condition.isWrong()
                    && wrongSince
                            .map(since -> since.plus(SETTLING).isBefore(now))
                            .orElse(true);
        }

        /** A status, and when a platform took it. */
        public record Told(Status status, Instant at) {
            private static Optional<Told> of(LedgerEntry entry) {
                return Status.of(entry.value()).map(status -> new Told(status, entry.at()));
            }
        }

        private static OnPlatform of(Standing standing) {
            return new OnPlatform(
                    standing.wanted(),
                    standing.display().showing(),
                    standing.ledger().told().flatMap(Told::of),
                    standing.condition(),
                    standing.progress().message(),
                    standing.progress().wrongSince());
        }
    }
}
