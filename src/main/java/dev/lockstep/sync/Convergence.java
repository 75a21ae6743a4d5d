package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long platforms took to show what is wanted: from when that which changed it came here, over all retries, until they
 * are known to show it. What is as wanted already is not counted.
 */
final class Convergence {
    /** Which way a platform was brought in line. */
    enum Way {
        /** It keeps work away. */
        PROTECTING,
        /** It lets work in. */
        RELEASING,
        /** The agent is gone. */
        LEAVING;

        static Way to(Status wanted) {
            return switch (wanted) {
                case AVAILABLE -> RELEASING;
                case OFFLINE -> LEAVING;
                case AWAY, BE_RIGHT_BACK, BUSY, IN_A_MEETING, ON_A_CALL, DO_NOT_DISTURB -> PROTECTING;
            };
        }
    }

    private final Map<String, Instant> wrongSince = new TreeMap<>();

    /** @param state as it is stored: in it stands what is not as wanted, and since when */
    void begins(AgentState state) {
        state.standings()
                .forEach((platform, standing) ->
                        standing.progress().wrongSince().ifPresent(since -> wrongSince.putIfAbsent(platform, since)));
    }

    /** Counts what is as wanted now and was not. */
    void ends(AgentState state, Instant now, SyncMeter meter) {
        wrongSince.forEach((platform, since) -> {
            Standing standing = state.standing(platform);
            if (standing.condition() == Condition.IN_SYNC) {
                standing.wanted()
                        .ifPresent(wanted -> meter.converged(
                                platform,
                                Way.to(wanted).name().toLowerCase(Locale.ROOT),
                                Duration.between(since, now)));
            }
        });
    }
}
