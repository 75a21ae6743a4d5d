package dev.lockstep.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
        return decide(situation, now, source -> true);
    }

    /**
     * What a platform is to show. A platform is never told its own facts: a call of its own, seen while our session
     * covers it, would keep that session alive for ever.
     */
    public Decision decideFor(Source platform, Situation situation, Instant now) {
        return decide(situation, now, source -> !source.equals(platform));
    }

    /** The strictest of what is so on one platform itself. */
    public Optional<Status> factOf(Source platform, Situation situation, Instant now) {
        return strictest(facts(situation, now, platform::equals).stream());
    }

    private Decision decide(Situation situation, Instant now, Predicate<Source> counted) {
        List<Reason> facts = facts(situation, now, counted);
        Optional<Instant> shiftEnd = unansweredShiftEnd(situation, now);
        Optional<KnownChoice> choice = choice(situation, now);
        boolean onACall = facts(situation, now, source -> true).stream().anyMatch(Decider::isCall);
        List<Reason> because = new ArrayList<>(facts);
        if (shiftEnd.isPresent() && !onACall) {
            because = new ArrayList<>(List.of(shiftEnded(shiftEnd.get())));
        } else {
            choice.map(Decider::chosen).ifPresent(because::add);
            if (because.isEmpty() && situation.isSignedInAt(now)) {
                because.add(signedIn(situation));
            }
        }
        Optional<Status> demanded = strictest(because.stream().filter(Reason::demands));
        Optional<Status> status = strictest(because.stream());
        because.sort(Comparator.comparing((Reason reason) -> policy.rank(reason.status()))
                .reversed()
                .thenComparing(Reason::since));
        because.addAll(expired(situation, now));
        return new Decision(status, demanded, choice, because, reviewAt(situation, now));
    }

    private Optional<Status> strictest(Stream<Reason> reasons) {
        return reasons.map(Reason::status).max(Comparator.comparing(policy::rank));
    }

    private List<Reason> facts(Situation situation, Instant now, Predicate<Source> counted) {
        Stream<Reason> calls = situation
                .openCalls()
                .filter(call -> call.state().isUp() && now.isBefore(expiry(call)))
                .filter(call -> counted.test(call.source()))
                .map(Decider::call);
        Stream<Reason> facts = situation.facts().values().stream()
                .filter(fact -> fact.holdsAt(now) && counted.test(fact.source()))
                .map(Decider::fact);
        return Stream.concat(calls, facts).toList();
    }

    private Instant expiry(KnownCall call) {
        return call.moment().at().plus(policy.callMaxAge());
    }

    private List<Reason> expired(Situation situation, Instant now) {
        Stream<Reason> calls = situation
                .openCalls()
                .filter(call -> call.state().isUp() && isRecent(expiry(call), now))
                .map(call -> new Reason(
                        Reason.Kind.EXPIRED,
                        call.source(),
                        Status.ON_A_CALL,
                        expiry(call),
                        "call without an end, dropped after " + policy.callMaxAge()));
        Stream<Reason> facts = situation.facts().values().stream()
                .filter(fact -> fact.hasExpiredBy(now) && isRecent(fact.until().orElseThrow(), now))
                .map(fact -> new Reason(
                        Reason.Kind.EXPIRED,
                        fact.source(),
                        fact.status(),
                        fact.until().orElseThrow(),
                        fact.key() + " was not confirmed again and is dropped"));
        return Stream.concat(calls, facts).toList();
    }

    private static boolean isRecent(Instant expiry, Instant now) {
        return !now.isBefore(expiry) && now.isBefore(expiry.plus(EXPLAINED));
    }

    /** A choice ends when its person chooses again, signs out, goes home, or when its platform ends it. */
    private static Optional<KnownChoice> choice(Situation situation, Instant now) {
        Optional<Instant> signOut = situation.signOut().flatMap(out -> out.lastBy(now));
        Optional<Instant> shiftEnd = lastShiftEnd(situation, now);
        return situation
                .latestChoice()
                .filter(choice -> choice.hasBegunBy(now) && !choice.hasExpiredBy(now))
                .filter(choice -> signOut.map(choice::isAfter).orElse(true))
                .filter(choice -> shiftEnd.map(choice::isAfter).orElse(true));
    }

    /** The end of a shift after which the agent gave no sign of being there. */
    private static Optional<Instant> unansweredShiftEnd(Situation situation, Instant now) {
        Stream<Instant> choices = situation.choices().values().stream()
                .map(choice -> choice.moment().at());
        Optional<Instant> lastSign =
                Stream.concat(choices, situation.lastLogin().stream()).max(Comparator.naturalOrder());
        return lastShiftEnd(situation, now)
                .filter(end -> lastSign.map(end::isAfter).orElse(true));
    }

    /** An end that lies inside another shift ends nothing: the agent goes on working. */
    private static Optional<Instant> lastShiftEnd(Situation situation, Instant now) {
        return situation.rosters().values().stream()
                .flatMap(roster -> roster.shifts().stream())
                .filter(shift -> shift.hasEndedBy(now))
                .map(Shift::end)
                .filter(end -> situation.rosters().values().stream().noneMatch(roster -> roster.covers(end)))
                .max(Comparator.naturalOrder());
    }

    private Optional<Instant> reviewAt(Situation situation, Instant now) {
        Stream<Instant> calls =
                situation.openCalls().filter(call -> call.state().isUp()).map(this::expiry);
        Stream<Instant> facts = situation.facts().values().stream().flatMap(fact -> fact.until().stream());
        Stream<Instant> choices = situation
                .latestChoice()
                .map(choice -> Stream.concat(choice.from().stream(), choice.until().stream()))
                .orElse(Stream.empty());
        Stream<Instant> signOut = situation.signOut().map(SignOut::effective).stream();
        Stream<Instant> shifts = situation.rosters().values().stream()
                .flatMap(roster -> roster.shifts().stream())
                .map(Shift::end);
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
        String text = fact.key() + " in " + fact.source();
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

    private static Reason signedIn(Situation situation) {
        Instant since = situation
                .lastLogin()
                .orElseGet(() -> situation.signIn().orElseThrow().at());
        return new Reason(Reason.Kind.SIGNED_IN, Source.DYNAMICS, Status.AVAILABLE, since, "signed in");
    }

    private static Reason shiftEnded(Instant end) {
        return new Reason(Reason.Kind.SHIFT_ENDED, Source.schedule("shift"), Status.OFFLINE, end, "shift ended");
    }
}
