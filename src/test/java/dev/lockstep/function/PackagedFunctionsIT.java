package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lockstep.local.dynamics.model.Work;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.world.SimulatedTenant;
import io.quarkus.funqy.Funq;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function, from the package that is deployed, with the events in {@code events/}: each is a process of its own,
 * as in Lambda, and nothing but the store, the queue and the platforms connects them.
 */
class PackagedFunctionsIT {
    private final Installation lockstep = Installation.shared();
    private final SimulatedTenant platforms = lockstep.platforms;

    @Test
    void everyFunctionHasASampleEvent() {
        Set<String> sampled =
                SampleEvent.names().stream().map(SampleEvent::function).collect(Collectors.toSet());
        assertThat(functions())
                .isNotEmpty()
                .allSatisfy(function -> assertThat(sampled).contains(function));
    }

    private static List<String> functions() {
        return new ClassFileImporter()
                .importPath(FunctionPackage.classes("dev/lockstep/function")).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Funq.class))
                        .map(method -> method.getAnnotationOfType(Funq.class).value())
                        .toList();
    }

    /** A new function's events are tried by laying them into the folder. */
    static Stream<String> samples() {
        return SampleEvent.names().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleEventIsTaken(String name) {
        hireRitaOnce();
        JsonNode answer = lockstep.result(SampleEvent.function(name), lockstep.sample(name, PackagedPerson.RITA));
        if (answer.has("statusCode")) {
            assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isBetween(200, 204);
        }
        assertThat(answer.path("mistakes")).isEmpty();
        assertThat(answer.path("batchItemFailures")).isEmpty();
    }

    private static boolean hired;

    private void hireRitaOnce() {
        if (!hired) {
            lockstep.hire(PackagedPerson.RITA);
            hired = true;
        }
    }

    @Test
    void aLoginInDynamicsMakesTeamsAvailable() throws InterruptedException {
        PackagedPerson ada = lockstep.hire("ada");
        platforms.teams().closeClient(ada.entraId().toString());
        lockstep.shows(ada, "Offline", Pair.OFFLINE);
        platforms.dynamics().signIn(ada.systemUserId());
        lockstep.send("dynamics-change.login", ada);
        lockstep.eventually(() -> lockstep.shows(ada, "Available", Pair.AVAILABLE));
        assertThat(lockstep.agent(ada).path("status").asText()).isEqualTo("available");
    }

    @Test
    void aCallOnADeskPhoneShowsEverywhereUntilItEnds() throws InterruptedException {
        PackagedPerson bea = lockstep.signedIn("bea");
        lockstep.send("phone-event.yealink-connected", bea);
        lockstep.eventually(() -> lockstep.shows(bea, "On a call", Pair.IN_A_CALL));
        assertThat(lockstep.agent(bea).path("status").asText()).isEqualTo("onACall");
        lockstep.send("phone-event.yealink-ended", bea);
        lockstep.eventually(() -> lockstep.shows(bea, "Available", Pair.AVAILABLE));
    }

    @Test
    void anIdleDeskPhoneHasNoCallWhateverWasMissed() throws InterruptedException {
        PackagedPerson cleo = lockstep.signedIn("cleo");
        lockstep.send("phone-event.yealink-connected", cleo);
        lockstep.eventually(() -> lockstep.shows(cleo, "On a call", Pair.IN_A_CALL));
        lockstep.send("phone-event.yealink-idle", cleo);
        lockstep.eventually(() -> lockstep.shows(cleo, "Available", Pair.AVAILABLE));
    }

    @Test
    void aSignedCallShowsEverywhereUntilItEnds() throws InterruptedException {
        PackagedPerson dora = lockstep.signedIn("dora");
        assertThat(lockstep.call(
                                "phone-event",
                                lockstep.sample("phone-event.generic-connected", dora)
                                        .inBase64())
                        .status())
                .isBetween(200, 204);
        lockstep.eventually(() -> lockstep.shows(dora, "On a call", Pair.IN_A_CALL));
        lockstep.send("phone-event.generic-ended", dora);
        lockstep.eventually(() -> lockstep.shows(dora, "Available", Pair.AVAILABLE));
    }

    @Test
    void aSnapshotWithoutACallEndsTheOneWhoseEndWasLost() throws InterruptedException {
        PackagedPerson emma = lockstep.signedIn("emma");
        lockstep.send("phone-event.generic-connected", emma);
        lockstep.eventually(() -> lockstep.shows(emma, "On a call", Pair.IN_A_CALL));
        lockstep.send("phone-event.generic-snapshot", emma);
        lockstep.eventually(() -> lockstep.shows(emma, "Available", Pair.AVAILABLE));
    }

    @Test
    void workThatDynamicsGaveMakesTeamsBusy() throws InterruptedException {
        PackagedPerson fay = lockstep.signedIn("fay");
        platforms.dynamics().accept(fay.systemUserId(), Work.Channel.CHAT, 30);
        lockstep.send("dynamics-change.session-assigned", fay);
        lockstep.eventually(() -> lockstep.shows(fay, "Busy", Pair.BUSY));
    }

    @Test
    void aStatusPickedInDynamicsReachesTeams() throws InterruptedException {
        PackagedPerson gina = lockstep.signedIn("gina");
        platforms
                .dynamics()
                .choose(
                        gina.systemUserId(),
                        platforms.dynamics().presence("Away").orElseThrow().id());
        lockstep.send("dynamics-change.set-presence", gina);
        lockstep.eventually(() -> lockstep.shows(gina, "Away", Pair.AWAY));
    }

    @Test
    void aLogoutLeavesTeamsToItsOwner() throws InterruptedException {
        PackagedPerson hana = lockstep.signedIn("hana");
        platforms.dynamics().signOut(hana.systemUserId());
        lockstep.send("dynamics-change.logout", hana);
        lockstep.eventually(
                () -> assertThat(lockstep.agent(hana).path("status").asText()).isEqualTo("offline"));
        assertThat(lockstep.agent(hana)
                        .path("platforms")
                        .path("teams")
                        .path("wanted")
                        .isNull())
                .isTrue();
    }

    @Test
    void aStatusPickedInTeamsReachesDynamics() throws InterruptedException {
        PackagedPerson iris = lockstep.signedIn("iris");
        platforms.teams().choose(iris.entraId().toString(), Pair.DO_NOT_DISTURB);
        lockstep.eventually(() -> {
            lockstep.result("teams-watch", lockstep.sample("teams-watch.schedule", iris));
            lockstep.shows(iris, "Busy - DND", Pair.DO_NOT_DISTURB);
        });
    }

    @Test
    void aNotificationOfTeamsReachesDynamics() throws InterruptedException {
        PackagedPerson rosa = lockstep.signedIn("rosa");
        platforms.teams().choose(rosa.entraId().toString(), Pair.DO_NOT_DISTURB);
        lockstep.eventually(() -> {
            // Graph's reads lag behind; it notifies of every further change too.
            lockstep.send("teams-change.presence", rosa);
            lockstep.shows(rosa, "Busy - DND", Pair.DO_NOT_DISTURB);
        });
    }

    @Test
    void aSubscriptionTellsWhatNobodyPolled() throws InterruptedException {
        PackagedPerson tess = lockstep.signedIn("tess");
        JsonNode kept = lockstep.result("teams-subscriptions", lockstep.sample("teams-subscriptions.schedule", tess));
        assertThat(kept.path("problems")).as(kept.toString()).isEmpty();
        assertThat(kept.path("subscriptions").asInt()).isEqualTo(1);
        assertThat(kept.path("watched").asInt()).isPositive();
        lockstep.notified = true;
        try {
            platforms.teams().choose(tess.entraId().toString(), Pair.DO_NOT_DISTURB);
            lockstep.eventually(() -> lockstep.shows(tess, "Busy - DND", Pair.DO_NOT_DISTURB));
        } finally {
            lockstep.notified = false;
        }
    }

    @Test
    void graphIsAnsweredWithItsOwnToken() {
        Installation.HttpReply reply = lockstep.send("teams-change.handshake", PackagedPerson.RITA);
        assertThat(reply.body())
                .isEqualTo("Validation: Testing client application reachability for subscription Request-Id: 0e5b0d12");
        assertThat(reply.headers().get("content-type")).startsWith("text/plain");
    }

    @Test
    void theBoardShowsEverybody() throws InterruptedException {
        PackagedPerson suzi = lockstep.signedIn("suzi");
        Installation.HttpReply reply = lockstep.send("board.page", suzi);
        assertThat(reply.headers().get("content-type")).startsWith("text/html");
        assertThat(reply.body()).contains(suzi.name());
    }

    @Test
    void thePackagedBoardEscapesAndAllowsItsOwnStyleAndScriptOnly() throws NoSuchAlgorithmException {
        SampleEvent event = lockstep.sample("board.page", PackagedPerson.RITA)
                .query("team=%3Cscript%3Ealert(%22%27%26)%3C%2Fscript%3E");
        Installation.HttpReply reply = lockstep.call("board", event);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains("<title>Availability of team &lt;script&gt;alert(&quot;&#39;&amp;)&lt;/script&gt;</title>")
                .doesNotContain("<script>alert")
                .containsOnlyOnce("<script");
        assertThat(reply.headers().get("content-security-policy"))
                .contains("style-src " + digest("style", reply.body()), "script-src " + digest("script", reply.body()));
    }

    private static String digest(String element, String page) throws NoSuchAlgorithmException {
        String text = page.replaceAll("(?s).*<" + element + ">(.*)</" + element + ">.*", "$1");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    @Test
    void theEndOfAShiftMakesEveryPlatformOffline() throws InterruptedException {
        PackagedPerson jane = lockstep.signedIn("jane");
        Instant end = Instant.now().plusSeconds(1);
        platforms.center().shifts().plan(jane.systemUserId(), end.minus(Duration.ofHours(8)), end, List.of());
        lockstep.eventually(() -> {
            lockstep.result("shift-end", lockstep.sample("shift-end.schedule", jane));
            lockstep.shows(jane, "Offline", Pair.APPEAR_OFFLINE);
        });
        assertThat(lockstep.agent(jane).path("status").asText()).isEqualTo("offline");
    }

    @Test
    void aRetryBringsOneAgentInLine() throws InterruptedException {
        PackagedPerson kate = lockstep.signedIn("kate");
        platforms.graphFaults().add(Fault.of("POST */presence/*", Fault.Kind.SERVER_ERROR));
        try {
            lockstep.send("phone-event.yealink-connected", kate);
            lockstep.shows(kate, "On a call", Pair.AVAILABLE);
        } finally {
            platforms.graphFaults().clear();
        }
        lockstep.eventually(() -> {
            JsonNode answer = lockstep.result("sync", lockstep.sample("sync.retry", kate));
            assertThat(answer.path("batchItemFailures")).isEmpty();
            lockstep.shows(kate, "On a call", Pair.IN_A_CALL);
        });
    }

    @Test
    void aMessageThatNamesNobodyIsLeftToTheDeadLetters() {
        String event = "{\"Records\":[{\"messageId\":\"m-1\",\"body\":\"{}\",\"eventSource\":\"aws:sqs\"}]}";
        JsonNode answer = lockstep.result("sync", event);
        assertThat(answer.path("batchItemFailures")
                        .path(0)
                        .path("itemIdentifier")
                        .asText())
                .isEqualTo("m-1");
    }

    @Test
    void theSweepFindsTheLoginOfWhichNoWebhookTold() throws InterruptedException {
        PackagedPerson lea = lockstep.hire("lea");
        platforms.dynamics().signIn(lea.systemUserId());
        lockstep.eventually(() -> {
            lockstep.result("sweep", lockstep.sample("sweep.schedule", lea));
            lockstep.shows(lea, "Available", Pair.AVAILABLE);
            assertThat(lockstep.agent(lea).path("status").asText()).isEqualTo("available");
        });
    }

    @Test
    void theDirectoryKnowsRepresentativesByAllTheirNames() {
        PackagedPerson mona = new PackagedPerson("mona", "2900");
        platforms.hire(mona.representative());
        JsonNode built = lockstep.result("directory", lockstep.sample("directory.schedule", mona));
        assertThat(built.path("agents").asInt()).isPositive();
        for (Object name : List.of(mona.upn(), mona.systemUserId(), mona.entraId())) {
            Installation.HttpReply reply =
                    lockstep.call("api", lockstep.sample("api.agent", mona).path("/api/agents/" + name));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("agentId").asText()).isEqualTo(mona.upn());
            assertThat(reply.json().path("name").asText()).isEqualTo(mona.name());
        }
    }

    @Test
    void theConfigurationComesBackAsItWasApplied() {
        PackagedPerson nora = lockstep.hire("nora");
        JsonNode exported = lockstep.result("config", lockstep.sample("config.export", nora));
        assertThat(exported.path("connections").findValuesAsText("name")).contains("desk", "pbx");
        assertThat(exported.path("agents").findValuesAsText("agentId")).contains(nora.upn());
        assertThat(exported.path("lines").findValuesAsText("mac")).contains(nora.mac());
        assertThat(exported.toString()).doesNotContain("k7Qe-local-desk-phones", Installation.PBX_SECRET);
    }

    @Test
    void everyMistakeIsListedAndNothingIsApplied() {
        String wrong = "{\"action\":\"apply\",\"connections\":[{\"name\":\"new\",\"system\":\"telex\"}],"
                + "\"mappings\":{\"default\":{\"dynamics\":{\"read\":{\"Coffee\":{\"means\":\"coffee\",\"as\":\"choice\"}}}}}}";
        JsonNode answer = lockstep.result("config", wrong);
        assertThat(answer.path("applied").asBoolean()).isFalse();
        assertThat(answer.path("mistakes").findValuesAsText("path"))
                .anyMatch(path -> path.contains("system"))
                .anyMatch(path -> path.contains("Coffee"));
        JsonNode exported = lockstep.result("config", "{\"action\":\"export\"}");
        assertThat(exported.path("connections").findValuesAsText("name")).doesNotContain("new");
    }

    @Test
    void aMistakeInYamlIsToldByItsLine() {
        JsonNode answer = lockstep.result("config", """
                {"action":"validate","document":"lines:\\n  - connection: desk\\n    agnet: rita@contoso.com\\n"}""");
        assertThat(answer.path("mistakes").findValues("line").toString()).contains("3");
        assertThat(answer.path("mistakes").toString()).contains("did you mean \\\"agent\\\"?");
    }

    @Test
    void theDoctorMissesTheWebhookAndNothingElse() throws InterruptedException {
        PackagedPerson otto = lockstep.signedIn("otto");
        lockstep.result("teams-subscriptions", lockstep.sample("teams-subscriptions.schedule", otto));
        JsonNode report = lockstep.result("doctor", lockstep.sample("doctor.check", otto));
        Map<String, List<String>> byGrade = StreamSupport.stream(
                        report.path("checks").spliterator(), false)
                .collect(Collectors.groupingBy(
                        check -> check.path("ok").asText(),
                        Collectors.mapping(check -> check.path("name").asText(), Collectors.toList())));
        // Dataverse calls no webhook in these tests.
        assertThat(byGrade.get("failed")).as(report.path("text").asText()).containsExactly("webhook-registered");
        assertThat(byGrade.get("ok"))
                .contains("token-graph", "token-dynamics", "clock", "queue", "mode", "mappings", "dynamics-reachable");
    }

    @Test
    void anApplicationSetsAndTakesBackAStatus() throws InterruptedException {
        PackagedPerson olga = lockstep.signedIn("olga");
        Installation.HttpReply put = lockstep.send("api.put-status", olga);
        assertThat(put.json().path("status").asText()).isEqualTo("busy");
        lockstep.eventually(() -> lockstep.shows(olga, "Busy", Pair.BUSY));
        assertThat(lockstep.send("api.timeline", olga).json().findValuesAsText("by"))
                .contains("app:8b1d6a4c-2222-4f0b-8c37-6e5d4c3b2a19");
        Installation.HttpReply deleted = lockstep.send("api.delete-status", olga);
        assertThat(deleted.json().path("status").asText()).isEqualTo("available");
        lockstep.eventually(() -> lockstep.shows(olga, "Available", Pair.AVAILABLE));
    }

    @Test
    void applicationsSeeTheTeamTheTimelineAndTheReasons() throws InterruptedException {
        PackagedPerson pia = lockstep.signedIn("pia");
        JsonNode team = lockstep.send("api.agents", pia).json();
        assertThat(team.isArray()).isTrue();
        assertThat(team.findValuesAsText("agentId")).contains(pia.upn()).isSorted();
        assertThat(team.findValuesAsText("team")).containsOnly("priority");
        JsonNode agent = lockstep.send("api.agent", pia).json();
        assertThat(agent.path("platforms").fieldNames()).toIterable().contains("dynamics", "teams");
        assertThat(agent.path("platforms").path("teams").path("wanted").asText())
                .isEqualTo("available");
        assertThat(Instant.parse(agent.path("since").asText())).isBeforeOrEqualTo(Instant.now());
        JsonNode timeline = lockstep.send("api.timeline", pia).json();
        assertThat(timeline.findValuesAsText("after")).contains("available");
        JsonNode explained = lockstep.send("api.explain", pia).json();
        assertThat(explained.path("signedIn").asBoolean()).isTrue();
        assertThat(explained.path("platforms").path("teams").path("writes")).isNotEmpty();
    }
}
