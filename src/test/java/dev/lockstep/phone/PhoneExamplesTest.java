package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.PageExamples;
import dev.lockstep.configured.Connection;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    @CsvSource({
        "bash, bash, send.sh",
        "python, python3, send.py",
        "javascript, node, send.mjs",
        "csharp, dotnet run, send.cs"
    })
    void theProgramOfThePageIsTaken(String language, String command, String name) throws Exception {
        List<String> words = List.of(command.split(" "));
        assumeThat(isInstalled(words.getFirst())).as(language).isTrue();
        Path program = Files.writeString(
                folder.resolve(name),
                PageExamples.of("docs/phone-events.md", language).getFirst());
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(words.stream(), Stream.of(program.toString())).toList());
        builder.environment().put("LOCKSTEP_SECRET", SECRET);
        builder.environment()
                .put("LOCKSTEP_URL", "http://localhost:" + server.getAddress().getPort() + "/phone/pbx");
        Path told = folder.resolve("told");
        Process run =
                builder.redirectErrorStream(true).redirectOutput(told.toFile()).start();

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(Files.readString(told)).isZero();
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
