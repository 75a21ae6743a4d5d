package dev.lockstep.agent;

import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Sight;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What whoever passes over everybody must know of an agent, to tell whether to look at them: two hundred bytes where the
 * item has a thousand.
 *
 * @param dueAt when the sweep must look at the agent even if nothing happens
 * @param isComplete whether it tells more than that: an older version stored nothing else, and then the item must be read
 * @param team whose mapping says what is shown means
 * @param externalIds by platform: the agent's id there
 * @param rosters the shifts that are known, with those that wait in the inbox
 * @param sights by platform: what it may go on showing
 */
public record Pulse(
        String agentId,
        Optional<Instant> dueAt,
        boolean isComplete,
        String team,
        SortedMap<String, String> externalIds,
        Rosters rosters,
        SortedMap<String, Sight> sights) {

    /**
     * Whatever changes what an observation means and stands neither in the item nor in a digest, such as another version of
     * the product or a setting, counts once everybody was looked at, which is spread over that time.
     */
    private static final Duration ROUND = Duration.ofHours(4);

    public static Pulse of(AgentState state, Map<String, Sight> sights) {
        return new Pulse(
                state.agentId(),
                state.dueAt(),
                true,
                state.profile().team(),
                state.profile().externalIds(),
                told(state).rosters(),
                new TreeMap<>(sights));
    }

    /** Of an agent of whom only that is known. */
    public static Pulse unknown(String agentId, Optional<Instant> dueAt) {
        return new Pulse(agentId, dueAt, false, "", new TreeMap<>(), Rosters.NONE, new TreeMap<>());
    }

    /** With what waits in the inbox: the end of a shift of hundreds is worked off for minutes, and is told once. */
    private static Situation told(AgentState state) {
        return state.situation()
                .fold(state.inbox().stream()
                        .flatMap(news -> news instanceof Evidence.Reported(Signal.Shifts shifts)
                                ? Stream.of((Signal) shifts)
                                : Stream.empty())
                        .toList());
    }

    /** Those whose time has come, the most overdue first. */
    public static Stream<Pulse> due(Collection<Pulse> everybody, Instant now) {
        return everybody.stream()
                .filter(agent -> agent.isDue(now))
                .sorted(Comparator.comparing(agent -> agent.dueAt().orElseThrow()));
    }

    public Optional<String> externalId(String platform) {
        return Optional.ofNullable(externalIds.get(platform));
    }

    public boolean isDue(Instant now) {
        return dueAt.filter(due -> !due.isAfter(now)).isPresent();
    }

    /**
     * Whether it is no news that a platform shows this.
     *
     * @param digest of what shows ({@link Sight})
     */
    public boolean isKnownToShow(String platform, long digest, Instant now) {
        return !isInDoubt(now)
                && Optional.ofNullable(sights.get(platform))
                        .filter(sight -> sight.isOf(digest, now))
                        .isPresent();
    }

    /** Whether the item itself must be asked: news may wait in it, or it is its turn. */
    public boolean isInDoubt(Instant now) {
        return !isComplete || isDue(now) || isTurn(now);
    }

    private boolean isTurn(Instant now) {
        long minutes = ROUND.toMinutes();
        return Math.floorMod(agentId.hashCode(), minutes) == Math.floorMod(now.getEpochSecond() / 60, minutes);
    }
}
