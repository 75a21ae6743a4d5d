package dev.lockstep.local.dynamics.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.PipelineFailed;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.model.Work;
import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.server.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEngineTest {
    private static final UUID RITA = UUID.fromString("11111111-0000-0000-0000-000000000001");
    private static final URI HOOK = URI.create("https://hooks.example/dynamics");
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private record Call(URI url, Map<String, String> headers, String text) {
        JsonNode body() {
            return Json.read(text);
        }
    }

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T08:00:00Z"));
    private final List<Call> calls = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private ContactCenter center;
    private WebhookEngine engine;

    @BeforeEach
    void start() {
        start(DynamicsBehaviour.harsh(), 5);
    }

    private void start(DynamicsBehaviour rules, long seed) {
        center = ContactCenter.of(
                time,
                time::after,
                (receiver, latency, delivery) -> time.after(latency, delivery),
                this::receive,
                new SplittableRandom(seed),
                rules,
                WebhookTiming.usual());
        engine = center.webhooks();
        center.presence().add(Representative.of(RITA, "Rita Rep", "rita@contoso.com", UUID.randomUUID()));
    }

    private int receive(URI url, Map<String, String> headers, byte[] body) throws IOException {
        calls.add(new Call(url, headers, new String(body, StandardCharsets.UTF_8)));
        int answer = answers.isEmpty() ? 200 : answers.remove();
        if (answer == 0) {
            throw new HttpTimeoutException("60 s");
        }
        return answer;
    }

    @Test
    void tellsCreateAndUpdateInTheDocumentedShape() {
        engine.registerWebhook(HOOK, "x-lockstep-key", "secret");
        signInAndPass();

        assertThat(calls).hasSize(2);
        Call update = call("Update");
        assertThat(update.headers())
                .containsEntry("x-lockstep-key", "secret")
                .containsEntry("x-ms-dynamics-entity-name", "msdyn_agentstatus")
                .containsEntry("x-ms-dynamics-request-name", "Update")
                .doesNotContainKey("x-ms-dynamics-msg-size-exceeded");
        JsonNode body = update.body();
        assertThat(body.path("Mode").asInt()).isEqualTo(1);
        assertThat(body.path("Stage").asInt()).isEqualTo(40);
        assertThat(body.path("PrimaryEntityName").asText()).isEqualTo("msdyn_agentstatus");
        assertThat(body.path("ParentContext").path("MessageName").asText()).isEqualTo("Update");
        JsonNode target = body.path("InputParameters").get(0).path("value");
        assertThat(target.path("__type").asText()).startsWith("Entity:http://schemas.microsoft.com/xrm/2011");
        assertThat(attribute(target, "msdyn_agentid").path("Id").asText()).isEqualTo(RITA.toString());
        assertThat(attribute(target, "msdyn_agentid").path("__type").asText()).startsWith("EntityReference:");
        assertThat(attribute(target, "modifiedon").asText()).matches("/Date\\(\\d+\\)/");
    }

    @Test
    void bringsOurImageBesideThePlatformsOwn() {
        engine.registerWebhook(HOOK, "x-lockstep-key", "secret");
        signInAndPass();

        JsonNode images = call("Update").body().path("PostEntityImages");
        assertThat(images.findValuesAsText("key")).contains("AsynchronousStepPrimaryName", "post");
        JsonNode post = images.get(1).path("value");
        assertThat(images.get(1).path("key").asText()).isEqualTo("post");
        assertThat(attribute(post, "msdyn_eventname").path("Value").asInt()).isEqualTo(192350003);
        assertThat(attribute(post, "msdyn_subeventname").isMissingNode()).isTrue();
        assertThat(post.path("FormattedValues").get(0).path("value").asText()).isEqualTo("Login");
    }

    @Test
    void escapesSlashesAsThePlatformDoes() {
        engine.registerWebhook(HOOK, "x-lockstep-key", "secret");
        signInAndPass();
        assertThat(call("Update").text()).contains("\"\\/Date(").doesNotContain("\"/Date(");
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void triesOnceMore(int answer) {
        registerUpdateOnly();
        answers.add(answer);
        signInAndPass();

        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).text()).isEqualTo(calls.get(1).text());
        assertThat(engine.jobs()).isEmpty();
    }

    @Test
    void givesUpAfterTheSecondFailure() {
        registerUpdateOnly();
        answers.addAll(List.of(503, 503, 200));
        signInAndPass();

        assertThat(calls).hasSize(2);
        assertThat(engine.jobs()).extracting(SystemJob::state).containsExactly(SystemJob.State.FAILED);
        assertThat(engine.jobs().get(0).columns()).containsEntry("statuscode", new Choice(31, "Failed"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 408, 429, 500, 501, 302, 0})
    void neverTriesAgainAfterAnythingElse(int answer) {
        registerUpdateOnly();
        answers.add(answer);
        signInAndPass();

        assertThat(calls).hasSize(1);
        assertThat(engine.jobs()).extracting(SystemJob::state).containsExactly(SystemJob.State.FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void countsAnySuccess(int answer) {
        registerUpdateOnly();
        answers.add(answer);
        signInAndPass();
        assertThat(calls).hasSize(1);
        assertThat(engine.jobs()).isEmpty();
    }

    @Test
    void keepsSucceededJobsUnlessToldToForget() {
        UUID endpoint = engine.registrations().addEndpoint("hook", HOOK, 5, "<settings/>");
        engine.registrations().addStep(endpoint, "Update", "msdyn_agentstatus", Set.of(), 1, false);
        signInAndPass();
        assertThat(engine.jobs()).extracting(SystemJob::state).containsExactly(SystemJob.State.SUCCEEDED);
    }

    @Test
    void deliversInNoOrder() {
        boolean overtaken = false;
        for (int seed = 0; seed < 20 && !overtaken; seed++) {
            calls.clear();
            start(DynamicsBehaviour.harsh(), seed);
            registerUpdateOnly();
            center.presence().signIn(RITA);
            time.pass(Duration.ofMillis(50));
            center.presence().choose(RITA, BasePresence.AWAY.presenceId());
            time.pass(LONG_ENOUGH);
            overtaken = eventOf(calls.get(0)) == 192350006 && eventOf(calls.get(1)) == 192350003;
        }
        assertThat(overtaken).isTrue();
    }

    @Test
    void filtersByWrittenColumns() {
        DynamicsBehaviour harsh = DynamicsBehaviour.harsh();
        var sparing = new DynamicsBehaviour.Rows(
                Duration.ZERO, false, false, true, harsh.rows().milliseconds());
        start(harsh.withRows(sparing), 5);
        UUID endpoint = engine.registrations().addEndpoint("hook", HOOK, 5, "<settings/>");
        engine.registrations()
                .addStep(endpoint, "Update", "msdyn_agentstatus", Set.of("msdyn_currentpresenceid"), 1, true);
        center.presence().signIn(RITA);
        center.presence().choose(RITA, BasePresence.AWAY.presenceId());
        center.presence().accept(RITA, Work.Channel.CHAT, 30);
        time.pass(LONG_ENOUGH);

        assertThat(calls).hasSize(2);
    }

    @Test
    void cutsBodiesOver256KilobytesAndSaysSo() {
        registerUpdateOnly();
        engine.padBodies(256 * 1024);
        signInAndPass();

        Call cut = calls.get(0);
        assertThat(cut.headers()).containsEntry("x-ms-dynamics-msg-size-exceeded", "true");
        assertThat(cut.body().path("InputParameters")).isEmpty();
        assertThat(cut.body().path("PostEntityImages")).isEmpty();
        assertThat(cut.body().path("ParentContext").isNull()).isTrue();
        assertThat(cut.body().path("PrimaryEntityId").asText()).isNotEmpty();
    }

    @Test
    void failsTheOperationWithASynchronousStep() {
        start(
                DynamicsBehaviour.harsh()
                        .withRows(DynamicsBehaviour.harsh().rows().withDelay(Duration.ZERO)),
                5);
        center.presence().signIn(RITA);
        UUID endpoint = engine.registrations().addEndpoint("hook", HOOK, 5, "<settings/>");
        engine.registrations().addStep(endpoint, "Update", "msdyn_agentstatus", Set.of(), 0, false);
        answers.add(500);

        assertThatThrownBy(() -> center.presence().choose(RITA, BasePresence.AWAY.presenceId()))
                .isInstanceOf(PipelineFailed.class);

        assertThat(calls.get(0).body().path("Mode").asInt()).isZero();
        assertThat(center.presence().agent(RITA).orElseThrow().presence().base())
                .isEqualTo(BasePresence.AVAILABLE);
        assertThat(center.presence().choose(RITA, BasePresence.AWAY.presenceId()))
                .isTrue();
    }

    @Test
    void putsTheKeyIntoTheQueryForWebhookKeys() {
        UUID endpoint = engine.registrations().addEndpoint("hook", HOOK, 4, "a/b=");
        engine.registrations().addStep(endpoint, "Update", "msdyn_agentstatus", Set.of(), 1, true);
        signInAndPass();
        assertThat(calls.get(0).url()).hasToString(HOOK + "?code=a%2Fb%3D");
    }

    @Test
    void tellsOfConversationsAndBookingsToo() {
        UUID endpoint = engine.registrations().addEndpoint("hook", HOOK, 5, "<settings/>");
        engine.registrations().addStep(endpoint, "Create", "msdyn_ocliveworkitem", Set.of(), 1, true);
        center.presence().signIn(RITA);
        center.presence().accept(RITA, Work.Channel.VOICE_CALL, 30);
        time.pass(LONG_ENOUGH);

        JsonNode target = calls.get(0).body().path("InputParameters").get(0).path("value");
        assertThat(attribute(target, "msdyn_channel").get(0).path("Value").asInt())
                .isEqualTo(192440000);
        assertThat(attribute(target, "activityid").path("__type").asText()).isEqualTo("Guid:#System");
    }

    private void registerUpdateOnly() {
        UUID endpoint = engine.registrations().addEndpoint("hook", HOOK, 5, "<settings/>");
        UUID step = engine.registrations().addStep(endpoint, "Update", "msdyn_agentstatus", Set.of(), 1, true);
        engine.registrations().addImage(step, "post", 1, Set.of("msdyn_eventname"));
    }

    private void signInAndPass() {
        center.presence().signIn(RITA);
        time.pass(LONG_ENOUGH);
    }

    private Call call(String message) {
        return calls.stream()
                .filter(one -> one.headers().get("x-ms-dynamics-request-name").equals(message))
                .findFirst()
                .orElseThrow();
    }

    private static int eventOf(Call call) {
        JsonNode post = call.body().path("PostEntityImages").get(1).path("value");
        return attribute(post, "msdyn_eventname").path("Value").asInt();
    }

    private static JsonNode attribute(JsonNode entity, String name) {
        for (JsonNode attribute : entity.path("Attributes")) {
            if (attribute.path("key").asText().equals(name)) {
                return attribute.path("value");
            }
        }
        return Json.object().path("nothing");
    }
}
