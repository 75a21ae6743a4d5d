package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.Platforms;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Sight;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Situation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes of an agent's item and of evidence what is to be done: fold, decide, plan. Calls nobody. */
@Singleton
final class SyncPlanner {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final Platforms platforms;
    private final Mappings mappings;
    private final Duration callMaxAge;
    private final EvidenceFolder folder;
    private final PlatformPlanner each;
    private final SyncSettings settings;

    /** @param platforms all that are connected now */
    @Inject
    SyncPlanner(Platforms platforms, Mappings mappings, CallSettings calls, WriteModes modes, SyncSettings settings) {
        this.platforms = platforms;
        this.mappings = mappings;
        this.callMaxAge = calls.maxAge();
        this.folder = new EvidenceFolder(platforms, mappings);
        this.each = new PlatformPlanner(modes, settings);
        this.settings = settings;
    }

    /** A platform whose own facts our writes hide, and the agent there. */
    record Covered(ReadablePlatform platform, Subject subject) {}

    List<Covered> covered(AgentState state) {
        return platforms.readable().stream()
                .filter(ReadablePlatform::coversItsOwnFacts)
                .flatMap(platform ->
                        PlatformPlanner.subject(platform, state)
                                .map(subject -> new Covered(platform, subject))
                                .stream())
                .toList();
    }

    /**
     * Whether evidence tells anything of an agent beside what is known and what waits in the inbox. That somebody is due,
     * or waits for a platform, is none: the queue and the sweep come for them at their own pace.
     */
    boolean isNews(AgentState known, List<Evidence> evidence, Instant now) {
        return !folder.fold(known, evidence, now)
                .state()
                .equals(folder.fold(known, List.of(), now).state());
    }

    /** Whether what a platform shows has to be held against the agent's item: in doubt it has. */
    boolean mayBeNews(Pulse known, Observation shown, Instant now) {
        Mapping mapping = mappings.forTeam(known.team());
        return platforms.readable().stream()
                .filter(platform -> platform.name().equals(shown.platform()))
                .findFirst()
                .flatMap(platform -> platform.digest(shown, mapping))
                .filter(digest -> known.isKnownToShow(shown.platform(), digest, now))
                .isEmpty();
    }

    /**
     * What platforms may go on showing without it being news.
     *
     * @param state as it is going to be stored
     * @return by platform; who shows what proves nothing, or is news already, has to be looked at
     */
    Map<String, Sight> sights(AgentState state, Instant now) {
        Map<String, Sight> sights = new TreeMap<>();
        Mapping mapping = mappings.forTeam(state.profile().team());
        for (ReadablePlatform platform : platforms.readable()) {
            state.standing(platform.name())
                    .observed()
                    .filter(seen -> state.inbox().isEmpty())
                    .flatMap(seen -> sight(platform, seen, state, mapping, now))
                    .ifPresent(sight -> sights.put(platform.name(), sight));
        }
        return sights;
    }

    /**
     * Between two turns nothing changes, so each is looked at as it comes, and as it has passed. What is news a moment from
     * now changes all the time: it tells a time that is later than now, which is not believed.
     */
    private Optional<Sight> sight(
            ReadablePlatform platform, Observation seen, AgentState state, Mapping mapping, Instant now) {
        Optional<Long> digest = platform.digest(seen, mapping);
        Predicate<Instant> isNews = at -> platform.seenAgain(seen, at)
                .filter(again -> !changes(state, platform, again, mapping, at))
                .isEmpty();
        Predicate<Instant> isNewsFrom = at -> isNews.test(at) || isNews.test(at.plusNanos(1));
        if (digest.isEmpty() || isNewsFrom.test(now)) {
            return Optional.empty();
        }
        Optional<Instant> until = platform.turns(state.standing(platform.name()), state.situation())
                .filter(turn -> turn.isAfter(now))
                .sorted()
                .distinct()
                .filter(isNewsFrom)
                .findFirst();
        // What the platform has read anew meanwhile, such as its presences, was not judged by all along.
        return digest.filter(known -> platform.digest(seen, mapping).equals(digest))
                .map(known -> new Sight(known, until));
    }

    /** As {@link #isNews} tells, without what is forgotten by then: that happens whatever shows. */
    private static boolean changes(
            AgentState state, ReadablePlatform platform, Observation again, Mapping mapping, Instant at) {
        Standing standing = state.standing(platform.name());
        ReadablePlatform.Interpretation meaning = platform.interpret(again, standing, state.situation(), mapping, at);
        return !meaning.standing().equals(standing)
                || !state.situation().fold(meaning.signals()).equals(state.situation());
    }

    /** What is to be done for an agent, all evidence considered. */
    SyncPlan plan(AgentState stored, List<Evidence> evidence, Instant now) {
        AgentState state = folder.fold(stored, evidence, now).state().lookedAt(now);
        if (state.isForgotten()) {
            return new SyncPlan(state, List.of(), now, Optional.empty(), settings.breakerWindow());
        }
        boolean isToldMore = !evidence.isEmpty() || !stored.inbox().isEmpty();
        PlatformPlanner.News news = new PlatformPlanner.News(
                isToldMore, isToldMore && !state.situation().equals(stored.situation()));
        Mapping mapping = mappings.forTeam(state.profile().team());
        Decider decider = new Decider(new Policy(mapping.strictness(), callMaxAge));
        state = state.deciding(decider.decide(state.isRemoved() ? Situation.unknown() : state.situation(), now), now);
        List<SyncPlan.Task> tasks = new ArrayList<>();
        Instant since = arrival(stored, evidence, now);
        List<Instant> reviews = new ArrayList<>(
                Stream.concat(state.decided().orElseThrow().reviewAt().stream(), state.lookAgainAt().stream())
                        .toList());
        for (Platform platform : platforms.all()) {
            PlatformPlanner.View view = each.view(platform, state, decider, mapping, news, now);
            if (view.standing().isPresent()) {
                state = state.with(platform.name(), view.standing().get().at(since));
            }
            view.task().ifPresent(tasks::add);
            view.reviewAt().ifPresent(reviews::add);
        }
        if (state.isRemoved()) {
            if (Removal.isOver(state, tasks, now)) {
                return new SyncPlan(state.forget(), List.of(), since, Optional.empty(), settings.breakerWindow());
            }
            reviews.add(Removal.endsAt(state));
        }
        Optional<Instant> due = reviews.stream().filter(at -> at.isAfter(now)).min(Comparator.naturalOrder());
        return new SyncPlan(state, tasks, since, due, settings.breakerWindow());
    }

    /**
     * When the first of all that is considered now came here: from then on a platform may be wrong by it. A moment ago is
     * now: a time of its own takes room in the agent's item.
     */
    private static Instant arrival(AgentState stored, List<Evidence> evidence, Instant now) {
        return Stream.concat(stored.inbox().stream(), evidence.stream())
                .map(Evidence::arrivedAt)
                .filter(at -> at.isBefore(now.minus(A_MOMENT)))
                .min(Comparator.naturalOrder())
                .orElse(now);
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
        EvidenceFolder.Folded found = folder.fold(protectedState, seen, now);
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
        AgentState state = folder.fold(protectedState, seen, now).state();
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
}
