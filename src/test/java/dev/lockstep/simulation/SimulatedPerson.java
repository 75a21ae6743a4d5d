package dev.lockstep.simulation;

import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.local.dynamics.model.Work;
import dev.lockstep.local.phone.DeskPhone;
import dev.lockstep.local.phone.Pbx;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Somebody who works, phones, picks statuses and goes home, at random. */
final class SimulatedPerson {
    private static final Map<String, Status> PRESENCES = Map.of(
            "Available", Status.AVAILABLE,
            "Busy", Status.BUSY,
            "Busy - DND", Status.DO_NOT_DISTURB,
            "Away", Status.AWAY,
            "Offline", Status.OFFLINE);
    private static final List<Pair> PAIRS =
            List.of(Pair.AVAILABLE, Pair.BUSY, Pair.DO_NOT_DISTURB, Pair.BE_RIGHT_BACK, Pair.AWAY, Pair.APPEAR_OFFLINE);

    /** Teams tells no times, and hides for a while what was picked there: choices that close together have no order. */
    private static final Duration AT_ONCE = Duration.ofMinutes(6);

    private final Simulation world;
    private final String agentId;
    private final UUID user;
    private final String entra;
    private final String line;
    private final DeskPhone desk;
    private final Pbx pbx;
    private final Map<Integer, Boolean> deskCalls = new LinkedHashMap<>();
    private final List<String> pbxCalls = new ArrayList<>();
    private final AcceptedCalls accepted = new AcceptedCalls();
    private Optional<Word> lastWord = Optional.empty();
    private Instant lastInTeams = Instant.MIN;
    private Instant shiftEnd = Instant.MIN;
    private Instant signedInAt = Instant.MIN;
    private Optional<Instant> lostAt = Optional.empty();
    private Optional<Instant> teamsCallSince = Optional.empty();
    private Random random = new Random(0);
    private boolean hangUpsLost;
    private boolean wentHome;
    private int actions;

    /** What somebody picked, where nothing that came after could stand against it. */
    record Word(Source source, Status status) {}

    SimulatedPerson(Simulation world, int number) {
        this.world = world;
        this.agentId = "agent" + number + "@contoso.com";
        this.user = UUID.nameUUIDFromBytes(("user" + agentId).getBytes());
        this.entra = UUID.nameUUIDFromBytes(("entra" + agentId).getBytes()).toString();
        this.line = "10" + number;
        DeskPhone.Account account =
                new DeskPhone.Account("https://lockstep.example", Product.DESK, Product.TOKEN, mac(), line);
        this.desk = new DeskPhone(account, this::deskCalls, EnumSet.allOf(DeskPhone.Event.class));
        this.pbx = new Pbx(
                URI.create("https://lockstep.example/phone/" + Product.PBX),
                "/pbx/" + line,
                List.of(Product.PBX_SECRET),
                this::pbxCalls,
                () -> world.time.instant().plus(world.skewOf(Product.PBX)),
                world.time::after);
    }

    String agentId() {
        return agentId;
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

    Optional<Word> lastWord() {
        return lastWord;
    }

    /** Whether the shift is over and nothing was done since. */
    boolean wentHome() {
        return wentHome;
    }

    /** When the connection to Dynamics was lost, while it is. */
    Optional<Instant> lostAt() {
        return lostAt;
    }

    /** Since when nothing but a call is going on in Teams that nobody's preferred status hides. */
    Optional<Instant> inTeamsCallSince() {
        TeamsModel.Inside inside = world.teams.inside(entra);
        boolean shows = inside.preferred().isEmpty()
                && inside.clients().values().stream()
                        .anyMatch(pair -> pair.activity().startsWith("InA"));
        return teamsCallSince.filter(since -> shows).map(since -> lastInTeams.isAfter(since) ? lastInTeams : since);
    }

    RepresentativeView inDynamics() {
        return world.center.presence().agent(user).orElseThrow();
    }

    void begin() {
        next();
    }

    /** Each action has chance of its own: to leave one out changes no other. */
    private void next() {
        String name = agentId.substring(0, agentId.indexOf('@')) + "#" + ++actions;
        Random chance = new Random(world.scenario.seed() * 1_000_003 + name.hashCode());
        boolean atOnce = chance.nextInt(8) == 0;
        double average = atOnce ? 150 : world.scenario.pace().toMillis();
        long wait = 20 + (long) (-Math.log(1 - chance.nextDouble()) * average);
        world.time.after(Duration.ofMillis(wait), () -> {
            if (!world.peopleAct()) {
                return;
            }
            if (world.happens(name)) {
                random = chance;
                act();
            }
            next();
        });
    }

    private void note(String what) {
        world.trace.note(agentId, what);
    }

    private void act() {
        int choice = random.nextInt(100);
        if (choice < 22) {
            desk();
        } else if (choice < 40) {
            pbx();
        } else if (choice < 68) {
            dynamics();
        } else if (choice < 88) {
            teams();
        } else if (choice < 94) {
            application();
        } else {
            shift();
        }
    }

    private void desk() {
        if (random.nextInt(12) == 0) {
            boolean on = random.nextBoolean();
            note("turns Do not disturb of the desk phone " + (on ? "on" : "off"));
            desk.dnd(on);
            lastWord = Optional.empty();
            return;
        }
        if (deskCalls.isEmpty() || random.nextInt(5) == 0) {
            boolean out = random.nextInt(3) == 0;
            int call = out ? desk.dial("sip:4420@pbx.example") : desk.ring("sip:4420@pbx.example");
            note("desk " + (out ? "dials " : "rings ") + call);
            deskCalls.put(call, false);
            return;
        }
        int call = deskCalls.keySet().iterator().next();
        if (!deskCalls.get(call)) {
            answerOrMiss(call);
        } else if (random.nextInt(3) == 0) {
            note("desk holds " + call);
            desk.hold(call);
        } else if (random.nextInt(6) == 0) {
            note("desk resumes " + call);
            desk.resume(call);
        } else {
            note("desk hangs up " + call);
            deskCalls.remove(call);
            desk.hangup(call);
        }
    }

    private void answerOrMiss(int call) {
        if (random.nextInt(5) == 0) {
            note("desk misses " + call);
            deskCalls.remove(call);
            desk.miss(call);
        } else {
            note("desk answers " + call);
            deskCalls.put(call, true);
            desk.answer(call);
        }
    }

    private void pbx() {
        if (pbxCalls.isEmpty() || random.nextInt(6) == 0) {
            rings();
            if (random.nextInt(4) == 0) {
                note("the call forks");
                world.another(this, random).rings();
            }
            return;
        }
        String call = pbxCalls.getFirst();
        String state = pbx.calls(line).getOrDefault(call, "ringing");
        boolean up = !state.equals("ringing") && !state.equals("dialing");
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                note("pbx " + (up ? "holds " : "misses ") + call);
                if (up) {
                    pbx.hold(line, call);
                } else {
                    pbxCalls.remove(call);
                    pbx.miss(line, call);
                }
            }
            case 2 -> {
                if (up) {
                    note("pbx resumes " + call);
                    pbx.resume(line, call);
                }
            }
            case 3 -> losesHangUp(call);
            case 4 -> {
                note("pbx transfers " + call);
                hangsUp(call);
                world.another(this, random).rings();
            }
            default -> {
                if (up) {
                    note("pbx hangs up " + call);
                    hangsUp(call);
                } else {
                    note("pbx answers " + call);
                    pbx.answer(line, call);
                }
            }
        }
    }

    private void rings() {
        String call = pbx.ring(line);
        note("pbx rings " + call);
        pbxCalls.add(call);
    }

    private void hangsUp(String call) {
        pbxCalls.remove(call);
        pbx.hangup(line, call);
    }

    /** The system notices after a while, and tells what calls there are. */
    private void losesHangUp(String call) {
        note("pbx loses the hang-up of " + call);
        hangUpsLost = true;
        world.faults.note(FaultPlan.Kind.LOST_HANG_UP);
        pbxCalls.remove(call);
        pbx.loseHangup(line, call);
        world.time.after(Duration.ofMinutes(2), () -> pbx.snapshot(line));
    }

    private void dynamics() {
        DynamicsModel model = world.center.presence();
        RepresentativeView me = inDynamics();
        int what = random.nextInt(14);
        if (!me.signedIn()) {
            note("signs in");
            lastWord = Optional.empty();
            lostAt = Optional.empty();
            signedInAt = world.time.instant();
            model.signIn(user);
            return;
        }
        switch (what) {
            case 0 -> {
                note("signs out");
                lastWord = Optional.empty();
                lostAt = Optional.empty();
                model.signOut(user);
            }
            case 1 -> {
                note("loses the connection");
                lastWord = Optional.empty();
                if (model.disconnect(user)) {
                    lostAt = Optional.of(world.time.instant()).filter(signedInAt.plusSeconds(10)::isBefore);
                    world.time.after(Duration.ofSeconds(5 + random.nextInt(200)), () -> {
                        note("reconnects");
                        lostAt = Optional.empty();
                        wentHome = false;
                        model.reconnect(user);
                    });
                }
            }
            case 2, 3, 4 -> picks(me, user);
            case 5 -> picks(me, world.supervisor());
            case 6, 7 -> {
                boolean assigned = random.nextInt(4) == 0;
                note(assigned ? "is given a chat" : "takes a chat");
                presenceIsRecalculated();
                if (assigned) {
                    model.assign(user, Work.Channel.CHAT, 30);
                } else {
                    model.accept(user, Work.Channel.CHAT, 30);
                }
            }
            case 8, 9, 10 -> {
                if (!me.work().isEmpty()) {
                    note("closes a chat");
                    presenceIsRecalculated();
                    model.close(user, me.work().getFirst().id());
                }
            }
            case 11 -> {
                lastWord = Optional.empty();
                note(model.miss(user) ? "misses work" : "has no work to miss");
            }
            case 12 -> {
                lastWord = Optional.empty();
                note(model.reject(user) ? "rejects work" : "has no work to reject");
            }
            default -> {
                note("resets the presence");
                lastWord = Optional.empty();
                model.reset(user);
            }
        }
    }

    /** What was picked in Dynamics may end with that. */
    private void presenceIsRecalculated() {
        lastWord = lastWord.filter(word -> !word.source().equals(Source.DYNAMICS));
    }

    private void picks(RepresentativeView me, UUID who) {
        DynamicsModel model = world.center.presence();
        List<String> names = PRESENCES.keySet().stream().sorted().toList();
        String name = names.get(random.nextInt(names.size()));
        note((who.equals(user) ? "picks " : "the supervisor sets ") + name + " in Dynamics");
        boolean shown = me.presence().name().equals(name);
        UUID presence = model.presence(name).map(Presence::id).orElseThrow();
        boolean done = who.equals(user) ? model.choose(user, presence) : model.supervise(who, user, presence);
        boolean clear = done && !shown && lastInTeams.plus(AT_ONCE).isBefore(world.time.instant());
        lastWord = clear ? Optional.of(new Word(Source.DYNAMICS, PRESENCES.get(name))) : Optional.empty();
    }

    private void teams() {
        TeamsModel teams = world.teams;
        lastWord = Optional.empty();
        lastInTeams = world.time.instant();
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> {
                Pair pair = PAIRS.get(random.nextInt(PAIRS.size()));
                note("picks " + pair + " in Teams");
                world.preferred.chosenByPerson(entra, pair.toString());
                teams.choose(entra, pair);
            }
            case 3 -> {
                note("resets the status in Teams");
                world.preferred.resetByPerson(entra);
                teams.resetStatus(entra);
            }
            case 4, 5 -> {
                boolean conference = random.nextInt(4) == 0;
                note("starts a Teams " + (conference ? "conference" : "call"));
                if (conference) {
                    teams.startConferenceCall(entra);
                } else {
                    teams.startCall(entra);
                }
                teamsCallSince = teamsCallSince.or(() -> Optional.of(world.time.instant()));
                world.time.after(Duration.ofSeconds(20 + random.nextInt(400)), () -> {
                    note("ends the Teams call");
                    lastInTeams = world.time.instant();
                    teamsCallSince = Optional.empty();
                    teams.endCall(entra);
                });
            }
            case 6 -> {
                note("idles");
                teams.goIdle(entra);
            }
            case 7 -> {
                note("comes back");
                teams.comeBack(entra);
            }
            case 8 -> {
                Instant start = world.time.instant().plusSeconds(random.nextInt(600));
                note("has a meeting at " + start);
                teams.meeting(entra, start, start.plusSeconds(60 + random.nextInt(600)));
            }
            default -> {
                boolean closes = random.nextBoolean();
                note(closes ? "closes Teams" : "opens Teams");
                if (closes) {
                    teams.closeClient(entra);
                } else {
                    teams.signInClient(entra);
                }
            }
        }
    }

    /** Picks a status in another application, which tells us. */
    private void application() {
        List<Status> all = List.of(Status.AVAILABLE, Status.BUSY, Status.AWAY, Status.DO_NOT_DISTURB);
        Status status = all.get(random.nextInt(all.size()));
        boolean clear = lastInTeams.plus(AT_ONCE).isBefore(world.time.instant());
        int answer = world.applicationCalls(agentId, status);
        note("picks " + status + " in the application: " + answer);
        Source source = Source.application(Product.APPLICATION);
        lastWord = clear && answer / 100 == 2 ? Optional.of(new Word(source, status)) : Optional.empty();
    }

    private void shift() {
        Instant now = world.time.instant();
        lastWord = Optional.empty();
        if (random.nextInt(3) == 0) {
            note("the shift is deleted");
            world.center.shifts().clear(user);
        } else {
            goesHomeAt(now.plusSeconds(random.nextInt(1_200)));
        }
    }

    private void goesHomeAt(Instant end) {
        note("the shift is planned until " + end);
        shiftEnd = end;
        world.center.shifts().clear(user);
        world.center.shifts().plan(user, end.minus(Duration.ofHours(8)), end, List.of());
    }

    /** Nothing more happens, and what a phone system would have told in the end is told. */
    void settleDown() {
        teamsCallSince = Optional.empty();
        world.teams.endCall(entra);
        world.teams.cancelMeetings(entra);
        if (shiftEnd.isAfter(world.time.instant())) {
            world.center.shifts().clear(user);
        }
        if (world.dice.nextInt(3) == 0) {
            goesHomeAt(world.time.instant().plusSeconds(30));
            wentHome = true;
            lastWord = Optional.empty();
        }
        if (!accepted.areCertain() || hangUpsLost) {
            pbx.snapshot(line);
        }
        if (deskCalls.isEmpty()) {
            deskSays("idle");
        }
    }

    private void deskSays(String kind) {
        URI url = URI.create("https://lockstep.example/phone/" + Product.DESK + "?k=" + Product.TOKEN + "&ev=" + kind
                + "&mac=" + mac());
        try {
            deskCalls(url);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A desk phone tries once. */
    private int deskCalls(URI url) throws IOException {
        if (world.faults.strikes(FaultPlan.Kind.DROPPED, 1)) {
            throw new IOException("lost");
        }
        int status = world.phoneCalls("GET", url, Map.of(), new byte[0]);
        note("  " + url.getQuery().replaceAll(".*(ev=[^&]*).*cid=([^&]*).*", "$1 $2") + " answered " + status);
        accepted.desk(url, status);
        return status;
    }

    private int pbxCalls(URI url, Map<String, String> headers, byte[] body) throws IOException {
        if (world.faults.strikes(FaultPlan.Kind.DROPPED, 1)) {
            throw new IOException("lost");
        }
        int status = world.phoneCalls("POST", url, headers, body);
        accepted.pbx(body, status);
        if (world.faults.strikes(FaultPlan.Kind.DUPLICATED, 5)) {
            Duration late = Duration.ofSeconds(world.dice.nextInt(120));
            world.time.after(late, () -> accepted.pbx(body, world.phoneCalls("POST", url, headers, body)));
        }
        return status;
    }
}
