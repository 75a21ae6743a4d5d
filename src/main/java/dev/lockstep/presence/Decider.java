package dev.lockstep.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides from a whole situation what an agent is to be.
 *
 * <p>Total, deterministic and idempotent. While the shift is on it is monotone: one more fact never makes the result
 * less restrictive.
 */
public record Decider(Policy policy) {
    /** How long a call that expired is still named among the reasons, so that people see why the status changed. */
    private static final Duration EXPLAINED = Duration.ofMinutes(10);

    /** What the agent is, all evidence considered. */
    public Decision decide(Situation situation, Instant now) {
        return decide(situation, now, Counted.ALL);
    }

    /**
     * What a platform is to show. A platform is not told its own facts: a call of its own, seen while our session
     * covers it, would keep that session alive for ever.
     *
     * @param kept which of them it is told all the same, because what we write takes their sign away there
     */
    public Decision decideFor(Source platform, Predicate<KnownFact> kept, Situation situation, Instant now) {
        return decide(situation, now, new Counted(source -> !source.equals(platform), kept));
    }

    /**
     * Which evidence counts.
     *
     * @param sources whose evidence does
     * @param kept what does of the others' facts
     */
    private record Counted(Predicate<Source> sources, Predicate<KnownFact> kept) {
        static final Counted ALL = new Counted(source -> true, fact -> true);

        boolean test(KnownCall call) {
            return sources.test(call.source());
        }

        boolean test(KnownFact fact) {
            return sources.test(fact.source()) || kept.test(fact);
        }
    }

    /** The strictest of what is so on one platform itself. */
    public Optional<Status> factOf(Source platform, Situation situation, Instant now) {
        return strictest(facts(situation, now, new Counted(platform::equals, fact -> false)));
    }

    private Decision decide(Situation situation, Instant now, Counted counted) {
        Optional<KnownChoice> choice = choice(situation, now);
        List<Reason> because = because(situation, choice, now, counted);
        return new Decision(
                strictest(because.stream()),
                strictest(because.stream().filter(Reason::demands)),
                choice,
                Stream.concat(because.stream(), expired(situation, now)).toList(),
                reviewAt(situation, now));
    }

    /** Everything that speaks for a status, strictest first. */
    private List<Reason> because(Situation situation, Optional<KnownChoice> choice, Instant now, Counted counted) {
        return shiftEnd(situation, now)
                .map(end -> List.of(shiftEnded(end)))
                .orElseGet(() -> atWork(situation, choice, now, counted))
                .stream()
                .sorted(Comparator.comparing(Reason::status, policy.strictness())
                        .reversed()
                        .thenComparing(Reason::since))
                .toList();
    }

    /** The end of the shift, if nothing answers it; whoever is on a call, wherever that is, finishes it first. */
    private Optional<Instant> shiftEnd(Situation situation, Instant now) {
        return unansweredShiftEnd(situation, now)
                .filter(end -> facts(situation, now, Counted.ALL).noneMatch(Decider::isCall));
    }

    /** Who is signed out takes no work, whoever says so: what is told of them can only make them less available. */
    private List<Reason> atWork(Situation situation, Optional<KnownChoice> choice, Instant now, Counted counted) {
        boolean isSignedIn = situation.signIn().holdsAt(now);
        List<Reason> reasons = Stream.concat(facts(situation, now, counted), choice.map(Decider::chosen).stream())
                .filter(reason -> isSignedIn || reason.status() != Status.AVAILABLE)
                .toList();
        return reasons.isEmpty() && isSignedIn ? List.of(signedIn(situation.signIn())) : reasons;
    }

    private Optional<Status> strictest(Stream<Reason> reasons) {
        return reasons.map(Reason::status).max(policy.strictness());
    }

    private Stream<Reason> facts(Situation situation, Instant now, Counted counted) {
        Stream<Reason> calls = situation
                .calls()
                .open()
                .filter(call -> call.state().isUp() && now.isBefore(expiry(call)))
                .filter(counted::test)
                .map(Decider::call);
        Stream<Reason> facts = situation.facts().known().values().stream()
                .filter(fact -> fact.holdsAt(now) && isThere(fact, situation.signIn(), now))
                .filter(counted::test)
                .map(Decider::fact);
        return Stream.concat(calls, facts);
    }

    /** Work that routing gave stays assigned to who has left; it keeps nobody busy who is not there. */
    private static boolean isThere(KnownFact fact, SignIn signIn, Instant now) {
        return !fact.source().equals(Source.DYNAMICS) || signIn.holdsAt(now);
    }

    private Instant expiry(KnownCall call) {
        return call.lastHeardAt().plus(policy.callMaxAge());
    }

    private Stream<Reason> expired(Situation situation, Instant now) {
        Stream<Reason> calls = situation
                .calls()
                .open()
                .filter(call -> call.state().isUp() && isRecent(expiry(call), now))
                .map(call -> new Reason(
                        Reason.Kind.EXPIRED,
                        call.source(),
                        Status.ON_A_CALL,
                        expiry(call),
                        "call without an end, dropped after " + policy.callMaxAge()));
        Stream<Reason> facts = situation.facts().known().values().stream()
                .filter(fact -> fact.hasExpiredBy(now) && isRecent(fact.until().orElseThrow(), now))
                .map(fact -> new Reason(
                        Reason.Kind.EXPIRED,
                        fact.source(),
                        fact.status(),
                        fact.until().orElseThrow(),
                        fact.name() + " was not confirmed again and is dropped"));
        return Stream.concat(calls, facts);
    }

    private static boolean isRecent(Instant expiry, Instant now) {
        return !now.isBefore(expiry) && now.isBefore(expiry.plus(EXPLAINED));
    }

    /** A choice ends when its person chooses again, signs out, goes home, or when its platform ends it. */
    private static Optional<KnownChoice> choice(Situation situation, Instant now) {
        Optional<Instant> signOut = situation.signIn().signOut().flatMap(out -> out.lastBy(now));
        Optional<Instant> shiftEnd = situation.rosters().lastOverBy(now).map(Shift::end);
        return situation
                .choices()
                .latestBy(now)
                .filter(choice -> !choice.hasExpiredBy(now))
                .filter(choice -> signOut.map(choice::isAfter).orElse(true))
                .filter(choice -> shiftEnd.map(choice::isAfter).orElse(true));
    }

    /**
     * The end of a shift after which the agent gave no sign of being there. It sends nobody home who was not there in that
     * shift, and holds only until the next one begins.
     */
    private static Optional<Instant> unansweredShiftEnd(Situation situation, Instant now) {
        Stream<Instant> choices = situation.choices().known().values().stream()
                .map(choice -> choice.moment().at());
        Optional<Instant> lastSign =
                Stream.concat(choices, situation.signIn().lastLogin().stream()).max(Comparator.naturalOrder());
        return situation
                .rosters()
                .lastOverBy(now)
                .filter(shift -> !situation.rosters().areOnAt(now))
                .filter(shift -> situation.signIn().wasInSince(shift.start()))
                .map(Shift::end)
                .filter(end -> lastSign.map(end::isAfter).orElse(true));
    }

    private Optional<Instant> reviewAt(Situation situation, Instant now) {
        Stream<Instant> calls =
                situation.calls().open().filter(call -> call.state().isUp()).map(this::expiry);
        Stream<Instant> facts = situation.facts().known().values().stream().flatMap(fact -> fact.until().stream());
        Stream<Instant> choices = Stream.concat(
                situation.choices().known().values().stream().flatMap(choice -> choice.from().stream()),
                situation.choices().latestBy(now).flatMap(KnownChoice::until).stream());
        Stream<Instant> signOut = situation.signIn().signOut().map(SignOut::effective).stream();
        Stream<Instant> shifts = situation.rosters().turns();
        return Stream.of(calls, facts, choices, signOut, shifts)
                .flatMap(times -> times)
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
    }

    private static boolean isCall(Reason reason) {
        return reason.kind() == Reason.Kind.CALL || reason.status() == Status.ON_A_CALL;
    }

    private static Reason call(KnownCall call) {
        String text = "call on " + call.source();
        return new Reason(Reason.Kind.CALL, call.source(), Status.ON_A_CALL, call.upSince(), text);
    }

    private static Reason fact(KnownFact fact) {
        String text = fact.name() + " in " + fact.source();
        return new Reason(Reason.Kind.FACT, fact.source(), fact.status(), fact.since(), text);
    }

    private static Reason chosen(KnownChoice choice) {
        String text = "chosen in " + choice.source();
        return new Reason(
                Reason.Kind.CHOICE,
                choice.source(),
                choice.status(),
                choice.moment().at(),
                text);
    }

    private static Reason signedIn(SignIn signIn) {
        Instant since =
                signIn.lastLogin().orElseGet(() -> signIn.latest().orElseThrow().at());
        return new Reason(Reason.Kind.SIGNED_IN, Source.DYNAMICS, Status.AVAILABLE, since, "signed in");
    }

    private static Reason shiftEnded(Instant end) {
        return new Reason(Reason.Kind.SHIFT_ENDED, Source.schedule("shift"), Status.OFFLINE, end, "shift ended");
    }
}
