package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is known of an agent at one moment, and what follows from it.
 *
 * @param state with all news folded in, decided, and every platform's condition noted
 * @param tasks what is to be written, by platform
 * @param since when the first of all news that are considered came here
 * @param dueAt when to look again if nothing happens
 */
record SyncPlan(AgentState state, List<Task> tasks, Instant since, Optional<Instant> dueAt, Duration breakerWindow) {
    /** What is to be written on one platform. */
    record Task(Platform platform, Subject subject, Plan plan) {
        Standing noted(Standing standing, Instant since) {
            Standing next = standing;
            for (LedgerEntry step : plan.steps()) {
                next = next.intending(step);
            }
            return next.attempting(since);
        }

        /** Whether the agent becomes reachable for new work by it. */
        boolean isRelease() {
            return plan.releases();
        }

        boolean isProtection() {
            return !isRelease();
        }

        /** Whether another task, planned at another time, would write the same values on the same platform. */
        boolean writesTheSameAs(Task other) {
            return platform.name().equals(other.platform().name()) && values().equals(other.values());
        }

        private List<String> values() {
            return plan.steps().stream().map(LedgerEntry::value).toList();
        }
    }

    SyncPlan {
        tasks = List.copyOf(tasks);
    }

    boolean hasSteps() {
        return !tasks.isEmpty();
    }

    boolean releases() {
        return tasks.stream().anyMatch(Task::isRelease);
    }

    /** The same plan, of whose tasks only some are carried out. */
    SyncPlan only(Predicate<Task> chosen) {
        return new SyncPlan(state, tasks.stream().filter(chosen).toList(), since, dueAt, breakerWindow);
    }

    /** Whether nothing was learned, nothing is to be done and nothing is overdue: then the item need not be touched. */
    boolean changesNothing(AgentState stored, Instant now) {
        boolean isOverdue = stored.dueAt().map(due -> !now.isBefore(due)).orElse(false);
        return !hasSteps() && !isOverdue && stored.lease().isEmpty() && state.equals(stored);
    }

    /** The state with everything noted that is about to be written. */
    AgentState noted() {
        AgentState next = state;
        for (Task task : tasks) {
            String platform = task.platform().name();
            Standing standing = task.noted(next.standing(platform), since);
            Instant at = task.plan().steps().getFirst().at();
            next = next.with(platform, task.plan().overwrites() ? standing.overwriting(at, breakerWindow) : standing);
        }
        return next;
    }

    /** Takes back the note of writes that are not going to be made: what was held before is held still. */
    Standing withdrawn(Task task, List<LedgerEntry> steps, Standing noted) {
        Standing before = state.standing(task.platform().name());
        Standing next = noted;
        for (LedgerEntry step : steps) {
            next = next.dropping(step, before.ledger().newestIn(step.slot()));
        }
        return next;
    }

    /** The same without writing anything now: the next visit will. */
    SyncPlan putOff(Instant now) {
        return hasSteps() ? new SyncPlan(state, List.of(), since, Optional.of(now), breakerWindow) : this;
    }

    static Optional<Duration> sooner(Optional<Duration> one, Optional<Duration> other) {
        return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
    }
}
