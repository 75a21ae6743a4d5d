package dev.lockstep.simulation;

import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.Capacity;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.local.dynamics.model.Work;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** What a person does in Dynamics, and what is done there to the person. */
final class DynamicsActions {
    /** The organisation's own. What they mean is their base, as no mapping names them. */
    static final List<Presence> CUSTOM = List.of(
            Presence.custom("Lunch", BasePresence.AWAY),
            Presence.custom("Wrap-up", BasePresence.BUSY),
            Presence.custom("Training", BasePresence.BUSY_DO_NOT_DISTURB),
            Presence.custom("Chat only", BasePresence.AVAILABLE));

    /** What an administrator adds to them while everything runs. */
    static final String MADE_MEANWHILE = "Coaching";

    private static final Map<String, Status> PRESENCES = Map.ofEntries(
            Map.entry("Available", Status.AVAILABLE),
            Map.entry("Busy", Status.BUSY),
            Map.entry("Busy - DND", Status.DO_NOT_DISTURB),
            Map.entry("Away", Status.AWAY),
            Map.entry("Offline", Status.OFFLINE),
            Map.entry("Lunch", Status.AWAY),
            Map.entry("Lunch break", Status.AWAY),
            Map.entry("Wrap-up", Status.BUSY),
            Map.entry("Training", Status.DO_NOT_DISTURB),
            Map.entry(MADE_MEANWHILE, Status.DO_NOT_DISTURB),
            Map.entry("Chat only", Status.AVAILABLE));

    /** What a conversation takes. */
    private static final int UNITS = 30;

    /** Teams that begin with a break, or must set something up. One that would be given work Dynamics computes all the same. */
    private static final List<String> DEFAULTS = List.of("Training", "Lunch", "Busy - DND", "Chat only", "Offline");

    /** Who is back so soon finds what they had picked. */
    private static final Duration SURELY_GIVEN_BACK = DynamicsBehaviour.RECONNECT_WINDOW.minusSeconds(10);

    /** Who is back later than that finds nothing of what they had picked. */
    private static final Duration SURELY_OVER = DynamicsBehaviour.RECONNECT_WINDOW.plusSeconds(10);

    private final Simulation world;
    private final SimulatedPerson person;
    private final DynamicsModel model;
    private final UUID user;
    private Instant signedInAt = Instant.MIN;
    private Instant leftAt = Instant.EPOCH;
    private Optional<Instant> lostAt = Optional.empty();
    private Optional<Instant> missedAt = Optional.empty();
    private Optional<Instant> exhaustedAt = Optional.empty();
    private Optional<UUID> lastPicked = Optional.empty();
    private Instant lastPickedAt = Instant.EPOCH;
    private Instant pickedBeforeAt = Instant.EPOCH;

    DynamicsActions(Simulation world, SimulatedPerson person) {
        this.world = world;
        this.person = person;
        this.model = world.center.presence();
        this.user = person.user();
    }

    /** An administrator edits the presences while people use them. */
    static void editPresences(DynamicsModel model) {
        if (model.presence(MADE_MEANWHILE).isEmpty()) {
            model.add(Presence.custom(MADE_MEANWHILE, BasePresence.BUSY_DO_NOT_DISTURB));
        }
        model.presence("Lunch")
                .ifPresent(lunch -> model.add(new Presence(
                        lunch.id(), "Lunch break", "Lunch break", lunch.base(), lunch.userSettable(), true)));
    }

    /** What Dynamics shows at that person's sign-in instead of what it computes. */
    static Optional<Presence> defaultPresence(Scenario scenario, int number, DynamicsModel model) {
        int nth = (int) ((scenario.seed() + number) % DEFAULTS.size());
        return Optional.of(DEFAULTS.get(nth))
                .filter(any -> scenario.hasDefaultPresences())
                .flatMap(model::presence);
    }

    static Capacity capacity(Scenario scenario) {
        return Capacity.units(scenario.hasLittleCapacity() ? 2 * UNITS : 100);
    }

    Place place() {
        return Place.of(
                "Dynamics",
                28,
                Action.of("signs in", 4, this::signsIn).when(() -> !isSignedIn()),
                Action.of("signs out", 4, this::signsOut).when(() -> isSignedIn() && mayLeave()),
                Action.of("loses the connection", 4, this::losesConnection).when(this::isSignedIn),
                Action.of("picks a presence", 12, () -> picks(user)).when(this::isSignedIn),
                Action.of("supervisor sets a presence", 4, () -> picks(world.supervisor()))
                        .when(this::isSignedIn),
                Action.of("is given a chat", 2, this::isGivenChat).when(this::isSignedIn),
                Action.of("takes a chat", 6, this::takesChat).when(this::isSignedIn),
                Action.of("closes a chat", 12, this::closesChat).when(this::hasWork),
                Action.of("misses work", 4, () -> misses(() -> model.miss(user)))
                        .when(this::isSignedIn),
                Action.of("rejects work", 4, () -> misses(() -> model.reject(user)))
                        .when(this::isSignedIn),
                Action.of("resets the presence", 4, this::resets).when(this::isSignedIn));
    }

    RepresentativeView view() {
        return model.agent(user).orElseThrow();
    }

    /** The user in Dynamics is connected to another account. */
    void isKnownByAnother(UUID entra) {
        model.add(view().who().withEntraId(entra));
    }

    /** When the connection was lost, while it is. */
    Optional<Instant> lostAt() {
        return lostAt;
    }

    /** Whether the person was ever signed in: nobody else is sent home. */
    boolean wasThere() {
        return signedInAt.isAfter(Instant.MIN);
    }

    /** When work was offered in vain, until the person did something about it in Dynamics. */
    Optional<Instant> missedAt() {
        return missedAt;
    }

    /** When all was given that the person can take, while nothing is left. */
    Optional<Instant> exhaustedAt() {
        return exhaustedAt;
    }

    /** The presence that was last picked there, as it is called now. */
    String lastPicked() {
        return lastPicked.stream()
                .flatMap(id -> model.presences().stream().filter(one -> one.id().equals(id)))
                .map(Presence::name)
                .findFirst()
                .orElse("");
    }

    /**
     * When that was, if its order among what was picked before, or given back by a return, can be told: not where whole
     * seconds are, of two in one second.
     */
    Optional<Instant> lastPickedAt() {
        Instant second = lastPickedAt.truncatedTo(ChronoUnit.SECONDS);
        boolean told =
                !world.scenario.tellsWholeSeconds() || (pickedBeforeAt.isBefore(second) && signedInAt.isBefore(second));
        return Optional.of(lastPickedAt).filter(at -> told);
    }

    /** What a presence means, if people pick it. */
    static Optional<Status> meaning(String presence) {
        return Optional.ofNullable(PRESENCES.get(presence));
    }

    private boolean isSignedIn() {
        return view().signedIn();
    }

    private boolean hasWork() {
        RepresentativeView me = view();
        return me.signedIn() && !me.work().isEmpty();
    }

    private void signsIn() {
        person.nothingPicked();
        boolean returns = lostAt.isPresent() || !leftAt.plus(SURELY_OVER).isBefore(world.time.instant());
        lostAt = Optional.empty();
        signedInAt = world.time.instant();
        missedAt = Optional.empty();
        model.signIn(user);
        if (!returns) {
            findsDefault();
        }
    }

    /** Their default is as good as picked, unless Dynamics computes what it shows. */
    private void findsDefault() {
        Presence shown = view().presence();
        boolean computed = shown.base() == BasePresence.AVAILABLE
                || shown.base() == BasePresence.BUSY
                || (shown.base() == BasePresence.BUSY_DO_NOT_DISTURB && hasWork());
        boolean isDefault = view().who().defaultPresence().equals(Optional.of(shown.id()));
        if (isDefault && !computed) {
            person.note("  " + shown.name());
            hasPicked(shown.id());
            person.picked(Source.DYNAMICS, PRESENCES.get(shown.name()), true);
        }
    }

    private void hasPicked(UUID presence) {
        missedAt = Optional.empty();
        lastPicked = Optional.of(presence);
        pickedBeforeAt = lastPickedAt;
        lastPickedAt = world.time.instant();
    }

    /** Where whole seconds are told, nobody can tell a visit within one from a return within one; no person is as quick. */
    private boolean mayLeave() {
        return !world.scenario.tellsWholeSeconds() || !signedInAt.plusSeconds(1).isAfter(world.time.instant());
    }

    private void signsOut() {
        person.nothingPicked();
        lostAt = Optional.empty();
        leftAt = world.time.instant();
        model.signOut(user);
    }

    private void losesConnection() {
        Duration away = Duration.ofSeconds(5 + person.chance().nextInt(200));
        if (away.compareTo(SURELY_GIVEN_BACK) > 0) {
            person.nothingPicked();
        }
        if (model.disconnect(user)) {
            lostAt = Optional.of(world.time.instant()).filter(signedInAt.plusSeconds(10)::isBefore);
            world.time.after(away, () -> {
                person.note("reconnects");
                lostAt = Optional.empty();
                person.isBack();
                person.actsElsewhere();
                missedAt = Optional.empty();
                model.reconnect(user);
            });
        }
    }

    private void picks(UUID who) {
        List<String> names = model.presences().stream()
                .map(Presence::name)
                .filter(PRESENCES::containsKey)
                .sorted()
                .toList();
        String name = names.get(person.chance().nextInt(names.size()));
        person.note("  " + name);
        boolean shown = view().presence().name().equals(name);
        UUID presence = model.presence(name).map(Presence::id).orElseThrow();
        boolean done = who.equals(user) ? model.choose(user, presence) : model.supervise(who, user, presence);
        if (done) {
            hasPicked(presence);
        }
        person.picked(Source.DYNAMICS, PRESENCES.get(name), done && !shown);
    }

    private void isGivenChat() {
        person.choiceMayEnd(Source.DYNAMICS);
        model.assign(user, Work.Channel.CHAT, UNITS);
        countUnits();
    }

    private void takesChat() {
        person.choiceMayEnd(Source.DYNAMICS);
        model.accept(user, Work.Channel.CHAT, UNITS);
        countUnits();
    }

    private void closesChat() {
        person.choiceMayEnd(Source.DYNAMICS);
        model.close(user, view().work().getFirst().id());
        countUnits();
    }

    private void countUnits() {
        int taken = view().work().stream().mapToInt(Work::units).sum();
        boolean isExhausted = taken >= view().who().capacity().units();
        exhaustedAt = isExhausted ? exhaustedAt.or(() -> Optional.of(world.time.instant())) : Optional.empty();
    }

    /** Where the presence was the same before, nobody is told. */
    private void misses(BooleanSupplier work) {
        Presence before = view().presence();
        boolean done = work.getAsBoolean();
        noticed(done);
        if (done && !view().presence().equals(before)) {
            missedAt = Optional.of(world.time.instant());
        }
    }

    private void resets() {
        boolean done = model.reset(user);
        noticed(done);
        if (done) {
            missedAt = Optional.empty();
        }
    }

    private void noticed(boolean changed) {
        person.nothingPicked();
        person.note("  " + (changed ? "done" : "nothing changes"));
    }
}
