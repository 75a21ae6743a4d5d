package dev.lockstep.local.world;

import dev.lockstep.local.dynamics.model.Work;
import dev.lockstep.local.phone.DeskPhone;
import dev.lockstep.local.teams.model.Pair;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The journey that must work, played in the simulated world: login, phone, busy everywhere, routing protected, hang-up,
 * shift end. People act on the platforms, as people do; everything in between goes over HTTP through the product.
 */
final class Journey {
    static final String TOKEN = "k7Qe-local-desk-phones";
    private static final String PBX_SECRET = "whsec_bG9jYWwtcGJ4LXNlY3JldC0wMTIzNDU2Nzg5";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final SimulatedPlatforms platforms;
    private final String front;
    private final JourneyConsole stage;
    private final HttpClient http = HttpClient.newHttpClient();

    Journey(SimulatedPlatforms platforms, String front) {
        this.platforms = platforms;
        this.front = front;
        this.stage = new JourneyConsole(platforms);
    }

    /** What an administrator does once: the directory, the phones and the application. */
    boolean prepare() {
        try {
            post("/invoke/directory", "{}");
            String applied = post("/invoke/config", configuration());
            boolean whole = applied.contains("\"applied\":true");
            if (!whole) {
                System.out.println("The configuration was not applied: " + applied);
            }
            return whole;
        } catch (IOException | InterruptedException e) {
            System.out.println("The set-up failed: " + e);
            return false;
        }
    }

    private String configuration() {
        String lines = Team.ALL.stream()
                .map(member ->
                        """
                        {"connection":"desk","line":"%s","mac":"%s","agent":"%s"},
                        {"connection":"pbx","line":"%s","agent":"%s"}""".formatted(member.extension(), member.mac(), member.upn(), member.extension(), member.upn()))
                .collect(Collectors.joining(","));
        String agents = Team.ALL.stream()
                .map(member -> "{\"agentId\":\"%s\",\"name\":\"%s\",\"team\":\"%s\"}"
                        .formatted(member.upn(), member.name(), member.team()))
                .collect(Collectors.joining(","));
        return """
                {"action":"apply",
                 "connections":[
                  {"name":"desk","system":"yealink","tokens":["%s"]},
                  {"name":"pbx","system":"generic","secrets":["%s"]},
                  {"name":"crm","system":"webhook","url":"%s","secret":"%s","clientId":"%s"}],
                 "agents":[%s],
                 "lines":[%s]}""".formatted(
                        TOKEN,
                        PBX_SECRET,
                        platforms.application().webhookUrl(),
                        SimulatedPlatforms.APPLICATION_SECRET,
                        SimulatedTenant.CRM_CLIENT,
                        agents,
                        lines);
    }

    /** @return whether every step held */
    boolean play() {
        try {
            login();
            call();
            callAmidWork();
            choices();
            shiftEnd();
        } catch (IOException e) {
            stage.check("the functions answer: " + e, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return verdict();
    }

    private void login() throws InterruptedException {
        stage.scene(1, "Login: an agent signs in to Dynamics 365, and Teams says Available.");
        for (Team.Member member : Team.ALL) {
            long now = System.nanoTime();
            stage.event(member, "signs in");
            platforms.tenant().dynamics().signIn(member.systemUserId());
            everywhere(member, "Available", Pair.AVAILABLE, "available").within(now);
        }
    }

    private void call() throws InterruptedException {
        Team.Member rita = Team.named("rita");
        DeskPhone phone = phone(rita);
        stage.scene(2, "Phone: an urgent call on a legacy desk phone.");
        stage.event(rita, "the phone rings, and she answers");
        int call = phone.ring("sip:02079460000@pbx.example");
        stage.check("ringing alone changes nothing", stage.dynamics(rita).equals("Available"));
        long answered = System.nanoTime();
        phone.answer(call);
        stage.scene(3, "Busy everywhere, at once.");
        everywhere(rita, "On a call", Pair.IN_A_CALL, "onACall").within(answered);
        stage.scene(4, "Routing is protected: no new chat is offered to her.");
        stage.expect()
                .shows("a new chat", () -> stage.offered(rita), "not offered")
                .within(System.nanoTime());
        stage.scene(5, "Hang-up: what was true before comes back by itself.");
        stage.event(rita, "hangs up");
        long over = System.nanoTime();
        phone.hangup(call);
        everywhere(rita, "Available", Pair.AVAILABLE, "available")
                .shows("a new chat", () -> stage.offered(rita), "offered")
                .within(over);
    }

    private void callAmidWork() throws InterruptedException {
        Team.Member omar = Team.named("omar");
        stage.event(omar, "takes a chat");
        long took = System.nanoTime();
        platforms.tenant().dynamics().accept(omar.systemUserId(), Work.Channel.CHAT, 30);
        everywhere(omar, "Busy", Pair.BUSY, "busy").within(took);
        stage.event(omar, "answers a call besides");
        DeskPhone phone = phone(omar);
        int call = phone.ring("sip:4420@pbx.example");
        long answered = System.nanoTime();
        phone.answer(call);
        everywhere(omar, "On a call", Pair.IN_A_CALL, "onACall").within(answered);
        stage.event(omar, "hangs up, the chat is still open");
        long over = System.nanoTime();
        phone.hangup(call);
        everywhere(omar, "Busy", Pair.BUSY, "busy").within(over);
    }

    private void choices() throws InterruptedException {
        Team.Member nadia = Team.named("nadia");
        DeskPhone phone = phone(nadia);
        int call = phone.ring("sip:4421@pbx.example");
        phone.answer(call);
        stage.event(nadia, "is on the phone and picks Away in Dynamics meanwhile");
        long busy = System.nanoTime();
        stage.expect()
                .shows("Dynamics 365", () -> stage.dynamics(nadia), "On a call")
                .within(busy);
        platforms.tenant().dynamics().choose(nadia.systemUserId(), presence("Away"));
        long chosen = System.nanoTime();
        everywhere(nadia, "On a call", Pair.IN_A_CALL, "onACall").within(chosen);
        // What she picked has to reach us before she hangs up, or there is nothing to give back.
        Thread.sleep(1_500);
        stage.event(nadia, "hangs up");
        long over = System.nanoTime();
        phone.hangup(call);
        everywhere(nadia, "Away", Pair.AWAY, "away").within(over);
        Team.Member sam = Team.named("sam");
        stage.event(sam, "picks Do not disturb in Teams");
        long picked = System.nanoTime();
        platforms.tenant().teams().choose(sam.entraId().toString(), Pair.DO_NOT_DISTURB);
        everywhere(sam, "Busy - DND", Pair.DO_NOT_DISTURB, "doNotDisturb").within(picked);
    }

    private void shiftEnd() throws IOException, InterruptedException {
        Team.Member rita = Team.named("rita");
        stage.scene(6, "Shift end: Offline on every platform; the next login undoes it.");
        Instant end = Instant.now().plusSeconds(2);
        platforms.tenant().center().shifts().plan(rita.systemUserId(), end.minus(Duration.ofHours(8)), end, List.of());
        post("/invoke/shift-end", "{}");
        stage.check(
                "before its end she is still Available", stage.dynamics(rita).equals("Available"));
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis()) + 20);
        stage.event(rita, "her shift ends");
        long over = System.nanoTime();
        post("/invoke/shift-end", "{}");
        everywhere(rita, "Offline", Pair.APPEAR_OFFLINE, "offline").within(over);
        stage.event(rita, "signs out, and in again the next morning");
        platforms.tenant().dynamics().signOut(rita.systemUserId());
        Thread.sleep(1_500);
        long back = System.nanoTime();
        platforms.tenant().dynamics().signIn(rita.systemUserId());
        everywhere(rita, "Available", Pair.AVAILABLE, "available").within(back);
    }

    private JourneyConsole.Expectation everywhere(Team.Member who, String dynamics, Pair teams, String application) {
        return stage.expect()
                .shows("Dynamics 365", () -> stage.dynamics(who), dynamics)
                .shows("Teams", () -> stage.teams(who), teams.toString())
                .shows("the application", () -> stage.application(who), application);
    }

    private UUID presence(String name) {
        return platforms.tenant().dynamics().presence(name).orElseThrow().id();
    }

    private DeskPhone phone(Team.Member who) {
        return DeskPhone.over(http, new DeskPhone.Account(front, "desk", TOKEN, who.mac(), who.extension()));
    }

    private boolean verdict() {
        List<String> failures = stage.failures();
        System.out.println();
        if (failures.isEmpty()) {
            System.out.println("The journey holds: every step showed on every platform.");
        } else {
            System.out.println("The journey does NOT hold:");
            failures.forEach(failure -> System.out.println("  - " + failure));
        }
        return failures.isEmpty();
    }

    /** What a person can do now. */
    void invite() {
        Team.Member rita = Team.named("rita");
        System.out.printf(
                """

                The world goes on. Look around:
                  board        %1$s/board        sign in as somebody  %1$s/sign-in
                  agents       %1$s/api/agents
                  Dynamics     %2$s/_people      Teams  %3$s/_people      faults  …/_faults
                Try these:
                  curl '%1$s/phone/desk?k=%4$s&ev=connected&mac=%5$s&u=%6$s&cid=1'
                  curl '%1$s/phone/desk?k=%4$s&ev=ended&mac=%5$s&cid=1'
                  curl -X PUT %1$s/api/agents/%7$s/status -d '{"status":"busy","source":"curl"}'
                """,
                front,
                platforms.tenant().dataverseUrl(),
                platforms.tenant().graphUrl().replace("/v1.0", ""),
                TOKEN,
                rita.mac(),
                rita.extension(),
                rita.upn());
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(front + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
