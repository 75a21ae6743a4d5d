package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.LatestDecision;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * When all is forgotten of somebody who was removed, but the ids by which they are recognised. Until then it is known what
 * may stand on platforms for them, so that it can be taken back; nothing that we write stands for so long by itself.
 */
final class Removal {
    /** As long as the timeline tells of them. */
    static final Duration KEPT = Duration.ofDays(30);

    private Removal() {}

    /** @return some time after they were last at work, and after the last write that a platform took */
    static Instant endsAt(AgentState removed) {
        Stream<Instant> writes = removed.standings().values().stream()
                .flatMap(standing -> standing.ledger().entries().stream())
                .filter(LedgerEntry::isAccepted)
                .map(LedgerEntry::at);
        return Stream.concat(writes, removed.latest().map(LatestDecision::since).stream())
                .max(Comparator.naturalOrder())
                .map(last -> last.plus(KEPT))
                .orElse(Instant.MIN);
    }

    /**
     * Who has just been removed may have been away for long: what is to be taken back is tried first, once. What cannot be
     * taken back in all that time, such as from an account that is gone, is given up.
     */
    static boolean isOver(AgentState removed, List<SyncPlan.Task> tasks, Instant now) {
        boolean isTried = tasks.stream()
                .map(task -> removed.standing(task.platform().name()))
                .map(Standing::progress)
                .allMatch(progress -> progress.attempts() > 0);
        return isTried && !now.isBefore(endsAt(removed));
    }
}
