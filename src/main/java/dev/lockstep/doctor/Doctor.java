package dev.lockstep.doctor;

import dev.lockstep.agent.AgentState;
import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Expiring;
import dev.lockstep.check.Finding;
import dev.lockstep.concurrent.Lazy;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.doctor.Report.Result;
import dev.lockstep.doctor.Report.UnknownLine;
import dev.lockstep.phone.PhoneTroubles;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Platforms;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.StoreUnavailable;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Examines an installation: what is configured, granted and reachable, and, if asked, one change from end to end. */
@Singleton
public final class Doctor {
    private static final String AGENT = "agent";
    private static final String TEST = "test";

    private final List<CheckGroup> groups;
    private final Platforms platforms;
    private final AgentStore store;
    private final AgentLookup lookup;
    private final Control control;
    private final SyncProbe trial;
    private final CheckRunner rounds;
    private final InstantSource clock;

    /** @param groups what is looked at besides the agents */
    @Inject
    Doctor(
            @All List<CheckGroup> groups,
            Platforms platforms,
            AgentStore store,
            AgentLookup lookup,
            Control control,
            SyncProbe trial,
            ParallelRunner runner,
            DoctorSettings settings,
            InstantSource clock) {
        this.groups = List.copyOf(groups);
        this.platforms = platforms;
        this.store = store;
        this.lookup = lookup;
        this.control = control;
        this.trial = trial;
        this.rounds = new CheckRunner(runner, settings.timeout());
        this.clock = clock;
    }

    /** Examines what is asked for; what is asked in a way that is not understood is not taken for something else. */
    public Report examine(Map<String, Object> request) {
        List<Result> mistakes = request.entrySet().stream()
                .flatMap(member -> mistake(member.getKey(), member.getValue()).stream())
                .toList();
        if (!mistakes.isEmpty()) {
            return Report.of(mistakes, List.of());
        }
        Optional<String> agent = Optional.ofNullable(request.get(AGENT)).map(String::valueOf);
        return examine(agent.filter(name -> !name.isBlank()), Boolean.TRUE.equals(request.get(TEST)));
    }

    private static Optional<Result> mistake(String member, Object value) {
        boolean isRight = value == null
                || (member.equals(AGENT) && value instanceof String)
                || (member.equals(TEST) && value instanceof Boolean);
        return isRight
                ? Optional.empty()
                : Optional.of(Result.of(
                        "request",
                        Finding.failed(
                                "\"" + member + "\" is not understood, so nothing was examined",
                                "give agent with a name, test with true or false, or neither")));
    }

    /**
     * @param name of an agent to look at in particular, by any name that they have
     * @param test whether that agent's status is to be changed for a few seconds
     */
    Report examine(Optional<String> name, boolean test) {
        List<Result> results = new ArrayList<>();
        Optional<AgentState> chosen = name.flatMap(text -> chosen(text, results));
        results.addAll(0, rounds.make(checks(chosen)));
        if (test && name.isEmpty()) {
            results.add(Result.of(
                    "test", Finding.skipped("no agent is named", "name one: {\"agent\":\"…\",\"test\":true}")));
        } else if (test) {
            chosen.ifPresent(agent -> results.addAll(tried(agent)));
        }
        return Report.of(results, unknownLines());
    }

    /** When our credentials end, as far as they tell and can be read; the checks say what is wrong with the others. */
    public List<Instant> credentialEnds() {
        return groups.stream()
                .flatMap(group -> group instanceof Expiring expiring ? end(expiring).stream() : Stream.empty())
                .toList();
    }

    private static Optional<Instant> end(Expiring credential) {
        try {
            return credential.end();
        } catch (PlatformException e) {
            return Optional.empty();
        }
    }

    private List<Check> checks(Optional<AgentState> chosen) {
        Lazy<AgentsRead> agents = new Lazy<>(() -> AgentsRead.from(store));
        Stream<CheckGroup> all =
                Stream.concat(groups.stream(), Stream.of(new AgentChecks(platforms.readable(), agents, chosen, clock)));
        return all.flatMap(group -> group.checks().stream()).toList();
    }

    private Optional<AgentState> chosen(String name, List<Result> results) {
        Optional<AgentState> found = Optional.empty();
        try {
            found = lookup.find(name);
        } catch (StoreUnavailable e) {
            // Whatever needs the store says so itself.
        }
        if (found.isEmpty()) {
            results.add(Result.of("agent", Finding.failed("no agent is known by that name", "see GET /api/agents")));
        }
        return found;
    }

    private List<Result> tried(AgentState agent) {
        try {
            return trial.probe(agent);
        } catch (StoreUnavailable e) {
            return List.of(Result.of("test", Finding.failed("the store does not answer", "try again")));
        }
    }

    private List<UnknownLine> unknownLines() {
        try {
            return new PhoneTroubles(control)
                    .all(PhoneTroubles.Kind.LINE).stream().map(UnknownLine::of).toList();
        } catch (StoreUnavailable e) {
            return List.of();
        }
    }
}
