package dev.lockstep.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedServerTest {
    private final ServerFaults faults = new ServerFaults(new SplittableRandom(7));
    private final SimulatedServer server = SimulatedServer.http(0, faults);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger work = new AtomicInteger();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        server.on("POST", "/v1/users({id})/{action}", request -> {
                    work.incrementAndGet();
                    order.add(request.part("action"));
                    return Reply.json(200, Json.object().put("id", request.part("id")));
                })
                .on("POST", "/echo", request -> Reply.json(200, request.json()))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void routesByMethodAndPlaceholders() throws Exception {
        HttpResponse<String> answer = post("/v1/users(42)/wave");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"id\":\"42\"}");
        assertThat(post("/v1/nowhere").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/v1/users(42)/wave", "").statusCode()).isEqualTo(405);
    }

    @Test
    void answersAnUnreadableBodyWith400() throws Exception {
        assertThat(send("POST", "/echo", "{\"open\":").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/echo", "7").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/echo", "").body()).isEqualTo("{}");
    }

    @Test
    void answersAnUnreadableQueryWith400() throws Exception {
        assertThat(post("/v1/users(42)/wave?a=b").statusCode()).isEqualTo(200);
        assertThat(raw("GET /echo?a=%GG HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void takesItsRulesFromConfigurationToo() {
        faults.set("[{\"match\":\"POST /echo\",\"kind\":\"drop\",\"afterWork\":true,\"times\":1}]");

        assertThat(faults.strike("POST", "/echo"))
                .containsExactly(Fault.of("POST /echo", Fault.Kind.DROP).after().once());
    }

    @Test
    void refusesBeforeTheWorkAndOnlyAsOftenAsTold() throws Exception {
        faults.add(Fault.of("POST /users(*)/wave", Fault.Kind.TOO_MANY)
                .withRetryAfter(Duration.ofSeconds(9))
                .once());

        HttpResponse<String> refused = post("/v1/users(42)/wave");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("9");
        assertThat(work).hasValue(0);
        assertThat(post("/v1/users(42)/wave").statusCode()).isEqualTo(200);
    }

    @Test
    void failsAfterTheWorkSoThatTheCallerCannotKnow() throws Exception {
        faults.add(Fault.of("POST *", Fault.Kind.SERVER_ERROR).after().once());

        assertThat(post("/v1/users(42)/wave").statusCode()).isEqualTo(503);
        assertThat(work).hasValue(1);
    }

    @Test
    void losesTheConnection() {
        faults.add(Fault.of("POST *", Fault.Kind.DROP).after().times(3));

        assertThatThrownBy(() -> post("/v1/users(42)/wave")).isInstanceOf(IOException.class);
        assertThat(work).hasPositiveValue();
    }

    @Test
    void hangsUntilTheCallerGivesUp() {
        faults.add(Fault.of("POST *", Fault.Kind.HANG));

        assertThatThrownBy(() -> post("/v1/users(42)/wave")).isInstanceOf(HttpTimeoutException.class);
        assertThat(work).hasValue(0);
    }

    @Test
    void doesTheWorkTwice() throws Exception {
        faults.add(Fault.of("POST *", Fault.Kind.DUPLICATE));

        assertThat(post("/v1/users(42)/wave").statusCode()).isEqualTo(200);
        assertThat(work).hasValue(2);
    }

    @Test
    void letsTheNextRequestOvertake() throws Exception {
        faults.add(Fault.of("POST */first", Fault.Kind.REORDER).withDelay(Duration.ofSeconds(20)));

        var first = client.sendAsync(request("POST", "/v1/users(1)/first", ""), HttpResponse.BodyHandlers.ofString());
        while (faults.struck() == 0) {
            Thread.onSpinWait();
        }
        while (!first.isDone()) {
            post("/v1/users(1)/second");
        }

        assertThat(order).startsWith("second").contains("first");
    }

    @Test
    void isControlledOverHttpAndNeverFailsItsOwnControls() throws Exception {
        String rule = "{\"match\":\"*\",\"kind\":\"5xx\",\"status\":500,\"times\":1}";

        assertThat(send("PUT", "/_faults", "{\"rules\":[" + rule + "]}").statusCode())
                .isEqualTo(200);
        assertThat(post("/v1/users(42)/wave").statusCode()).isEqualTo(500);
        assertThat(send("GET", "/_faults", "").body()).contains("\"struck\":1");
        assertThat(send("PUT", "/_faults", "[{\"kind\":\"nonsense\"}]").statusCode())
                .isEqualTo(400);
        assertThat(send("DELETE", "/_faults", "").statusCode()).isEqualTo(204);
        assertThat(faults.strike("POST", "/anything")).isEmpty();
    }

    @Test
    void drawsFromTheSeed() {
        Fault half = Fault.of("*", Fault.Kind.DROP).withProbability(0.5);
        ServerFaults one = new ServerFaults(new SplittableRandom(11));
        ServerFaults other = new ServerFaults(new SplittableRandom(11));
        one.add(half);
        other.add(half);

        for (int i = 0; i < 100; i++) {
            assertThat(one.strike("GET", "/x")).isEqualTo(other.strike("GET", "/x"));
        }
        assertThat(one.struck()).isBetween(30L, 70L);
    }

    @Test
    void speaksHttpsThatTheTrustStoreAccepts() throws Exception {
        LocalAuthority authority = LocalAuthority.temporary();
        try (SimulatedServer secure = SimulatedServer.https(0, authority.serverContext(), faults)) {
            secure.on("GET", "/", request -> Reply.empty(204)).start();
            HttpClient trusting = HttpClient.newBuilder()
                    .sslContext(authority.clientContext())
                    .build();
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(secure.url() + "/")).build();

            assertThat(trusting.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);
        }
    }

    private HttpResponse<String> post(String path) throws Exception {
        return send("POST", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(2))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
