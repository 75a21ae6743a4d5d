package dev.lockstep.function;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One packaged function, run as a process of its own the way Lambda runs it: this is the Runtime API, from which the
 * function takes its events and to which it gives its answers
 * (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 */
final class LambdaRuntime implements AutoCloseable {
    /** What the function answered; where {@code isError}, the body is Lambda's error object. */
    record Answer(String body, boolean isError) {}

    private record Invocation(String id, String event) {}

    /** A cold start on a busy machine, and the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);
    private static final String ARN = "arn:aws:lambda:eu-central-1:000000000000:function:test";
    private static final String PATH = "/2018-06-01/runtime/";

    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Answer> failure = new CompletableFuture<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Process process;

    private LambdaRuntime(
            FunctionPackage functions, String function, Map<String, String> environment, Map<String, String> properties)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(PATH + "invocation/next", this::next);
        server.createContext(PATH + "invocation/", this::answer);
        server.createContext(PATH + "init/error", this::initError);
        server.start();
        process = launch(functions, function, environment, properties);
        // Reading a pipe holds the carrier of a virtual thread; there may be two, and one process after the other
        // reads.
        Thread.ofPlatform().daemon().start(this::readOutput);
        threads.execute(this::awaitEnd);
    }

    /** Starts the function of that name; the environment is what its configuration in Lambda would be. */
    static LambdaRuntime start(String function, Map<String, String> environment) {
        return start(function, environment, Map.of());
    }

    /** The same, with Java system properties, for instance a trust store. */
    static LambdaRuntime start(String function, Map<String, String> environment, Map<String, String> properties) {
        return start(FunctionPackage.unpacked(), function, environment, properties);
    }

    /** The same, from that package. */
    static LambdaRuntime start(
            FunctionPackage functions,
            String function,
            Map<String, String> environment,
            Map<String, String> properties) {
        try {
            return new LambdaRuntime(functions, function, environment, properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hands one event to the function and waits for its answer.
     *
     * @throws AssertionError with everything the function printed, if it cannot start, dies or is silent for a minute
     */
    Answer invoke(String event) {
        Invocation invocation = new Invocation(UUID.randomUUID().toString(), event);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        answers.put(invocation.id(), answer);
        waiting.add(invocation);
        try {
            return (Answer) CompletableFuture.anyOf(answer, failure).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage() + "; it printed:\n" + output(), e);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE + "; it printed:\n" + output(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an answer", e);
        }
    }

    /** Stops the process, with all its threads, and lets it go on after that time. */
    void freeze(Duration time) throws InterruptedException {
        signal("STOP");
        Thread.sleep(time);
        signal("CONT");
    }

    private void signal(String name) throws InterruptedException {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("the process took no " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that the function has printed so far, on either stream. */
    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    /** What the process has taken of all processors so far; in steps of 10 ms on Linux. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most memory that the process has held so far, in kB (proc_pid_status(5), VmHWM); Linux tells it. */
    long peakResidentKilobytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TIME_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private Process launch(
            FunctionPackage functions, String function, Map<String, String> environment, Map<String, String> properties)
            throws IOException {
        List<String> options = new ArrayList<>();
        properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(functions.command(options));
        builder.directory(functions.folder().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(lambdaEnvironment(function, functions));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What Lambda sets by itself (docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). */
    private Map<String, String> lambdaEnvironment(String function, FunctionPackage functions) {
        InetSocketAddress address = server.getAddress();
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", "localhost:" + address.getPort()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", function),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "test"),
                Map.entry("AWS_REGION", "eu-central-1"),
                Map.entry("AWS_DEFAULT_REGION", "eu-central-1"),
                Map.entry("AWS_ACCESS_KEY_ID", "test"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
                Map.entry("LAMBDA_TASK_ROOT", functions.folder().toString()),
                Map.entry("LAMBDA_RUNTIME_DIR", functions.folder().toString()),
                Map.entry("_HANDLER", FunctionPackage.HANDLER),
                Map.entry("TZ", ":UTC"),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin"),
                Map.entry("QUARKUS_FUNQY_EXPORT", function));
    }

    private void next(HttpExchange exchange) throws IOException {
        try (exchange) {
            Invocation invocation = waiting.take();
            long deadline = System.currentTimeMillis() + PATIENCE.toMillis();
            Headers headers = exchange.getResponseHeaders();
            headers.add("Content-Type", "application/json");
            headers.add("Lambda-Runtime-Aws-Request-Id", invocation.id());
            headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
            headers.add("Lambda-Runtime-Invoked-Function-Arn", ARN);
            headers.add("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000");
            byte[] event = invocation.event().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code POST invocation/ID/response} or {@code invocation/ID/error}. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path path = Path.of(exchange.getRequestURI().getPath());
            Answer answer = new Answer(body(exchange), path.endsWith("error"));
            exchange.sendResponseHeaders(202, -1);
            String id = path.getParent().getFileName().toString();
            Optional.ofNullable(answers.remove(id))
                    .ifPresentOrElse(
                            asked -> asked.complete(answer),
                            () -> fail("it answered what it was not asked: " + answer));
        }
    }

    private void initError(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = body(exchange);
            exchange.sendResponseHeaders(202, -1);
            fail("it could not start: " + body);
        }
    }

    private void fail(String why) {
        failure.completeExceptionally(new IllegalStateException(why));
    }

    private void awaitEnd() {
        fail("it ended with exit code " + process.onExit().join().exitValue());
    }

    private void readOutput() {
        try (InputStream printed = process.getInputStream()) {
            printed.transferTo(output);
        } catch (IOException e) {
            fail("its output broke off: " + e.getMessage());
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }
}
