package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.mapping.Mapping;
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
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes of an agent's item and of news what is to be done: fold, decide, plan. Calls nobody. */
public final class SyncPlanner {
    private final Platforms platforms;
    private final Function<String, Mapping> mappingOfTeam;
    private final Duration callMaxAge;
    private final WriteModes modes;
    private final SyncSettings rules;

    /**
     * @param platforms all that are connected now
     * @param mappingOfTeam the mapping for the agents of a team, blank for none
     */
    public SyncPlanner(
            Platforms platforms,
            Function<String, Mapping> mappingOfTeam,
            Duration callMaxAge,
            WriteModes modes,
            SyncSettings rules) {
        this.platforms = platforms;
        this.mappingOfTeam = mappingOfTeam;
        this.callMaxAge = callMaxAge;
        this.modes = modes;
        this.rules = rules;
    }

    List<ReadablePlatform> covering(AgentState state) {
        return platforms.readable().stream()
                .filter(platform ->
                        platform.coversItsOwnFacts() && subject(platform, state).isPresent())
                .toList();
    }

    Optional<Subject> subject(Platform platform, AgentState state) {
        Optional<Subject> subject = platform.knowsAgentsByOurId()
                ? Optional.of(new Subject(
                        state.agentId(),
                        state.agentId(),
                        state.profile().name(),
                        state.profile().team()))
                : state.profile().on(platform.name(), state.agentId());
        return subject.filter(platform::concerns);
    }

    /** A state into which news was folded, and the platforms whose news proved nothing. */
    record Folded(AgentState state, Set<String> doubtful) {}

    Folded fold(AgentState stored, List<Evidence> news, Instant now) {
        Mapping mapping = mappingOfTeam.apply(stored.profile().team());
        AgentState state = stored.withInbox(List.of(), stored.version());
        Set<String> doubtful = new HashSet<>();
        for (Evidence item :
                Stream.concat(stored.inbox().stream(), news.stream()).toList()) {
            state = switch (item) {
                case Evidence.Reported told -> state.with(state.situation().fold(told.signal()));
                case Evidence.Observed seen -> see(state, seen.observation(), mapping, now, doubtful);
            };
        }
        return new Folded(state.with(state.situation().forgetting(now)), doubtful);
    }

    private AgentState see(AgentState state, Observation seen, Mapping mapping, Instant now, Set<String> doubtful) {
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
        Standing standing = meaning.standing();
        Optional<Status> showing =
                standing.observed().flatMap(shown -> platform.get().showing(shown, mapping));
        return state.with(state.situation().fold(meaning.signals())).with(seen.platform(), standing.showing(showing));
    }

    /** What is to be done for an agent, all news considered. */
    SyncPlan of(AgentState stored, List<Evidence> news, Instant now) {
        AgentState state = fold(stored, news, now).state();
        boolean isNews = !news.isEmpty() || !stored.inbox().isEmpty();
        Mapping mapping = mappingOfTeam.apply(state.profile().team());
        Decider decider = new Decider(new Policy(mapping.strictness(), callMaxAge));
        state = state.deciding(decider.decide(state.situation(), now), now);
        List<SyncPlan.Task> tasks = new ArrayList<>();
        List<Instant> reviews = new ArrayList<>(
                state.decided().orElseThrow().reviewAt().stream().toList());
        for (Platform platform : platforms.all()) {
            View view = view(platform, state, decider, mapping, isNews, now);
            if (view.standing().isPresent()) {
                state = state.with(platform.name(), view.standing().get());
            }
            view.task().ifPresent(tasks::add);
            view.reviewAt().ifPresent(reviews::add);
        }
        Optional<Instant> due = reviews.stream().filter(at -> at.isAfter(now)).min(Comparator.naturalOrder());
        return new SyncPlan(state, tasks, due, rules.breakerWindow());
    }

    /** How an agent stands on one platform, and what is to be done there. */
    private record View(Optional<Standing> standing, Optional<SyncPlan.Task> task, Optional<Instant> reviewAt) {
        static View still(Standing standing, Optional<Instant> reviewAt) {
            return new View(Optional.of(standing), Optional.empty(), reviewAt);
        }
    }

    private View view(
            Platform platform, AgentState state, Decider decider, Mapping mapping, boolean isNews, Instant now) {
        Optional<Subject> subject = subject(platform, state);
        if (subject.isEmpty()) {
            return unserved(platform, state);
        }
        Source source = new Source(platform.name());
        DesiredPresence wish = new DesiredPresence(
                decider.decideFor(source, state.situation(), now),
                state.situation().signIn().holdsAt(now),
                mapping,
                decider.factOf(source, state.situation(), now));
        Standing standing = state.standing(platform.name()).wanting(wish.status());
        WriteModes.Mode mode = modes.of(subject.get(), platform.name());
        if (mode == WriteModes.Mode.OFF) {
            return View.still(standing.in(Condition.OFF, "writing is switched off"), Optional.empty());
        }
        if (isToWait(standing, isNews, now)) {
            return View.still(standing, standing.progress().retryAt());
        }
        Plan plan = platform.plan(wish, standing, now);
        if (plan.isEmpty()) {
            return View.still(standing.in(plan.condition(), plan.message()), plan.reviewAt());
        }
        if (mode == WriteModes.Mode.OBSERVE) {
            String told = plan.steps().getLast().value();
            return View.still(standing.in(Condition.OFF, "only observing; would write " + told), Optional.empty());
        }
        if (plan.overwrites() && isBroken(standing, now)) {
            Instant end = standing.progress().overwrites().getLast().plus(rules.breakerWindow());
            String why = "somebody else writes here as often as we do: find out who, then wait or change it by hand";
            return View.still(standing.in(Condition.LOOP_SUSPECTED, why), Optional.of(end));
        }
        return new View(
                Optional.of(standing), Optional.of(new SyncPlan.Task(platform, subject.get(), plan)), plan.reviewAt());
    }

    private static View unserved(Platform platform, AgentState state) {
        boolean expected = !platform.knowsAgentsByOurId();
        return expected
                ? View.still(
                        Standing.NEW.in(
                                Condition.UNMAPPED,
                                "the agent has no id on " + platform.name() + ": run the directory, or configure it"),
                        Optional.empty())
                : new View(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A wait that the platform asked for is kept whatever happens; one of our own ends when there is news. */
    private static boolean isToWait(Standing standing, boolean isNews, Instant now) {
        boolean asked =
                standing.condition() == Condition.THROTTLED || standing.condition() == Condition.PERMISSION_MISSING;
        return standing.progress().retryAt().filter(now::isBefore).isPresent() && (asked || !isNews);
    }

    private boolean isBroken(Standing standing, Instant now) {
        Instant from = now.minus(rules.breakerWindow());
        return standing.progress().overwrites().stream()
                        .filter(at -> at.isAfter(from))
                        .count()
                >= rules.breakerLimit();
    }
}
