package dev.lockstep.simulation;

import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.TeamsModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a person does in Teams. */
final class TeamsActions {
    private static final List<Pair> PAIRS =
            List.of(Pair.AVAILABLE, Pair.BUSY, Pair.DO_NOT_DISTURB, Pair.BE_RIGHT_BACK, Pair.AWAY, Pair.APPEAR_OFFLINE);

    /** A poll, and the time for which reads lag behind. */
    private static final Duration SEEN = Duration.ofSeconds(10);

    private static final List<Pair> HOLDING_BACK = List.of(Pair.BUSY, Pair.DO_NOT_DISTURB, Pair.BE_RIGHT_BACK);

    private final Simulation world;
    private final SimulatedPerson person;
    private final TeamsModel model;
    private Optional<Instant> callSince = Optional.empty();
    private Instant last = Instant.MIN;
    private final List<Talk> talks = new ArrayList<>();

    TeamsActions(Simulation world, SimulatedPerson person) {
        this.world = world;
        this.person = person;
        this.model = world.teams;
    }

    Place place() {
        return Place.of(
                "Teams",
                20,
                action("picks a status", 12, this::picks),
                action("picks Away after another status", 6, this::picksAwayAfterAnother),
                action("resets the status", 4, this::resets),
                action("starts a call", 6, () -> talks(() -> model.startCall(person.entra()))),
                action("starts a conference", 2, () -> talks(() -> model.startConferenceCall(person.entra()))),
                action("idles", 4, () -> model.goIdle(person.entra())),
                action("comes back", 4, () -> model.comeBack(person.entra())),
                action("plans a meeting", 4, this::plansMeeting),
                action("closes Teams", 4, () -> comesOrGoes(model::closeClient)),
                action("opens Teams", 4, () -> comesOrGoes(model::signInClient)));
    }

    /** Whatever is done here may change what Teams shows. */
    private Action action(String name, int weight, Runnable work) {
        return Action.of(name, weight, () -> {
            person.nothingPicked();
            last = world.time.instant();
            work.run();
        });
    }

    /** When the person last did anything here. */
    Instant last() {
        return last;
    }

    /** Whether a call was going on here at that time, or had been so shortly before that Teams may have shown it. */
    boolean talkedAt(Instant time) {
        return callSince.filter(since -> !since.isAfter(time)).isPresent()
                || talks.stream().anyMatch(talk -> talk.wasShownAt(time));
    }

    private record Talk(Instant from, Instant to) {
        boolean wasShownAt(Instant time) {
            return !from.isAfter(time) && to.plus(SEEN).isAfter(time);
        }
    }

    /** Since when nothing but a call is going on here that nobody's preferred status hides. */
    Optional<Instant> inCallSince() {
        TeamsModel.Inside inside = model.inside(person.entra());
        boolean shows = inside.preferred().isEmpty()
                && inside.clients().values().stream()
                        .anyMatch(pair -> pair.activity().startsWith("InA"));
        return callSince.filter(since -> shows).map(since -> last.isAfter(since) ? last : since);
    }

    private void picks() {
        picks(PAIRS.get(person.chance().nextInt(PAIRS.size())));
    }

    private void picksAwayAfterAnother() {
        picks(HOLDING_BACK.get(person.chance().nextInt(HOLDING_BACK.size())));
        Runnable next = action("", 1, () -> picks(Pair.AWAY)).run();
        world.time.after(SEEN.plusSeconds(1 + person.chance().nextInt(20)), () -> {
            if (world.peopleAct()) {
                next.run();
            }
        });
    }

    private void picks(Pair pair) {
        person.note("  " + pair);
        world.preferred.chosenByPerson(person.entra(), pair.toString(), person.lastElsewhere());
        model.choose(person.entra(), pair);
    }

    private void comesOrGoes(Consumer<String> what) {
        what.accept(person.entra());
        world.preferred.coveredOrUncovered(person.entra());
    }

    private void resets() {
        world.preferred.resetByPerson(person.entra());
        model.resetStatus(person.entra());
    }

    private void talks(Runnable start) {
        start.run();
        callSince = callSince.or(() -> Optional.of(world.time.instant()));
        world.time.after(Duration.ofSeconds(20 + person.chance().nextInt(400)), () -> {
            person.note("ends the Teams call");
            last = world.time.instant();
            endCall();
        });
    }

    private void endCall() {
        callSince.ifPresent(since -> talks.add(new Talk(since, world.time.instant())));
        callSince = Optional.empty();
        model.endCall(person.entra());
    }

    private void plansMeeting() {
        Instant start = world.time.instant().plusSeconds(person.chance().nextInt(600));
        person.note("  at " + start);
        model.meeting(
                person.entra(), start, start.plusSeconds(60 + person.chance().nextInt(600)));
    }

    /** Whoever has a new account begins there anew. */
    void beginsAnew() {
        last = world.time.instant();
        settleDown();
    }

    void settleDown() {
        endCall();
        model.cancelMeetings(person.entra());
    }
}
