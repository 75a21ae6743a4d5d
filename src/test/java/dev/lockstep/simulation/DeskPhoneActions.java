package dev.lockstep.simulation;

import dev.lockstep.local.phone.DeskPhone;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A person's desk phone, which tells of its calls by action URLs. */
final class DeskPhoneActions {
    /** How long a phone takes to start. */
    private static final Duration START = Duration.ofSeconds(50);

    /** Administrators set few of the thirty addresses that a phone has. */
    private static final Set<DeskPhone.Event> FEW = EnumSet.of(
            DeskPhone.Event.CONNECTED, DeskPhone.Event.ENDED, DeskPhone.Event.DND_ON, DeskPhone.Event.DND_OFF);

    private static final String CALLER = "sip:4420@pbx.example";

    private final Simulation world;
    private final SimulatedPerson person;
    private final DeskPhone phone;

    /** Calls in the order in which they came, and whether they are answered. */
    private final Map<Integer, Boolean> calls = new LinkedHashMap<>();

    private final Deque<URI> waiting = new ArrayDeque<>();
    private boolean isSending;
    private Optional<SimulatedPerson> user;
    private Instant startedAt = Instant.EPOCH;

    DeskPhoneActions(Simulation world, SimulatedPerson person) {
        this.world = world;
        this.person = person;
        this.user = Optional.of(person);
        DeskPhone.Account account = new DeskPhone.Account(
                "https://lockstep.example", Product.DESK, Product.TOKEN, person.mac(), person.line());
        this.phone = new DeskPhone(
                account, this::send, world.scenario.setsFewUrls() ? FEW : EnumSet.allOf(DeskPhone.Event.class));
    }

    Place place() {
        List<Action> actions = new ArrayList<>(List.of(
                Action.of("turns Do not disturb on", 4, () -> dnd(true)),
                Action.of("turns Do not disturb off", 4, () -> dnd(false)),
                Action.of("rings", 61, this::rings).when(this::isFree),
                Action.of("dials", 31, this::dials).when(this::isFree),
                Action.of(
                                "takes short calls",
                                world.scenario.isHectic() ? 60 : 4,
                                () -> shortCalls(2 + person.chance().nextInt(6)))
                        .when(this::isFree),
                Action.of("is started anew", 6, this::restarts).when(this::isFree),
                Action.of("rings besides", 12, this::rings).when(this::isInUse),
                Action.of("dials besides", 6, this::dials).when(this::isInUse),
                Action.of("answers", 59, () -> answers(first())).when(this::isWaiting),
                Action.of("misses", 15, this::misses).when(this::isWaiting),
                Action.of("holds", 24, () -> does(() -> phone.hold(first()))).when(this::isUp),
                Action.of("resumes", 8, () -> does(() -> phone.resume(first()))).when(this::isUp),
                Action.of("hangs up", 41, () -> hangsUp(first())).when(this::isUp),
                Action.of("is given to nobody", 3, this::leaves).when(this::isTheirs)));
        if (world.scenario.sharesDeskPhones()) {
            actions.add(Action.of("is given to another", 12, this::isHandedOver).when(this::isTheirs));
        }
        return new Place("desk phone", 22, actions);
    }

    private boolean isTheirs() {
        return user.equals(Optional.of(person));
    }

    private boolean isFree() {
        return calls.isEmpty() && !startedAt.plus(START).isAfter(world.time.instant());
    }

    private void restarts() {
        startedAt = world.time.instant();
        does(phone::restart);
    }

    /** An administrator edits the lines in the middle of whatever goes on, and gives the phone back after a while. */
    private void leaves() {
        isTakenAway();
        comesBackLater();
    }

    /** Whoever has it now is told of, and what it told of the former ends for them. */
    private void isHandedOver() {
        SimulatedPerson next = world.another(person, person.chance());
        next.nothingPicked();
        isTakenAway();
        isGivenTo(next);
        comesBackLater();
    }

    private void isTakenAway() {
        user.ifPresent(former -> {
            former.nothingPicked();
            world.takeDeskPhone(person.mac(), former);
            former.accepted().deskLeft(person.mac(), world.time.instant());
        });
        user = Optional.empty();
    }

    private void isGivenTo(SimulatedPerson next) {
        next.note("  the desk phone " + person.mac() + " is theirs");
        world.giveDeskPhone(person.mac(), next);
        user = Optional.of(next);
    }

    private void comesBackLater() {
        Duration away = Duration.ofSeconds(10 + person.chance().nextInt(300));
        world.time.after(away, () -> {
            isTakenAway();
            isGivenTo(person);
        });
    }

    private boolean isInUse() {
        return !calls.isEmpty();
    }

    private boolean isWaiting() {
        return isInUse() && !calls.get(first());
    }

    private boolean isUp() {
        return isInUse() && calls.get(first());
    }

    private int first() {
        return calls.keySet().iterator().next();
    }

    private void dnd(boolean on) {
        person.nothingPicked();
        does(() -> phone.dnd(on));
    }

    private int rings() {
        int call = phone.ring(CALLER);
        calls.put(call, false);
        deliver();
        return call;
    }

    private void dials() {
        does(() -> calls.put(phone.dial(CALLER), false));
    }

    /** A queue of callers who put down at once: each rings, is answered and is gone within two seconds. */
    private void shortCalls(int left) {
        if (left > 0 && isFree()) {
            int call = rings();
            later(() -> {
                answers(call);
                later(() -> {
                    hangsUp(call);
                    later(() -> shortCalls(left - 1));
                });
            });
        }
    }

    private void later(Runnable next) {
        world.time.after(Duration.ofMillis(50 + person.chance().nextInt(600)), next);
    }

    private void answers(int call) {
        if (calls.replace(call, false, true)) {
            does(() -> phone.answer(call));
        }
    }

    private void misses() {
        int call = first();
        calls.remove(call);
        does(() -> phone.miss(call));
    }

    private void hangsUp(int call) {
        if (calls.remove(call) != null) {
            does(() -> phone.hangup(call));
        }
    }

    /** Where no call is left the phone says so once more. */
    void settleDown() {
        if (calls.isEmpty()) {
            URI idle = URI.create("https://lockstep.example/phone/" + Product.DESK + "?k=" + Product.TOKEN
                    + "&ev=idle&mac=" + person.mac());
            does(() -> send(idle));
        }
    }

    /** A desk phone calls one address after the other, in the order of what happened. */
    private int send(URI url) {
        waiting.add(url);
        return 200;
    }

    private void does(Runnable act) {
        act.run();
        deliver();
    }

    private void deliver() {
        if (!isSending) {
            isSending = true;
            while (!waiting.isEmpty()) {
                trySending(waiting.poll());
            }
            isSending = false;
        }
    }

    private void trySending(URI url) {
        try {
            sendOnce(url);
        } catch (IOException e) {
            person.note("  " + e.getMessage());
        }
    }

    /** It tries once. */
    private int sendOnce(URI url) throws IOException {
        if (world.faults.strikes(FaultPlan.Kind.DROPPED, 1)) {
            throw new IOException("lost");
        }
        Instant arrivedAt = world.time.instant();
        if (world.faults.strikes(FaultPlan.Kind.COLD_START, 3)) {
            Duration late = Duration.ofMillis(world.dice.nextInt(10_000));
            world.time.after(late, () -> handled(url, arrivedAt));
            return 200;
        }
        return handled(url, arrivedAt);
    }

    /** The function that handles it may have been started for it, after another handled what came later. */
    private int handled(URI url, Instant arrivedAt) {
        Optional<SimulatedPerson> before = user;
        int status = world.phoneCalls("GET", url, Map.of(), new byte[0], arrivedAt);
        person.note("  " + url.getQuery().replaceAll(".*(ev=[^&]*).*cid=([^&]*).*", "$1 $2") + " answered " + status);
        // Whose it was, if it was handed over in that very moment, nobody knows.
        int certain = before.equals(user) ? status : 503;
        before.ifPresent(former -> former.accepted().desk(url, certain, arrivedAt));
        user.filter(next -> !before.equals(user))
                .ifPresent(next -> next.accepted().desk(url, certain, arrivedAt));
        return status;
    }
}
