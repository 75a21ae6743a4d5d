package dev.lockstep.simulation;

import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Somebody who works, phones, picks statuses and goes home, at random. */
final class SimulatedPerson {
    /** Teams tells no times, and hides for a while what was picked there: choices that close together have no order. */
    private static final Duration AT_ONCE = Duration.ofMinutes(6);

    /** Within that time a message of Dynamics may be on its way while we write. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    private static final Source APPLICATION = Source.application(Product.APPLICATION);

    private final Simulation world;
    private final String key;
    private final UUID user;
    private String entra;
    private final String line;
    private final AcceptedCalls accepted = new AcceptedCalls();
    private final DeskPhoneActions desk;
    private final PbxActions pbx;
    private final DynamicsActions dynamics;
    private final TeamsActions teams;
    private final ShiftActions shift;
    private final List<Place> elsewhere;
    private final List<Place> places;
    private Optional<Word> lastWord = Optional.empty();
    private Optional<Word> lastWritten = Optional.empty();
    private Random chance = new Random(0);
    private Instant lastElsewhere = Instant.EPOCH;
    private boolean wentHome;
    private int actions;

    /** What somebody picked, where nothing that came after could stand against it. */
    record Word(Source source, Status status, Instant at) {}

    SimulatedPerson(Simulation world, int number) {
        this.world = world;
        this.key = "agent" + number;
        this.user = UUID.nameUUIDFromBytes(("user" + agentId()).getBytes());
        this.entra = UUID.nameUUIDFromBytes(("entra" + agentId()).getBytes()).toString();
        this.line = "10" + number;
        this.desk = new DeskPhoneActions(world, this);
        this.pbx = new PbxActions(world, this);
        this.dynamics = new DynamicsActions(world, this);
        this.teams = new TeamsActions(world, this);
        this.shift = new ShiftActions(world, this);
        this.elsewhere = List.of(dynamics.place(), application(), shift.place());
        this.places =
                List.of(desk.place(), pbx.place(), elsewhere.get(0), teams.place(), elsewhere.get(1), elsewhere.get(2));
    }

    private Place application() {
        return Place.of(
                "application",
                6,
                Stream.of(Status.AVAILABLE, Status.BUSY, Status.AWAY, Status.DO_NOT_DISTURB)
                        .map(status -> Action.of("picks " + status, 1, () -> picksInTheApplication(status)))
                        .toArray(Action[]::new));
    }

    /** Names of all that anybody can do. */
    List<String> actionNames() {
        return places.stream()
                .flatMap(place -> place.actions().stream().map(place::named))
                .toList();
    }

    String agentId() {
        return key + "@contoso.com";
    }

    UUID user() {
        return user;
    }

    String entra() {
        return entra;
    }

    String line() {
        return line;
    }

    String mac() {
        return "805ec0" + String.format("%06x", line.hashCode() & 0xffffff);
    }

    AcceptedCalls accepted() {
        return accepted;
    }

    PbxActions pbx() {
        return pbx;
    }

    /** What this person does now is drawn from it. */
    Random chance() {
        return chance;
    }

    Optional<Word> lastWord() {
        return lastWord;
    }

    /** Whether that was an end of the shift until somebody changed the plan. */
    boolean isNoEnd(Instant time) {
        return shift.isNoEnd(time);
    }

    /** Whether the shift is over and nothing was done since. */
    boolean wentHome() {
        return wentHome;
    }

    /** When the connection to Dynamics was lost, while it is. */
    Optional<Instant> lostAt() {
        return dynamics.lostAt();
    }

    /** When work was offered in vain, until the person did something about it in Dynamics. */
    Optional<Instant> missedAt() {
        return dynamics.missedAt();
    }

    /** When all was given that the person can take, while nothing is left. */
    Optional<Instant> exhaustedAt() {
        return dynamics.exhaustedAt();
    }

    Optional<Instant> lastPickedAt() {
        return dynamics.lastPickedAt();
    }

    /** The presence that was last picked in Dynamics. */
    String lastPicked() {
        return dynamics.lastPicked();
    }

    /** Since when nothing but a call is going on in Teams that nobody's preferred status hides. */
    Optional<Instant> inTeamsCallSince() {
        return teams.inCallSince();
    }

    /** Whether Teams may have shown a call of its own at that time. */
    boolean talkedInTeamsAt(Instant time) {
        return teams.talkedAt(time);
    }

    RepresentativeView inDynamics() {
        return dynamics.view();
    }

    void begin() {
        next();
    }

    /** Each action has chance of its own: to leave one out changes no other. */
    private void next() {
        String name = key + "#" + ++actions;
        Random own = new Random(world.scenario.seed() * 1_000_003 + name.hashCode());
        boolean atOnce = own.nextInt(8) == 0;
        double average = atOnce ? 150 : world.scenario.pace().toMillis();
        long wait = 20 + (long) (-Math.log(1 - own.nextDouble()) * average);
        world.time.after(Duration.ofMillis(wait), () -> {
            if (!world.peopleAct()) {
                return;
            }
            if (world.happens(name)) {
                chance = own;
                act(name);
            }
            next();
        });
    }

    private void act(String name) {
        Place place = Place.drawn(places, chance);
        Action.fastest(place.actions(), chance).ifPresent(action -> {
            world.acts(name, place.named(action));
            note(name + " " + place.named(action));
            if (elsewhere.contains(place)) {
                actsElsewhere();
            }
            action.run().run();
        });
    }

    /** Something that may stand against what was picked in Teams happens at another place. */
    void actsElsewhere() {
        lastElsewhere = world.time.instant();
    }

    Instant lastElsewhere() {
        Instant home = shift.end();
        return home.isAfter(lastElsewhere) && !home.isAfter(world.time.instant()) ? home : lastElsewhere;
    }

    void note(String what) {
        world.trace.note(agentId(), what);
    }

    /** Something happened that may stand against what was picked, or ends it. */
    void nothingPicked() {
        lastWord = Optional.empty();
    }

    /** What was picked there may end with that. */
    void choiceMayEnd(Source there) {
        lastWord = lastWord.filter(word -> !word.source().equals(there));
    }

    /** We write that presence: of two that set the same at one moment nobody can tell whose it is. */
    void isWritten(String presence) {
        lastWritten = DynamicsActions.meaning(presence)
                .map(status -> new Word(Source.DYNAMICS, status, world.time.instant()));
        lastWord = lastWord.filter(word -> !isCrossed(word));
    }

    private boolean isCrossed(Word word) {
        return lastWritten
                .filter(written -> written.source().equals(word.source()) && written.status() == word.status())
                .filter(written ->
                        Duration.between(written.at(), word.at()).abs().compareTo(ON_ITS_WAY) < 0)
                .isPresent();
    }

    /** @param effective whether the choice changed anything there */
    void picked(Source there, Status status, boolean effective) {
        boolean clear = effective && teams.last().plus(AT_ONCE).isBefore(world.time.instant());
        Word word = new Word(there, status, world.time.instant());
        lastWord = Optional.of(word).filter(picked -> clear && !isCrossed(picked));
    }

    /** Has another account in Teams from now on, and Dynamics knows it. */
    void hasNewAccount() {
        nothingPicked();
        actsElsewhere();
        teams.beginsAnew();
        entra = UUID.nameUUIDFromBytes(("new " + entra).getBytes()).toString();
        world.teams.addUser(entra);
        world.teams.signInClient(entra);
        dynamics.isKnownByAnother(UUID.fromString(entra));
    }

    /** Works on after the shift. */
    void isBack() {
        wentHome = false;
    }

    /** Picks a status in another application, which tells us. */
    private void picksInTheApplication(Status status) {
        int answer = world.applicationCalls(agentId(), status);
        note("  answered " + answer);
        picked(APPLICATION, status, answer / 100 == 2);
    }

    /** Nothing more happens, and what a phone system would have told in the end is told. */
    void settleDown() {
        teams.settleDown();
        shift.settleDown();
        if (world.dice.nextInt(3) == 0) {
            shift.plan(Duration.ofSeconds(30));
            wentHome = dynamics.wasThere();
        }
        pbx.settleDown();
        desk.settleDown();
    }
}
