package dev.lockstep.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.world.SimulatedTenant;
import dev.lockstep.store.dynamodb.DynamoLocal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Lockstep as it is installed: every function a process of its own from the packaged artifact, over one store and one
 * queue, against the simulated platforms. A function starts when it is first needed and stays.
 */
final class Installation implements AutoCloseable {
    static final String PBX_SECRET = "whsec_bG9jYWwtcGJ4LXNlY3JldC0wMTIzNDU2Nzg5";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final int FIRST_EXTENSION = 2001;

    final SimulatedTenant platforms = SimulatedTenant.onFreePorts();
    /** Whether Graph's notifications reach their function; its handshakes always do. */
    volatile boolean notified;

    private final RetryQueueServer queue = new RetryQueueServer();
    private final SimulatedServer front = platforms
            .front()
            .on("POST", "/teams", this::fromGraph)
            .on("POST", "/teams/lifecycle", this::fromGraph)
            .start();
    private final Map<String, String> environment = environment();
    private final Map<String, LambdaRuntime> functions = new TreeMap<>();
    private final List<PackagedPerson> people = new ArrayList<>();

    /** An answer to a call over HTTP. */
    record HttpReply(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return read(body);
        }
    }

    /** The one installation of all tests: its functions are started once. It goes when the JVM ends. */
    static Installation shared() {
        return Shared.ONE;
    }

    private static final class Shared {
        static final Installation ONE = new Installation();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(ONE::close));
        }
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>();
        platforms.settings().forEach((name, value) -> all.put(variable(name), value));
        all.putAll(queue.environment());
        all.put("LOCKSTEP_TABLE_PREFIX", DynamoLocal.freshTables());
        all.put("QUARKUS_DYNAMODB_ENDPOINT_OVERRIDE", DynamoLocal.url().toString());
        all.put("LOCKSTEP_CONFIG_INLINE_SECRETS", "true");
        all.put("LOCKSTEP_CONFIG_PRIVATE_NETWORKS", "true");
        all.put("LOCKSTEP_TEAMS_CLIENT_STATE", "local-teams-client-state");
        all.put("LOCKSTEP_TEAMS_SERVICE_USERS", platforms.serviceUser());
        all.put("LOCKSTEP_TEAMS_NOTIFICATION_URL", front.url());
        all.put(
                "LOCKSTEP_TEAMS_NOTIFICATION_KEYS",
                Vectors.text("graph/rich-notification-certificate.pem")
                        + Vectors.text("graph/rich-notification-private-key.pem"));
        // The first call of a cold process on a busy machine takes longer than one in Lambda may.
        for (String limit : List.of("DEADLINE", "STORE_CALL_TIMEOUT", "STORE_ATTEMPT_TIMEOUT", "QUEUE_TIMEOUT")) {
            all.put("LOCKSTEP_" + limit, "12s");
        }
        for (String part : List.of("ENTRA", "DYNAMICS")) {
            all.put("LOCKSTEP_" + part + "_CONNECT_TIMEOUT", "12s");
        }
        all.put("LOCKSTEP_ENTRA_TIMEOUT", "12s");
        return Map.copyOf(all);
    }

    /** The environment variable of a setting (MicroProfile Config, section on environment variables). */
    static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    String shownInDynamics(PackagedPerson who) {
        return platforms
                .dynamics()
                .agent(who.systemUserId())
                .map(RepresentativeView::presence)
                .orElseThrow()
                .name();
    }

    private Pair shownInTeams(PackagedPerson who) {
        return platforms.teams().actual(who.entraId().toString()).pair();
    }

    /** Hires somebody new, whom every platform and Lockstep know from now on; their phone is on both connections. */
    PackagedPerson hire(String key) {
        return hire(new PackagedPerson(key, String.valueOf(FIRST_EXTENSION + people.size())));
    }

    PackagedPerson hire(PackagedPerson person) {
        people.add(person);
        platforms.hire(person.representative());
        JsonNode answer = result(SampleEvent.function("config.apply"), sample("config.apply", person));
        if (!answer.path("applied").asBoolean()) {
            throw new AssertionError("the configuration was not applied: " + answer);
        }
        return person;
    }

    /** Hired, signed in to Dynamics, and Lockstep was told so. */
    PackagedPerson signedIn(String key) throws InterruptedException {
        PackagedPerson person = hire(key);
        platforms.dynamics().signIn(person.systemUserId());
        send("dynamics-change.login", person);
        eventually(() -> shows(person, "Available", Pair.AVAILABLE));
        return person;
    }

    /** Checks what both platforms show of somebody. */
    void shows(PackagedPerson person, String dynamics, Pair teams) {
        String both = shownInDynamics(person) + " and " + shownInTeams(person);
        if (!both.equals(dynamics + " and " + teams)) {
            throw new AssertionError(person.name() + " shows " + both + ", not " + dynamics + " and " + teams);
        }
    }

    /** A sample event about that person, now, and signed if it is of a kind that is. */
    SampleEvent sample(String name, PackagedPerson person) {
        Instant now = Instant.now();
        return SampleEvent.of(name, person, now).signed(PBX_SECRET, now);
    }

    /** Hands a sample event to its function, which must take it. */
    HttpReply send(String name, PackagedPerson person) {
        HttpReply reply = call(SampleEvent.function(name), sample(name, person));
        if (reply.status() / 100 != 2) {
            throw new AssertionError(name + " was answered with " + reply);
        }
        return reply;
    }

    /** Invokes a function behind the gateway. */
    HttpReply call(String function, SampleEvent event) {
        JsonNode answer = result(function, event);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new HttpReply(
                answer.path("statusCode").asInt(), headers, answer.path("body").asText(""));
    }

    private Reply fromGraph(Request request) {
        Optional<String> token = request.parameter("validationToken");
        if (token.isEmpty() && !notified) {
            return Reply.empty(202);
        }
        SampleEvent event = sample("teams-change.presence", PackagedPerson.RITA)
                .path(request.path())
                .query(token.map(text -> "validationToken=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .orElse(""))
                .body(request.text());
        HttpReply reply = call("teams-change", event);
        return Reply.text(reply.status(), reply.headers().get("content-type"), reply.body());
    }

    JsonNode result(String function, SampleEvent event) {
        return result(function, event.json());
    }

    /** What a function answers, which must not be an error. */
    JsonNode result(String function, String event) {
        LambdaRuntime.Answer answer = function(function).invoke(event);
        if (answer.isError()) {
            throw new AssertionError(function + " failed: " + answer.body() + "\nit printed:\n" + output(function));
        }
        return read(answer.body());
    }

    /** As Lambda does between two invocations. */
    void freeze(String function, Duration time) throws InterruptedException {
        function(function).freeze(time);
    }

    /** Everything that a function has printed so far. */
    String output(String function) {
        return function(function).output();
    }

    /** How somebody is shown to applications. */
    JsonNode agent(PackagedPerson person) {
        return call("api", sample("api.agent", person)).json();
    }

    String condition(PackagedPerson person, String platform) {
        return agent(person).path("platforms").path(platform).path("condition").asText();
    }

    /** Checks until it holds or patience ends; meanwhile messages of the retry queue reach their function. */
    void eventually(ThrowingCallable check) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Throwable> failure = failure(check);
            if (failure.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(failure.get().getMessage() + "\n" + everythingPrinted(), failure.get());
            }
            deliverRetries();
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Hands what is due in the retry queue to its function, as Lambda's event source would. */
    void deliverRetries() {
        queue.event().ifPresent(event -> result("sync", event));
    }

    private static Optional<Throwable> failure(ThrowingCallable check) {
        try {
            check.call();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private String everythingPrinted() {
        StringBuilder all = new StringBuilder();
        functions.forEach(
                (name, runtime) -> all.append("--- ").append(name).append('\n').append(runtime.output()));
        return all.toString();
    }

    /** A function of its own besides, which differs in these settings. */
    LambdaRuntime startWith(String function, Map<String, String> settings) {
        Map<String, String> other = new HashMap<>(environment);
        other.putAll(settings);
        return LambdaRuntime.start(function, other, platforms.trust());
    }

    /** A function of its own besides, from that package. */
    LambdaRuntime startFrom(FunctionPackage functions, String function) {
        return LambdaRuntime.start(functions, function, environment, platforms.trust());
    }

    private synchronized LambdaRuntime function(String name) {
        return functions.computeIfAbsent(
                name, function -> LambdaRuntime.start(function, environment, platforms.trust()));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    @Override
    public void close() {
        functions.values().forEach(LambdaRuntime::close);
        front.close();
        platforms.close();
        queue.close();
    }
}
