package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What is to be done for an agent on one platform, and why it is not done where it is not. */
record PlatformPlanner(WriteModes modes, SyncSettings settings) {
    /**
     * What was handed in.
     *
     * @param any whether anything was
     * @param ofTheAgent whether more is known of the agent by it; that a platform shows the same again is none
     */
    record News(boolean any, boolean ofTheAgent) {}

    /** How an agent stands on one platform, and what is to be done there. */
    record View(Optional<Standing> standing, Optional<SyncPlan.Task> task, Optional<Instant> reviewAt) {
        /** The agent is nobody there. */
        static final View NONE = new View(Optional.empty(), Optional.empty(), Optional.empty());

        /** Nothing is written now. */
        static View still(Standing standing, Optional<Instant> reviewAt) {
            return new View(Optional.of(standing), Optional.empty(), reviewAt);
        }

        static View writing(Standing standing, SyncPlan.Task task) {
            return new View(
                    Optional.of(standing), Optional.of(task), task.plan().reviewAt());
        }

        /** With what the platform shows, in our words. */
        View showing(Platform platform, Mapping mapping) {
            return platform instanceof ReadablePlatform readable
                    ? new View(standing.map(it -> showing(readable, it, mapping)), task, reviewAt)
                    : this;
        }

        private static Standing showing(ReadablePlatform platform, Standing standing, Mapping mapping) {
            return standing.showing(
                    standing.observed().flatMap(seen -> platform.showing(seen, standing.wanted(), mapping)));
        }
    }

    /** Every gate that is closed says why nothing is written; behind the last one it is. */
    View view(Platform platform, AgentState state, Decider decider, Mapping mapping, News news, Instant now) {
        Optional<Subject> subject = subject(platform, state);
        if (subject.isEmpty()) {
            return unserved(platform);
        }
        Situation situation = state.isRemoved() ? remaining(platform, state) : state.situation();
        DesiredPresence wish = wish(platform, subject.get(), situation, decider, mapping, now);
        Standing standing = state.standing(platform.name()).wanting(wish.status());
        WriteModes.Mode mode = modes.of(subject.get(), platform.name());
        return switchedOff(mode, standing)
                .or(() -> waiting(standing, news, now))
                .orElseGet(() -> {
                    Plan plan = platform.plan(wish, standing, now);
                    Standing wanting = standing.wanting(plan.instead().or(standing::wanted));
                    return planned(new SyncPlan.Task(platform, subject.get(), plan), wanting, mode, now);
                })
                .showing(platform, mapping);
    }

    /**
     * What counts on a platform for somebody who was removed. Nothing is wanted, so what we hold is taken back; where a
     * single status stands at a time, what they have without us takes its place.
     */
    private static Situation remaining(Platform platform, AgentState state) {
        boolean isReplaced = platform instanceof ReadablePlatform readable
                && !readable.coversItsOwnFacts()
                && !state.standing(platform.name()).ledger().held().isEmpty();
        return isReplaced ? state.situation() : Situation.unknown();
    }

    private View planned(SyncPlan.Task task, Standing standing, WriteModes.Mode mode, Instant now) {
        return nothingToWrite(task.plan(), standing)
                .or(() -> onlyObserving(mode, task, standing))
                .or(() -> loopSuspected(task.plan(), standing, now))
                .orElseGet(() -> View.writing(standing, task));
    }

    private static DesiredPresence wish(
            Platform platform, Subject subject, Situation situation, Decider decider, Mapping mapping, Instant now) {
        Source source = new Source(platform.name());
        Decision decision = decider.decideFor(source, platform::isToldItsOwn, situation, now);
        return new DesiredPresence(
                decision,
                situation.signIn().holdsAt(now),
                mapping,
                decider.factOf(source, situation, now),
                decision.choice().flatMap(latest -> situation.choices().saidAlready(source, latest)),
                subject.agentId());
    }

    private static View unserved(Platform platform) {
        return platform.knowsAgentsByOurId()
                ? View.NONE
                : View.still(
                        Standing.NEW.in(
                                Condition.UNMAPPED,
                                "the agent has no id on " + platform.name() + ": run the directory, or configure it"),
                        Optional.empty());
    }

    private static Optional<View> switchedOff(WriteModes.Mode mode, Standing standing) {
        return when(
                mode == WriteModes.Mode.OFF,
                () -> View.still(standing.in(Condition.OFF, "writing is switched off"), Optional.empty()));
    }

    /**
     * A wait that the platform asked for is kept whatever happens; one of our own ends when there is news. What people
     * must grant may be granted by now: it is asked for once with each thing that is learned of the agent.
     */
    private static Optional<View> waiting(Standing standing, News news, Instant now) {
        boolean isToTry = switch (standing.condition()) {
            case THROTTLED -> false;
            case PERMISSION_MISSING -> news.ofTheAgent();
            case IN_SYNC, PENDING, UNCONFIRMED, NOT_SIGNED_IN, HELD_BY_PERSON, UNMAPPED, LOOP_SUSPECTED, OFF ->
                news.any();
        };
        boolean isEarly = standing.progress().retryAt().filter(now::isBefore).isPresent();
        return when(
                isEarly && !isToTry,
                () -> View.still(standing, standing.progress().retryAt()));
    }

    private static Optional<View> nothingToWrite(Plan plan, Standing standing) {
        return when(plan.isEmpty(), () -> View.still(standing.in(plan.condition(), plan.message()), plan.reviewAt()));
    }

    private static Optional<View> onlyObserving(WriteModes.Mode mode, SyncPlan.Task task, Standing standing) {
        return when(mode == WriteModes.Mode.OBSERVE, () -> {
            String value = task.platform().named(task.plan().steps().getLast().value());
            return View.still(standing.in(Condition.OFF, "only observing; would write " + value), Optional.empty());
        });
    }

    private Optional<View> loopSuspected(Plan plan, Standing standing, Instant now) {
        Instant from = now.minus(settings.breakerWindow());
        long recent = standing.progress().overwrites().stream()
                .filter(at -> at.isAfter(from))
                .count();
        return when(plan.overwrites() && recent >= settings.breakerLimit(), () -> {
            Instant end = standing.progress().overwrites().getLast().plus(settings.breakerWindow());
            String why = "somebody else writes here as often as we do: find out who, then wait or change it by hand";
            return View.still(standing.in(Condition.LOOP_SUSPECTED, why), Optional.of(end));
        });
    }

    private static Optional<View> when(boolean isClosed, Supplier<View> view) {
        return isClosed ? Optional.of(view.get()) : Optional.empty();
    }

    /** Who the agent is there. */
    static Optional<Subject> subject(Platform platform, AgentState state) {
        Optional<Subject> subject = platform.knowsAgentsByOurId()
                ? Optional.of(new Subject(
                        state.agentId(),
                        state.agentId(),
                        state.profile().name(),
                        state.profile().team()))
                : state.profile().on(platform.name(), state.agentId());
        return subject.filter(platform::concerns);
    }
}
