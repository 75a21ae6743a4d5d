package dev.lockstep.agent;

import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Display;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Progress;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Calls;
import dev.lockstep.presence.Choices;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Facts;
import dev.lockstep.presence.KnownCall;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.LineSnapshot;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Roster;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.SignIn;
import dev.lockstep.presence.SignOut;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** States in which anything may stand, reasonable or not. */
public final class RandomStates {
    private static final Instant START = Instant.parse("2026-03-29T00:30:00Z");
    private static final List<String> WORDS =
            List.of("", "desk", "Ünïcode ☎", "a|b", "\"quoted\"", "line\nbreak", "-", "0", "teams", "x".repeat(80));

    private final RandomGenerator random;

    public RandomStates(RandomGenerator random) {
        this.random = random;
    }

    public AgentState state(String agentId) {
        return new AgentState(
                agentId,
                new Profile(
                        word(),
                        word(),
                        byWord(this::word),
                        perhaps(this::word),
                        new Configured(flip(), new TreeSet<>(words()))),
                situation(),
                byWord(this::standing),
                perhaps(() -> new LatestDecision(decision(), instant())),
                new Coordination(
                        some(this::news),
                        random.nextLong(1, 1L << 53),
                        perhaps(() -> new Lease(word(), instant())),
                        perhaps(this::instant),
                        perhaps(this::instant)));
    }

    Evidence news() {
        return random.nextInt(4) == 0
                ? new Evidence.Observed(Optional.of(word()), observation())
                : new Evidence.Reported(signal());
    }

    Signal signal() {
        return switch (random.nextInt(9)) {
            case 0 -> new Signal.Call(source(), moment(), word(), word(), one(CallState.values()), flip());
            case 1 -> new Signal.Calls(source(), moment(), word(), words(), flip());
            case 2 -> new Signal.Fact(source(), moment(), word(), status(), perhaps(this::instant));
            case 3 -> new Signal.FactEnded(source(), moment(), word());
            case 4 ->
                new Signal.Choice(
                        source(),
                        moment(),
                        status(),
                        perhaps(this::word),
                        perhaps(this::instant),
                        perhaps(this::instant));
            case 5 -> new Signal.ChoiceWithdrawn(source(), moment());
            case 6 -> new Signal.SignedIn(source(), moment(), flip());
            case 7 -> new Signal.SignedOut(source(), moment(), instant());
            default -> new Signal.Shifts(source(), moment(), instant(), some(this::shift));
        };
    }

    /** Half of them as signals make them, half of them any. */
    private Situation situation() {
        if (flip()) {
            return Situation.unknown()
                    .fold(Stream.generate(this::signal).limit(20).toList());
        }
        return new Situation(calls(), facts(), choices(), signIn(), rosters());
    }

    private Calls calls() {
        return new Calls(
                byWord(() -> new KnownCall(
                        source(),
                        word(),
                        word(),
                        one(CallState.values()),
                        moment(),
                        instant(),
                        flip(),
                        perhaps(this::moment),
                        perhaps(this::moment))),
                byWord(() -> new LineSnapshot(source(), word(), moment(), words())));
    }

    private Facts facts() {
        return new Facts(byWord(
                () -> new KnownFact(source(), word(), status(), moment(), instant(), perhaps(this::instant), flip())));
    }

    private Choices choices() {
        return new Choices(byWord(this::choice), byWord(this::moment));
    }

    private KnownChoice choice() {
        return choice(perhaps(() -> choice(Optional.empty())));
    }

    private KnownChoice choice(Optional<KnownChoice> before) {
        return new KnownChoice(
                source(),
                moment(),
                status(),
                perhaps(this::word),
                perhaps(this::instant),
                perhaps(this::instant),
                before);
    }

    private SignIn signIn() {
        return new SignIn(
                perhaps(this::moment),
                perhaps(() -> new SignOut(moment(), instant(), perhaps(this::instant))),
                perhaps(this::instant));
    }

    private Rosters rosters() {
        return new Rosters(byWord(() -> new Roster(source(), moment(), some(this::shift))));
    }

    private Standing standing() {
        return new Standing(
                perhaps(this::status),
                new Ledger(byWord(this::entry), some(this::entry)),
                new Display(perhaps(this::observation), perhaps(this::status)),
                new Progress(
                        one(Condition.values()),
                        word(),
                        perhaps(this::instant),
                        random.nextInt(20),
                        some(this::instant),
                        perhaps(this::instant)));
    }

    private LedgerEntry entry() {
        return new LedgerEntry(word(), word(), instant(), perhaps(this::instant), one(LedgerEntry.Outcome.values()));
    }

    private Observation observation() {
        return new Observation(word(), instant(), new HashMap<>(byWord(this::word)));
    }

    private Decision decision() {
        return new Decision(
                perhaps(this::status),
                perhaps(this::status),
                perhaps(this::choice),
                some(() -> new Reason(one(Reason.Kind.values()), source(), status(), instant(), word())),
                perhaps(this::instant));
    }

    private Shift shift() {
        Instant start = instant();
        return new Shift(start, start.plusSeconds(1 + random.nextInt(40_000)));
    }

    private Source source() {
        return new Source(word());
    }

    private SourceTime moment() {
        SourceTime moment = SourceTime.at(instant()).numbered(word(), word());
        return flip() ? moment.told(instant(), instant()) : moment;
    }

    private Status status() {
        return one(Status.values());
    }

    /** Whole seconds, milliseconds and nanoseconds are written differently. */
    private Instant instant() {
        long nanos = switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1000) * 1_000_000L;
            default -> random.nextInt(1_000_000_000);
        };
        return START.plusSeconds(random.nextInt(-1_000_000, 1_000_000)).plusNanos(nanos);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private Set<String> words() {
        return some(this::word).stream().collect(Collectors.toSet());
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private <T> T one(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> Optional<T> perhaps(Supplier<T> value) {
        return flip() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> value) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(i -> value.get()).toList();
    }

    private <T> SortedMap<String, T> byWord(Supplier<T> value) {
        Map<String, T> all = new HashMap<>();
        some(value).forEach(each -> all.put(word(), each));
        return new TreeMap<>(all);
    }
}
