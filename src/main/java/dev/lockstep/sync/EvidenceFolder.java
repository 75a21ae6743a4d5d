package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Platforms;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Folds what was handed in into what is known of an agent: signals as they are, observations as their platform reads them. */
record EvidenceFolder(Platforms platforms, Mappings mappings) {
    /** A state into which evidence was folded, and the platforms that showed what proves nothing. */
    record Folded(AgentState state, Set<String> doubtful) {}

    /** With what waits in the inbox. */
    Folded fold(AgentState stored, List<Evidence> evidence, Instant now) {
        AgentState state = stored.withInbox(List.of(), stored.version());
        if (state.isForgotten()) {
            return new Folded(state, Set.of());
        }
        Mapping mapping = mappings.forTeam(stored.profile().team());
        if (state.lookAgainAt().isPresent()) {
            state = readAgain(state, mapping, now);
        }
        Set<String> doubtful = new HashSet<>();
        for (Evidence item :
                Stream.concat(stored.inbox().stream(), evidence.stream()).toList()) {
            state = switch (item) {
                case Evidence.Reported reported -> told(state, List.of(reported.signal()));
                case Evidence.Observed observed ->
                    isOfNow(observed, state) ? interpret(state, observed.observation(), mapping, now, doubtful) : state;
            };
        }
        for (ReadablePlatform platform : platforms.readable()) {
            state = told(state, pickedAgain(state.situation().choices().of(sourceOf(platform)), platform, mapping));
        }
        return new Folded(state.with(state.situation().forgetting(now)), doubtful);
    }

    /** Who got another account while the former one was read is told nothing by it. */
    private static boolean isOfNow(Evidence.Observed seen, AgentState state) {
        return seen.account()
                .map(account -> state.profile()
                        .externalId(seen.observation().platform())
                        .filter(account::equalsIgnoreCase)
                        .isPresent())
                .orElse(true);
    }

    /**
     * Where the mapping was changed, what shows may mean something else by now: to be known before it is written over. And
     * what was no choice for a while may be one again: the change was undone.
     */
    private AgentState readAgain(AgentState state, Mapping mapping, Instant now) {
        AgentState next = state;
        for (ReadablePlatform platform : platforms.readable()) {
            Optional<Observation> again = state.standing(platform.name())
                    .observed()
                    .flatMap(seen -> platform.seenAgain(seen, seen.askedAt()));
            if (again.isPresent()) {
                next = interpret(next, again.get(), mapping, now, new HashSet<>());
            }
            next = told(next, pickedAgain(next.situation().choices().madeAt(sourceOf(platform)), platform, mapping));
        }
        return next;
    }

    /**
     * What was picked means what its platform's word for it means now: it may lie beneath a call, show nowhere, and is what
     * comes back.
     */
    private static List<Signal> pickedAgain(Optional<KnownChoice> picked, ReadablePlatform platform, Mapping mapping) {
        return picked
                .flatMap(KnownChoice::presence)
                .flatMap(presence -> platform.reading(presence, mapping))
                .flatMap(reading -> picked.map(choice -> readAs(reading, choice)))
                .stream()
                .toList();
    }

    private static Source sourceOf(ReadablePlatform platform) {
        return new Source(platform.name());
    }

    private static Signal readAs(InboundRule reading, KnownChoice choice) {
        return reading.is(EvidenceKind.CHOICE)
                ? choice.readAs(reading.status())
                : new Signal.ChoiceWithdrawn(choice.source(), choice.moment());
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
}
