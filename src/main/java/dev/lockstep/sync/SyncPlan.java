package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an agent at one moment, and what follows from it.
 *
 * @param state with all news folded in, decided, and every platform's condition noted
 * @param tasks what is to be written, by platform
 * @param dueAt when to look again if nothing happens
 */
record SyncPlan(AgentState state, List<Task> tasks, Optional<Instant> dueAt, Duration breakerWindow) {
    /** What is to be written on one platform. */
    record Task(Platform platform, Subject subject, Plan plan) {
        Standing noted(Standing standing) {
            Standing next = standing;
            for (LedgerEntry step : plan.steps()) {
                next = next.intending(step);
            }
            return next.attempting();
        }
    }

    SyncPlan {
        tasks = List.copyOf(tasks);
    }

    boolean hasSteps() {
        return !tasks.isEmpty();
    }

    /** The state with everything noted that is about to be written. */
    AgentState noted() {
        AgentState next = state;
        for (Task task : tasks) {
            String platform = task.platform().name();
            Standing standing = task.noted(next.standing(platform));
            Instant at = task.plan().steps().getFirst().at();
            next = next.with(platform, task.plan().overwrites() ? standing.overwriting(at, breakerWindow) : standing);
        }
        return next;
    }

    /** The same without writing anything now: the next visit will. */
    SyncPlan putOff(Instant now) {
        return hasSteps() ? new SyncPlan(state, List.of(), Optional.of(now), breakerWindow) : this;
    }
}
