package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.PageProgram;
import dev.lockstep.configured.Connection;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's programs, as they stand there, send an event that is taken, wherever their language is installed. */
class PhoneExamplesTest {
    private static final String AGENT = "rita@contoso.com";
    private static final String SECRET = "whsec_c2lnbmVkLWJ5LXRoZS1leGFtcGxlcy1vZi10aGUtcGFnZQ==";

    @TempDir
    Path folder;

    private final PhoneFixture desk = new PhoneFixture();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        desk.with(new Connection("pbx", "generic", List.of(), List.of(SECRET), Optional.empty(), List.of()))
                .with("pbx", "1042", AGENT);
        desk.clock.set(Instant.now());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/phone/pbx", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, header -> String.join(",", header.getValue())));
            HttpAnswer answer = desk.handle(
                            "pbx",
                            HttpCall.of(
                                    exchange.getRequestMethod(),
                                    "/phone/pbx",
                                    "",
                                    headers,
                                    Body.of(exchange.getRequestBody().readAllBytes()),
                                    desk.now()))
                    .answer();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "python", "javascript", "csharp"})
    void theProgramOfThePageIsTaken(String language) throws Exception {
        Map<String, String> settings = Map.of(
                "LOCKSTEP_SECRET",
                SECRET,
                "LOCKSTEP_URL",
                "http://localhost:" + server.getAddress().getPort() + "/phone/pbx");

        PageProgram.Ended run =
                PageProgram.first("docs/phone-events.md", language).run(folder, settings, new byte[0]);

        assertThat(run.code()).as(run.told()).isZero();
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }
}
