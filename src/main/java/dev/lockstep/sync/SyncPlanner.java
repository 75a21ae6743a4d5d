package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.Platforms;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes of an agent's item and of evidence what is to be done: fold, decide, plan. Calls nobody. */
@Singleton
final class SyncPlanner {
    private final Platforms platforms;
    private final Mappings mappings;
    private final Duration callMaxAge;
    private final WriteModes modes;
    private final SyncSettings settings;

    /** @param platforms all that are connected now */
    @Inject
    SyncPlanner(Platforms platforms, Mappings mappings, CallSettings calls, WriteModes modes, SyncSettings settings) {
        this.platforms = platforms;
        this.mappings = mappings;
        this.callMaxAge = calls.maxAge();
        this.modes = modes;
        this.settings = settings;
    }

    /** A platform whose own facts our writes hide, and the agent there. */
    record Covered(ReadablePlatform platform, Subject subject) {}

    List<Covered> covered(AgentState state) {
        return platforms.readable().stream()
                .filter(ReadablePlatform::coversItsOwnFacts)
                .flatMap(platform -> subject(platform, state).map(subject -> new Covered(platform, subject)).stream())
                .toList();
    }

    private Optional<Subject> subject(Platform platform, AgentState state) {
        Optional<Subject> subject = platform.knowsAgentsByOurId()
                ? Optional.of(new Subject(
                        state.agentId(),
                        state.agentId(),
                        state.profile().name(),
                        state.profile().team()))
                : state.profile().on(platform.name(), state.agentId());
        return subject.filter(platform::concerns);
    }

    /** A state into which evidence was folded, and the platforms that showed what proves nothing. */
    private record Folded(AgentState state, Set<String> doubtful) {}

    private Folded fold(AgentState stored, List<Evidence> evidence, Instant now) {
        AgentState state = stored.withInbox(List.of(), stored.version());
        if (state.isForgotten()) {
            return new Folded(state, Set.of());
        }
        Mapping mapping = mappings.forTeam(stored.profile().team());
        Set<String> doubtful = new HashSet<>();
        for (Evidence item :
                Stream.concat(stored.inbox().stream(), evidence.stream()).toList()) {
            state = switch (item) {
                case Evidence.Reported reported -> told(state, List.of(reported.signal()));
                case Evidence.Observed observed -> interpret(state, observed.observation(), mapping, now, doubtful);
            };
        }
        return new Folded(state.with(state.situation().forgetting(now)), doubtful);
    }

    private AgentState interpret(
            AgentState state, Observation seen, Mapping mapping, Instant now, Set<String> doubtful) {
        Optional<ReadablePlatform> platform = platforms.readable().stream()
                .filter(known -> known.name().equals(seen.platform()))
                .findFirst();
        if (platform.isEmpty()) {
            return state;
        }
        Interpretation meaning =
                platform.get().interpret(seen, state.standing(seen.platform()), state.situation(), mapping, now);
        if (meaning.doubtful()) {
            doubtful.add(seen.platform());
        }
        return told(state, meaning.signals()).with(seen.platform(), meaning.standing());
    }

    /** Of who was removed nothing more is learned. */
    private static AgentState told(AgentState state, List<Signal> signals) {
        return state.isRemoved() ? state : state.with(state.situation().fold(signals));
    }

    /**
     * What was handed in.
     *
     * @param any whether anything was
     * @param ofTheAgent whether more is known of the agent by it; that a platform shows the same again is none
     */
    private record News(boolean any, boolean ofTheAgent) {}

    /**
     * Whether evidence tells anything of an agent beside what is known and what waits in the inbox. That somebody is due,
     * or waits for a platform, is none: the queue and the sweep come for them at their own pace.
     */
    boolean isNews(AgentState known, List<Evidence> evidence, Instant now) {
        return !fold(known, evidence, now)
                .state()
                .equals(fold(known, List.of(), now).state());
    }

    /** What is to be done for an agent, all evidence considered. */
    SyncPlan plan(AgentState stored, List<Evidence> evidence, Instant now) {
        AgentState state = fold(stored, evidence, now).state();
        if (state.isForgotten()) {
            return new SyncPlan(state, List.of(), Optional.empty(), settings.breakerWindow());
        }
        boolean isToldMore = !evidence.isEmpty() || !stored.inbox().isEmpty();
        News news = new News(isToldMore, isToldMore && !state.situation().equals(stored.situation()));
        Mapping mapping = mappings.forTeam(state.profile().team());
        Decider decider = new Decider(new Policy(mapping.strictness(), callMaxAge));
        state = state.deciding(decider.decide(state.isRemoved() ? Situation.unknown() : state.situation(), now), now);
        List<SyncPlan.Task> tasks = new ArrayList<>();
        List<Instant> reviews = new ArrayList<>(
                state.decided().orElseThrow().reviewAt().stream().toList());
        for (Platform platform : platforms.all()) {
            View view = view(platform, state, decider, mapping, news, now);
            if (view.standing().isPresent()) {
                state = state.with(platform.name(), view.standing().get().at(now));
            }
            view.task().ifPresent(tasks::add);
            view.reviewAt().ifPresent(reviews::add);
        }
        if (state.isRemoved()) {
            if (Removal.isOver(state, tasks, now)) {
                return new SyncPlan(state.forget(), List.of(), Optional.empty(), settings.breakerWindow());
            }
            reviews.add(Removal.endsAt(state));
        }
        Optional<Instant> due = reviews.stream().filter(at -> at.isAfter(now)).min(Comparator.naturalOrder());
        return new SyncPlan(state, tasks, due, settings.breakerWindow());
    }

    /**
     * What of a plan's releases is written now that the covered platforms were read.
     *
     * @param plan the releases to be made, none if that has to wait
     * @param noted the state with the others no longer noted
     * @param retryIn how long to wait before looking again
     */
    record Release(SyncPlan plan, AgentState noted, Optional<Duration> retryIn) {}

    /**
     * Plans anew what a plan wanted to release. What was found may have changed what is wanted: only what was planned
     * before, and so is noted, and is still planned now is written.
     *
     * @param seen what the covered platforms show now that our covering writes are taken back
     * @return empty if that proves nothing
     */
    Optional<Release> planRelease(SyncPlan plan, AgentState protectedState, List<Evidence> seen, Instant now) {
        Folded found = fold(protectedState, seen, now);
        if (!found.doubtful().isEmpty()) {
            return Optional.empty();
        }
        SyncPlan fresh = plan(found.state(), List.of(), now);
        SyncPlan still =
                plan.only(task -> task.isRelease() && fresh.tasks().stream().anyMatch(task::writesTheSameAs));
        AgentState state = found.state();
        for (SyncPlan.Task task : plan.only(SyncPlan.Task::isRelease).tasks()) {
            if (!still.tasks().contains(task)) {
                state = state.with(task.platform().name(), withdrawn(plan, task, state));
            }
        }
        return Optional.of(new Release(still, state, Optional.empty()));
    }

    /**
     * What shows may be our own former write, or a call that it covered: nobody is let in until that is clear.
     *
     * @param wait how long to wait before looking again; none if that is to go on at once, as soon as there is time
     */
    Release withhold(SyncPlan plan, AgentState protectedState, List<Evidence> seen, Duration wait, Instant now) {
        AgentState state = fold(protectedState, seen, now).state();
        for (SyncPlan.Task task : plan.only(SyncPlan.Task::isRelease).tasks()) {
            Standing standing = withdrawn(plan, task, state)
                    .failing(Condition.PENDING, "waiting until no call is left on the other platforms", now.plus(wait));
            state = state.with(task.platform().name(), standing);
        }
        return new Release(plan.only(task -> false), state, Optional.of(wait).filter(Duration::isPositive));
    }

    private static Standing withdrawn(SyncPlan plan, SyncPlan.Task task, AgentState state) {
        Standing noted = state.standing(task.platform().name());
        return plan.withdrawn(task, task.plan().steps(), noted);
    }

    /** How an agent stands on one platform, and what is to be done there. */
    private record View(Optional<Standing> standing, Optional<SyncPlan.Task> task, Optional<Instant> reviewAt) {
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
    private View view(Platform platform, AgentState state, Decider decider, Mapping mapping, News news, Instant now) {
        Optional<Subject> subject = subject(platform, state);
        if (subject.isEmpty()) {
            return unserved(platform);
        }
        Situation situation = state.isRemoved() ? remaining(platform, state) : state.situation();
        DesiredPresence wish = wish(platform, situation, decider, mapping, now);
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
                .or(() -> onlyObserving(mode, task.plan(), standing))
                .or(() -> loopSuspected(task.plan(), standing, now))
                .orElseGet(() -> View.writing(standing, task));
    }

    private static DesiredPresence wish(
            Platform platform, Situation situation, Decider decider, Mapping mapping, Instant now) {
        Source source = new Source(platform.name());
        return new DesiredPresence(
                decider.decideFor(source, platform::isToldItsOwn, situation, now),
                situation.signIn().holdsAt(now),
                mapping,
                decider.factOf(source, situation, now));
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

    private static Optional<View> onlyObserving(WriteModes.Mode mode, Plan plan, Standing standing) {
        return when(mode == WriteModes.Mode.OBSERVE, () -> {
            String value = plan.steps().getLast().value();
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
}
