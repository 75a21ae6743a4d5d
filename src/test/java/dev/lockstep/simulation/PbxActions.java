package dev.lockstep.simulation;

import dev.lockstep.local.phone.Pbx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A person's line of a phone system, which tells of its calls by signed events and may lose a hang-up. */
final class PbxActions {
    private final Simulation world;
    private final SimulatedPerson person;
    private final String line;
    private final Pbx pbx;
    private final List<String> calls = new ArrayList<>();

    /** Calls that left the line and may come back to it. */
    private final List<String> parked = new ArrayList<>();

    private boolean hangUpsLost;

    PbxActions(Simulation world, SimulatedPerson person) {
        this.world = world;
        this.person = person;
        this.line = person.line();
        this.pbx = new Pbx(
                URI.create("https://lockstep.example/phone/" + Product.PBX),
                "/pbx/" + line,
                List.of(Product.PBX_SECRET),
                this::send,
                () -> world.time.instant().plus(world.skewOf(Product.PBX)),
                world.time::after);
        if (world.scenario.countsNothing()) {
            pbx.stopCounting();
        }
        pbx.misreadTimeBy(world.zoneErrorOf(Product.PBX));
    }

    void zoneIsSet() {
        pbx.misreadTimeBy(Duration.ZERO);
    }

    Place place() {
        return Place.of(
                "phone system",
                18,
                Action.of("rings", 75, this::rings).when(calls::isEmpty),
                Action.of("rings here and elsewhere", 25, this::forks).when(calls::isEmpty),
                Action.of("makes many quick calls", 8, this::makesManyQuickCalls)
                        .when(calls::isEmpty),
                Action.of("rings besides", 12, this::rings).when(this::isInUse),
                Action.of("rings besides and elsewhere", 4, this::forks).when(this::isInUse),
                Action.of("loses a hang-up", 7, this::losesHangUp).when(this::mayLose),
                Action.of("transfers", 7, this::transfers).when(this::isInUse),
                Action.of("answers", 49, () -> pbx.answer(line, first())).when(this::isWaiting),
                Action.of("misses", 14, this::misses).when(this::isWaiting),
                Action.of("holds", 14, () -> pbx.hold(line, first())).when(this::isUp),
                Action.of("resumes", 7, () -> pbx.resume(line, first())).when(this::isUp),
                Action.of("parks", 9, this::parks).when(this::isUp),
                Action.of("retrieves", 30, this::retrieves).when(this::isParked),
                Action.of("gets a transferred call back", 15, this::ringsBack).when(this::isParked),
                Action.of("hangs up", 49, this::hangsUp).when(this::isUp));
    }

    private boolean isInUse() {
        return !calls.isEmpty();
    }

    private boolean isParked() {
        return !parked.isEmpty();
    }

    /** Where events only come late, nothing is told that puts right what they do. */
    private boolean mayLose() {
        return isInUse() && !world.scenario.hasSlowForwarder();
    }

    private boolean isUp() {
        return isInUse() && !isWaiting();
    }

    private boolean isWaiting() {
        String state = isInUse() ? pbx.calls(line).getOrDefault(first(), "ringing") : "";
        return state.equals("ringing") || state.equals("dialing");
    }

    private String first() {
        return calls.getFirst();
    }

    private void rings() {
        String call = pbx.ring(line);
        person.note("  pbx rings " + call);
        calls.add(call);
    }

    /** Each is over before anybody can read what the one before it left. */
    private void makesManyQuickCalls() {
        Duration next = Duration.ZERO;
        for (int left = 10 + person.chance().nextInt(20); left > 0; left--) {
            Duration length = Duration.ofMillis(50 + person.chance().nextInt(400));
            world.time.after(next, () -> makesQuickCall(length));
            next = next.plus(length).plusMillis(50 + person.chance().nextInt(400));
        }
    }

    private void makesQuickCall(Duration length) {
        String call = pbx.ring(line);
        pbx.answer(line, call);
        world.time.after(length, () -> pbx.hangup(line, call));
    }

    private void forks() {
        rings();
        another().rings();
    }

    private PbxActions another() {
        return world.another(person, person.chance()).pbx();
    }

    private void misses() {
        pbx.miss(line, calls.removeFirst());
    }

    private void hangsUp() {
        pbx.hangup(line, calls.removeFirst());
    }

    private void parks() {
        String call = calls.removeFirst();
        parked.add(call);
        pbx.park(line, call);
    }

    private void retrieves() {
        String call = parked.removeFirst();
        calls.add(call);
        pbx.retrieve(line, call);
    }

    private void ringsBack() {
        String call = parked.removeFirst();
        calls.add(call);
        pbx.ringBack(line, call);
    }

    private void transfers() {
        hangsUp();
        another().rings();
    }

    /** The system notices after a while, and tells what calls there are. */
    private void losesHangUp() {
        hangUpsLost = true;
        world.faults.note(FaultPlan.Kind.LOST_HANG_UP);
        pbx.loseHangup(line, calls.removeFirst());
        world.time.after(Duration.ofMinutes(2), () -> pbx.snapshot(line));
    }

    /** What a phone system would tell in the end is told. */
    void settleDown() {
        if (!person.accepted().areCertain() || hangUpsLost) {
            pbx.snapshot(line);
        }
    }

    /** Something between it and us may take an event and bring it late. */
    private int send(URI url, Map<String, String> headers, byte[] body) throws IOException {
        if (world.faults.strikes(FaultPlan.Kind.DROPPED, 1)) {
            throw new IOException("lost");
        }
        if (world.scenario.hasSlowForwarder() && world.dice.nextInt(8) == 0) {
            Duration late = Duration.ofSeconds(1 + world.dice.nextInt(120));
            world.time.after(late, () -> person.accepted().pbx(body, world.phoneCalls("POST", url, headers, body)));
            return 200;
        }
        int status = world.phoneCalls("POST", url, headers, body);
        person.accepted().pbx(body, status);
        if (world.faults.strikes(FaultPlan.Kind.DUPLICATED, 5)) {
            Duration late = Duration.ofSeconds(world.dice.nextInt(120));
            world.time.after(late, () -> person.accepted().pbx(body, world.phoneCalls("POST", url, headers, body)));
        }
        return status;
    }
}
