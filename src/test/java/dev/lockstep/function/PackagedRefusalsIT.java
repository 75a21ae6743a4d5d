package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.world.SimulatedTenant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the packaged functions answer to bad input, and what becomes of an agent while a platform refuses us: the
 * documented answer, counted, nothing else changed and nothing lost.
 */
class PackagedRefusalsIT {
    private static final String LARGE = "x".repeat(256 * 1024 + 1);
    private static final String OTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final Installation lockstep = Installation.shared();
    private final SimulatedTenant platforms = lockstep.platforms;

    /**
     * @param sample the good event from which the bad one is made
     * @param reason in the metric
     */
    private record Bad(String what, String sample, int status, String reason, UnaryOperator<SampleEvent> made) {
        @Override
        public String toString() {
            return sample + ", " + what + ": " + status;
        }
    }

    /** A new function's refusals are added here. */
    static Stream<Bad> bads() {
        return Stream.of(dynamicsBads(), teamsBads(), yealinkBads(), genericBads(), apiBads())
                .flatMap(bads -> bads);
    }

    private static Stream<Bad> dynamicsBads() {
        String login = "dynamics-change.login";
        return Stream.of(
                new Bad("wrong key", login, 401, "UNAUTHENTICATED", sent -> sent.header("x-lockstep-key", "guessed")),
                new Bad("no key", login, 401, "UNAUTHENTICATED", sent -> sent.withoutHeader("x-lockstep-key")),
                new Bad("no JSON", login, 400, "MALFORMED", sent -> sent.body("{\"PrimaryEntityName\":")),
                new Bad("no table", login, 400, "MALFORMED", sent -> sent.body("{}")),
                new Bad("too large", login, 413, "TOO_LARGE", sent -> sent.body(LARGE)));
    }

    /** Who is not Graph gets the same answer as Graph, and learns nothing from it. */
    private static Stream<Bad> teamsBads() {
        String presence = "teams-change.presence";
        UnaryOperator<SampleEvent> otherState =
                sent -> sent.body(sent.body().replace("local-teams-client-state", "guessed"));
        return Stream.of(
                new Bad("wrong state", presence, 202, "CLIENT_STATE", otherState),
                new Bad("no JSON", presence, 400, "MALFORMED", sent -> sent.body("{\"value\":")),
                new Bad("too large", presence, 413, "TOO_LARGE", sent -> sent.body(LARGE)));
    }

    private static Stream<Bad> yealinkBads() {
        String call = "phone-event.yealink-connected";
        UnaryOperator<SampleEvent> otherToken = sent -> sent.query(sent.query().replaceFirst("k=[^&]*", "k=guessed"));
        return Stream.of(
                new Bad("wrong token", call, 401, "UNAUTHENTICATED", otherToken),
                new Bad("no token", call, 401, "UNAUTHENTICATED", sent -> sent.query("ev=connected&u=1042")),
                new Bad(
                        "no event",
                        call,
                        400,
                        "MALFORMED",
                        sent -> sent.query(sent.query().replace("ev=", "e="))),
                new Bad("unknown connection", call, 404, "UNKNOWN", sent -> sent.path("/phone/nowhere")));
    }

    private static Stream<Bad> genericBads() {
        String call = "phone-event.generic-connected";
        Instant now = Instant.now();
        return Stream.of(
                new Bad("other secret", call, 401, "UNAUTHENTICATED", sent -> sent.signed(OTHER_SECRET, now)),
                new Bad("unsigned", call, 401, "UNAUTHENTICATED", sent -> sent.withoutHeader("webhook-signature")),
                new Bad("other body", call, 401, "UNAUTHENTICATED", sent -> sent.body("{\"specversion\":\"1.0\"}")),
                new Bad("six minutes old", call, 401, "UNAUTHENTICATED", signedAfter(Duration.ofMinutes(-6))),
                new Bad("six minutes ahead", call, 401, "UNAUTHENTICATED", signedAfter(Duration.ofMinutes(6))),
                new Bad("no JSON", call, 400, "MALFORMED", signedBody("{\"specversion\":")),
                new Bad("no CloudEvent", call, 400, "MALFORMED", signedBody("[]")),
                new Bad("too large", call, 413, "TOO_LARGE", signedBody(LARGE)),
                new Bad("unknown connection", call, 404, "UNKNOWN", sent -> sent.path("/phone/nowhere")));
    }

    private static UnaryOperator<SampleEvent> signedAfter(Duration shift) {
        return sent -> sent.signed(Installation.PBX_SECRET, Instant.now().plus(shift));
    }

    private static UnaryOperator<SampleEvent> signedBody(String body) {
        return sent -> sent.body(body).signed(Installation.PBX_SECRET, Instant.now());
    }

    private static Stream<Bad> apiBads() {
        String put = "api.put-status";
        return Stream.of(
                new Bad("unknown agent", "api.agent", 404, "404", sent -> sent.path("/api/agents/nobody@contoso.com")),
                new Bad("unknown agent", put, 404, "404", sent -> sent.path("/api/agents/nobody@contoso.com/status")),
                new Bad(
                        "unknown status",
                        put,
                        422,
                        "422",
                        sent -> sent.body("{\"status\":\"lunch\",\"source\":\"crm\"}")),
                new Bad("no status", put, 400, "400", sent -> sent.body("{\"source\":\"crm\"}")),
                new Bad("no JSON", put, 400, "400", sent -> sent.body("{\"status\":")),
                new Bad("no body", put, 400, "400", sent -> sent.body("")),
                new Bad("too large", put, 413, "413", sent -> sent.body(LARGE)),
                new Bad("no verified token", put, 401, "401", SampleEvent::withoutAuthorizer),
                new Bad("no verified token", "board.page", 401, "UNAUTHENTICATED", SampleEvent::withoutAuthorizer),
                new Bad("no verified token", "config-api.apply", 401, "401", SampleEvent::withoutAuthorizer),
                new Bad("another role", "config-api.apply", 403, "403", sent -> sent.roles("[Presence.Supervise]")),
                new Bad("another role", put, 403, "403", sent -> sent.roles("[Presence.Read]")),
                new Bad("no role", "board.page", 403, "FORBIDDEN", sent -> sent.roles("[]")),
                new Bad("no such route", "api.agents", 404, "404", sent -> sent.path("/api/teams")));
    }

    private static PackagedPerson known;

    private PackagedPerson known() throws InterruptedException {
        if (known == null) {
            known = lockstep.signedIn("wanda");
        }
        return known;
    }

    @AfterEach
    void platformsBehaveAgain() {
        platforms.graphFaults().clear();
        platforms.dataverseFaults().clear();
    }

    @ParameterizedTest
    @MethodSource("bads")
    void badInputIsAnsweredAndCountedAndChangesNothing(Bad bad) throws InterruptedException {
        PackagedPerson wanda = known();
        String function = SampleEvent.function(bad.sample());
        JsonNode before = lockstep.agent(wanda);
        long counted = counted(function, bad.reason());
        Installation.HttpReply reply = lockstep.call(function, bad.made().apply(lockstep.sample(bad.sample(), wanda)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(bad.status());
        lockstep.eventually(() -> assertThat(counted(function, bad.reason())).isEqualTo(counted + 1));
        assertThat(lockstep.agent(wanda)).isEqualTo(before);
        assertThat(lockstep.output(function)).doesNotContain("k7Qe-", "whsec_", SimulatedTenant.WEBHOOK_KEY);
        if (function.endsWith("api")) {
            assertThat(reply.headers().get("content-type")).startsWith("application/problem+json");
            assertThat(reply.json().path("status").asInt()).isEqualTo(bad.status());
        }
    }

    private long counted(String function, String reason) {
        return lockstep.output(function)
                .lines()
                .filter(line -> line.contains("\"Refused\":1") && line.contains("\"Reason\":\"" + reason + "\""))
                .count();
    }

    @Test
    void aStrangerAsManyTimesAsTheyLikeGetsTheSameAnswer() throws InterruptedException {
        PackagedPerson wanda = known();
        for (int i = 0; i < 20; i++) {
            SampleEvent guess = lockstep.sample("dynamics-change.login", wanda).header("x-lockstep-key", "guess " + i);
            assertThat(lockstep.call("dynamics-change", guess).status()).isEqualTo(401);
        }
        assertThat(lockstep.call("dynamics-change", lockstep.sample("dynamics-change.login", wanda))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aLineThatNobodyHasIsTakenAndCounted() throws InterruptedException {
        PackagedPerson stranger = new PackagedPerson("stranger", "9999");
        lockstep.send("phone-event.yealink-connected", stranger);
        lockstep.send("phone-event.generic-connected", stranger);
        lockstep.eventually(() -> assertThat(
                        lockstep.output("phone-event").lines().filter(line -> line.contains("\"UnknownLine\":1")))
                .anyMatch(line -> line.contains("\"Connection\":\"desk\""))
                .anyMatch(line -> line.contains("\"Connection\":\"pbx\"")));
    }

    /** Also one that only the world on a laptop has. */
    @ParameterizedTest
    @CsvSource({
        "LOCKSTEP_TEAMS_POLL_INTERVALL, (environment variable): did you mean LOCKSTEP_TEAMS_POLL_INTERVAL?",
        "LOCKSTEP_SWEEP_INTERVAL, (environment variable)"
    })
    void aSettingThatNobodyKnowsIsRefusedAtTheStart(String variable, String why) {
        try (LambdaRuntime sync = lockstep.startWith("sync", Map.of(variable, "7531s"))) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> sync.invoke("{}"))
                    .withMessageContaining("unknown settings: " + variable + " " + why)
                    .withMessageNotContaining("7531");
        }
    }

    @Test
    void aSecretThatIsGivenByItsValueIsRefusedWhereItMustBeStored() {
        try (LambdaRuntime config = lockstep.startWith("config", Map.of("LOCKSTEP_CONFIG_INLINE_SECRETS", "false"))) {
            LambdaRuntime.Answer answer = config.invoke(
                    lockstep.sample("config.apply", PackagedPerson.RITA).json());
            assertThat(answer.isError()).isFalse();
            assertThat(answer.body()).contains("\"applied\":false", "tokens", "secrets");
            assertThat(answer.body()).doesNotContain("k7Qe-local-desk-phones", Installation.PBX_SECRET);
        }
    }

    @Test
    void whileGraphThrottlesTheAgentSaysSoAndItIsMadeGood() throws InterruptedException {
        PackagedPerson vera = lockstep.signedIn("vera");
        platforms
                .graphFaults()
                .add(Fault.of("POST */presence/*", Fault.Kind.TOO_MANY).withRetryAfter(Duration.ofSeconds(7)));
        lockstep.send("phone-event.yealink-connected", vera);
        lockstep.shows(vera, "On a call", Pair.AVAILABLE);
        JsonNode teams = explained(vera, "teams");
        assertThat(teams.path("condition").asText()).as(teams.toString()).isEqualTo("Throttled");
        assertThat(Instant.parse(teams.path("retryAt").asText()))
                .isCloseTo(Instant.now().plusSeconds(7), within(4, ChronoUnit.SECONDS));
        assertThat(lockstep.condition(vera, "teams")).isEqualTo("Throttled");
        platforms.graphFaults().clear();
        lockstep.eventually(() -> lockstep.shows(vera, "On a call", Pair.IN_A_CALL));
    }

    @Test
    void whileAProxyAnswersForGraphWithAPageItIsPendingAndMadeGood() throws InterruptedException {
        PackagedPerson una = lockstep.signedIn("una");
        platforms.graphFaults().add(Fault.of("POST */presence/*", Fault.Kind.HTML_ERROR));
        lockstep.send("phone-event.yealink-connected", una);
        lockstep.shows(una, "On a call", Pair.AVAILABLE);
        assertThat(lockstep.condition(una, "teams")).isEqualTo("Pending");
        assertThat(explained(una, "teams").path("message").asText())
                .contains("does not answer")
                .doesNotContain("<");
        platforms.graphFaults().clear();
        lockstep.eventually(() -> lockstep.shows(una, "On a call", Pair.IN_A_CALL));
    }

    @Test
    void aTokenThatIsRefusedIsReplacedAtOnce() throws InterruptedException {
        PackagedPerson ruth = lockstep.signedIn("ruth");
        Fault refused =
                Fault.of("POST *", Fault.Kind.SERVER_ERROR).withStatus(401).once();
        platforms.graphFaults().add(refused);
        platforms.dataverseFaults().add(refused);
        lockstep.send("phone-event.yealink-connected", ruth);
        lockstep.shows(ruth, "On a call", Pair.IN_A_CALL);
        assertThat(platforms.graphFaults().struck()).isEqualTo(1);
        assertThat(platforms.dataverseFaults().struck()).isEqualTo(1);
    }

    @Test
    void anAnswerWithoutABodyIsUnderstoodByItsStatus() throws InterruptedException {
        PackagedPerson paul = lockstep.signedIn("paul");
        platforms
                .graphFaults()
                .add(Fault.of("POST */presence/*", Fault.Kind.EMPTY_ERROR).withStatus(404));
        platforms
                .dataverseFaults()
                .add(Fault.of("POST */CCaaS_ModifyAgentPresence", Fault.Kind.EMPTY_ERROR)
                        .withStatus(404));
        lockstep.send("phone-event.yealink-connected", paul);
        lockstep.shows(paul, "Available", Pair.AVAILABLE);
        assertThat(lockstep.condition(paul, "dynamics")).isEqualTo("NotSignedIn");
        assertThat(explained(paul, "teams").path("message").asText()).contains("does not know this user (404)");
    }

    @Test
    void whileDataverseFailsTheEventIsKeptAndMadeGood() throws InterruptedException {
        PackagedPerson tara = lockstep.signedIn("tara");
        platforms.dataverseFaults().add(Fault.of("POST */CCaaS_ModifyAgentPresence", Fault.Kind.SERVER_ERROR));
        lockstep.send("phone-event.generic-connected", tara);
        lockstep.shows(tara, "Available", Pair.IN_A_CALL);
        assertThat(lockstep.condition(tara, "dynamics")).isEqualTo("Pending");
        platforms.dataverseFaults().clear();
        lockstep.eventually(() -> lockstep.shows(tara, "On a call", Pair.IN_A_CALL));
    }

    /** CCaaS_ModifyAgentPresence answers 404 while the representative is signed out. */
    @Test
    void whoIsNotSignedInToDynamicsSaysSoAndIsMadeGoodAtTheLogin() throws InterruptedException {
        PackagedPerson sara = lockstep.hire("sara");
        lockstep.send("phone-event.yealink-connected", sara);
        lockstep.eventually(() -> lockstep.shows(sara, "Offline", Pair.IN_A_CALL));
        assertThat(lockstep.condition(sara, "dynamics")).isEqualTo("NotSignedIn");
        platforms.dynamics().signIn(sara.systemUserId());
        lockstep.send("dynamics-change.login", sara);
        lockstep.eventually(() -> lockstep.shows(sara, "On a call", Pair.IN_A_CALL));
    }

    /** Nothing is answered with 2xx that is not durable; Dataverse tries again after 503. */
    @Test
    void withoutTheStoreEverySenderIsAskedToSendAgain() {
        String nowhere = "http://localhost:1";
        try (LambdaRuntime change =
                lockstep.startWith("dynamics-change", Map.of("QUARKUS_DYNAMODB_ENDPOINT_OVERRIDE", nowhere))) {
            LambdaRuntime.Answer answer = change.invoke(lockstep.sample("dynamics-change.login", PackagedPerson.RITA)
                    .json());
            assertThat(answer.isError()).isFalse();
            assertThat(answer.body()).contains("\"statusCode\":503");
            assertThat(change.output().lines().filter(line -> line.contains("could not take a call")))
                    .as("the log is JSON, one object on a line")
                    .hasSize(1)
                    .allSatisfy(line -> assertThat(new ObjectMapper()
                                    .readTree(line)
                                    .path("level")
                                    .asText())
                            .isEqualTo("WARN"));
        }
    }

    private JsonNode explained(PackagedPerson who, String platform) {
        return lockstep.send("api.explain", who).json().path("platforms").path(platform);
    }
}
