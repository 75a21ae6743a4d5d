package dev.lockstep.simulation;

import dev.lockstep.local.dynamics.AgentView;
import dev.lockstep.local.dynamics.DynamicsModel;
import dev.lockstep.local.dynamics.Presence;
import dev.lockstep.local.dynamics.Work;
import dev.lockstep.local.phone.DeskPhone;
import dev.lockstep.local.phone.Pbx;
import dev.lockstep.local.teams.Pair;
import dev.lockstep.local.teams.TeamsModel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Somebody who works, phones, picks statuses and goes home, at random. */
final class Person {
    private static final List<String> PRESENCES = List.of("Available", "Busy", "Busy - DND", "Away", "Offline");
    private static final List<Pair> PAIRS =
            List.of(Pair.AVAILABLE, Pair.BUSY, Pair.DO_NOT_DISTURB, Pair.BE_RIGHT_BACK, Pair.AWAY, Pair.APPEAR_OFFLINE);

    private final Simulation simulation;
    private final String agentId;
    private final UUID user;
    private final String entra;
    private final String line;
    private final Random random;
    private final DeskPhone desk;
    private final Pbx pbx;
    private final Map<Integer, Boolean> deskCalls = new LinkedHashMap<>();
    private final List<String> pbxCalls = new ArrayList<>();

    /** Calls that were accepted as connected and not as ended. */
    private final Set<String> up = new HashSet<>();

    private Instant unprotectedSince = Instant.MAX;

    Person(Simulation simulation, String agentId, UUID user, String entra, String line) {
        this.simulation = simulation;
        this.agentId = agentId;
        this.user = user;
        this.entra = entra;
        this.line = line;
        this.random = new Random(simulation.seed * 31 + line.hashCode());
        DeskPhone.Account account =
                new DeskPhone.Account("https://lockstep.example", Simulation.DESK, Simulation.TOKEN, mac(), line);
        this.desk = new DeskPhone(account, this::deskCalls, EnumSet.allOf(DeskPhone.Event.class));
        this.pbx = new Pbx(
                URI.create("https://lockstep.example/phone/" + Simulation.PBX),
                "/pbx/" + line,
                List.of(Simulation.PBX_SECRET),
                this::pbxCalls,
                simulation.time,
                simulation.time::after);
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

    boolean isOnAcceptedCall() {
        return !up.isEmpty();
    }

    Set<String> acceptedCalls() {
        return up;
    }

    Instant unprotectedSince() {
        return unprotectedSince;
    }

    void unprotectedSince(Instant at) {
        unprotectedSince = at;
    }

    AgentView inDynamics() {
        return simulation.center.presence().agent(user).orElseThrow();
    }

    void begin() {
        next();
    }

    private void next() {
        long wait = 1_000 + (long) (-Math.log(1 - random.nextDouble()) * 120_000);
        simulation.time.after(Duration.ofMillis(wait), () -> {
            if (simulation.peopleAct()) {
                act();
                next();
            }
        });
    }

    private void note(String what) {
        simulation.trace.note(agentId, what);
    }

    private void act() {
        int choice = random.nextInt(100);
        if (choice < 22) {
            phone();
        } else if (choice < 40) {
            pbx();
        } else if (choice < 70) {
            dynamics();
        } else if (choice < 92) {
            teams();
        } else {
            shift();
        }
    }

    private void phone() {
        if (deskCalls.isEmpty() || random.nextInt(5) == 0) {
            int call = desk.ring("sip:4420@pbx.example");
            deskCalls.put(call, false);
            note("desk rings " + call);
            return;
        }
        int call = deskCalls.keySet().iterator().next();
        boolean answered = deskCalls.get(call);
        if (!answered) {
            note("desk answers " + call);
            deskCalls.put(call, true);
            desk.answer(call);
        } else if (random.nextInt(3) == 0) {
            note("desk holds " + call);
            desk.hold(call);
        } else {
            note("desk hangs up " + call);
            deskCalls.remove(call);
            desk.hangup(call);
        }
    }

    private void pbx() {
        if (pbxCalls.isEmpty()) {
            pbxCalls.add(pbx.ring(line));
            return;
        }
        String call = pbxCalls.getFirst();
        String state = pbx.calls(line).getOrDefault(call, "ringing");
        if (state.equals("ringing") || state.equals("dialing")) {
            note("pbx answers " + call);
            pbx.answer(line, call);
        } else if (random.nextInt(4) == 0) {
            pbx.hold(line, call);
        } else if (random.nextInt(6) == 0) {
            note("pbx loses the hang-up of " + call);
            simulation.faults.note(Faults.Kind.LOST_HANG_UP);
            pbxCalls.remove(call);
            pbx.loseHangup(line, call);
            simulation.time.after(Duration.ofMinutes(2), () -> pbx.snapshot(line));
        } else {
            note("pbx hangs up " + call);
            pbxCalls.remove(call);
            pbx.hangup(line, call);
        }
    }

    private void dynamics() {
        DynamicsModel model = simulation.center.presence();
        AgentView me = inDynamics();
        if (!me.signedIn()) {
            note("signs in");
            model.signIn(user);
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> {
                note("signs out");
                model.signOut(user);
            }
            case 1 -> {
                note("loses the connection");
                if (model.disconnect(user)) {
                    simulation.time.after(Duration.ofSeconds(5 + random.nextInt(200)), () -> {
                        note("reconnects");
                        model.reconnect(user);
                    });
                }
            }
            case 2, 3, 4, 5 -> {
                String name = PRESENCES.get(random.nextInt(PRESENCES.size()));
                note("picks " + name + " in Dynamics");
                model.choose(user, presence(name));
            }
            case 6, 7 -> {
                note("takes a chat");
                model.accept(user, Work.Channel.CHAT, 30);
            }
            case 8, 9 -> {
                if (!me.work().isEmpty()) {
                    note("closes a chat");
                    model.close(user, me.work().getFirst().id());
                }
            }
            case 10 -> {
                note(model.miss(user) ? "misses work" : "has no work to miss");
            }
            default -> {
                note("resets the presence");
                model.reset(user);
            }
        }
    }

    private UUID presence(String name) {
        return simulation.center.presence().presence(name).map(Presence::id).orElseThrow();
    }

    private void teams() {
        TeamsModel teams = simulation.teams;
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                Pair pair = PAIRS.get(random.nextInt(PAIRS.size()));
                note("picks " + pair + " in Teams");
                simulation.preferred.chosenByPerson(entra, pair.toString());
                teams.choose(entra, pair);
            }
            case 3 -> {
                note("resets the status in Teams");
                simulation.preferred.resetByPerson(entra);
                teams.resetStatus(entra);
            }
            case 4, 5 -> {
                note("starts a Teams call");
                teams.startCall(entra);
                simulation.time.after(Duration.ofSeconds(20 + random.nextInt(400)), () -> {
                    note("ends the Teams call");
                    teams.endCall(entra);
                });
            }
            case 6 -> teams.goIdle(entra);
            case 7 -> teams.comeBack(entra);
            default -> {
                if (random.nextBoolean()) {
                    teams.closeClient(entra);
                } else {
                    teams.signInClient(entra);
                }
            }
        }
    }

    private void shift() {
        Instant now = simulation.time.instant();
        if (random.nextInt(3) == 0) {
            note("the shift is deleted");
            simulation.center.shifts().clear(user);
        } else {
            Instant end = now.plusSeconds(random.nextInt(1_200));
            note("the shift is planned until " + end);
            simulation.center.shifts().clear(user);
            simulation.center.shifts().plan(user, end.minus(Duration.ofHours(8)), end, List.of());
        }
    }

    /** Nothing more happens, and what a phone system would have told in the end is told. */
    void settleDown() {
        simulation.teams.endCall(entra);
        pbx.snapshot(line);
        if (deskCalls.isEmpty()) {
            deskSays("idle");
        }
    }

    private void deskSays(String kind) {
        URI url = URI.create("https://lockstep.example/phone/" + Simulation.DESK + "?k=" + Simulation.TOKEN + "&ev="
                + kind + "&mac=" + mac());
        try {
            deskCalls(url);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A desk phone tries once. */
    private int deskCalls(URI url) throws IOException {
        if (simulation.faults.strikes(Faults.Kind.DROPPED, 1)) {
            throw new IOException("lost");
        }
        int status = simulation.phoneCalls("GET", url, Map.of(), new byte[0]);
        if (status / 100 == 2) {
            accepted(url.getQuery());
        } else {
            perhaps(
                    "desk ",
                    url.getQuery().contains("ev=ended") || url.getQuery().contains("ev=idle"));
        }
        return status;
    }

    private void accepted(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        String call = "desk " + parameters.get("cid");
        switch (parameters.get("ev")) {
            case "connected", "held", "resumed" -> begun(call);
            case "ended", "missed" -> over(call);
            case "idle" -> {
                new ArrayList<>(up)
                        .stream().filter(one -> one.startsWith("desk ")).forEach(this::over);
                uncertain.remove("desk ");
            }
            case "busy" -> begun("desk *");
            default -> {}
        }
        if (up.stream().noneMatch(one -> one.startsWith("desk ") && !one.equals("desk *"))
                && parameters.get("ev").equals("ended")) {
            over("desk *");
        }
    }

    private final Set<String> ended = new HashSet<>();

    /** Systems of which something was refused and may yet have been recorded: what they have up is not certain. */
    private final Set<String> uncertain = new HashSet<>();

    private void perhaps(String system, boolean over) {
        uncertain.add(system);
        if (over) {
            up.removeIf(call -> call.startsWith(system));
            unprotectedSince = Instant.MAX;
        }
    }

    boolean isCertain() {
        return uncertain.isEmpty();
    }

    private void begun(String call) {
        if (!ended.contains(call) || call.endsWith("*")) {
            up.add(call);
        }
    }

    private void over(String call) {
        ended.add(call);
        up.remove(call);
        unprotectedSince = Instant.MAX;
    }

    private int pbxCalls(URI url, Map<String, String> headers, byte[] body) throws IOException {
        if (simulation.faults.strikes(Faults.Kind.DROPPED, 1)) {
            throw new IOException("lost");
        }
        int status = simulation.phoneCalls("POST", url, headers, body);
        String text = new String(body, StandardCharsets.UTF_8);
        if (status / 100 == 2) {
            acceptedFromPbx(text);
        } else {
            perhaps("pbx ", text.contains("ended") || text.contains("missed") || text.contains("snapshot"));
        }
        return status;
    }

    private void acceptedFromPbx(String body) {
        if (body.contains("phone.line.snapshot")) {
            uncertain.remove("pbx ");
            up.removeIf(call -> call.startsWith("pbx ") && !body.contains('"' + call.substring(4) + '"'));
            return;
        }
        String call = "pbx " + pbxCallId(body).orElse("?");
        if (body.contains("phone.call.connected") || body.contains("phone.call.held")) {
            begun(call);
        } else if (body.contains("phone.call.ended") || body.contains("phone.call.missed")) {
            over(call);
        }
    }

    private static Optional<String> pbxCallId(String body) {
        int start = body.indexOf("\"call\":{\"id\":\"");
        return start < 0 ? Optional.empty() : Optional.of(body.substring(start + 14, body.indexOf('"', start + 14)));
    }
}
