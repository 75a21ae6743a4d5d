package dev.lockstep.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lockstep.local.server.LocalAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A server on loopback that answers what a test prepared, one answer for each request, and keeps what it was sent. */
public final class StubServer implements AutoCloseable {
    /** A request as it came. */
    public record Received(String method, String target, Map<String, String> headers, String body) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** Answers one request, or does not. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws Exception;

        default Answer with(String header, String... values) {
            return exchange -> {
                exchange.getResponseHeaders().put(header, List.of(values));
                to(exchange);
            };
        }
    }

    private final HttpServer server;
    private final String url;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Answer otherwise = empty(501);

    private StubServer(HttpServer server, String scheme) {
        this.server = server;
        this.url = scheme + "://localhost:" + server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        server.start();
    }

    public static StubServer http() {
        try {
            return new StubServer(HttpServer.create(anyPort(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static StubServer https(LocalAuthority authority) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
            return new StubServer(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Scheme, host and port. */
    public String url() {
        return url;
    }

    public List<Received> received() {
        return received;
    }

    public Received onlyOne() {
        if (received.size() != 1) {
            throw new AssertionError("expected one request but got " + received);
        }
        return received.getFirst();
    }

    /** The answers to the next requests, in order. */
    public StubServer answer(Answer... next) {
        answers.addAll(List.of(next));
        return this;
    }

    /** The answer to every request for which none is prepared. */
    public StubServer otherwise(Answer always) {
        otherwise = always;
        return this;
    }

    public void reset() {
        answers.clear();
        received.clear();
        otherwise = empty(501);
    }

    public static Answer json(int status, String body) {
        return text(status, "application/json; odata.metadata=minimal", body);
    }

    public static Answer html(int status) {
        return text(status, "text/html", "<html><body><h1>" + status + "</h1></body></html>");
    }

    public static Answer text(int status, String type, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    public static Answer empty(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    /** Closes the connection without an answer. */
    public static Answer lost() {
        return exchange -> {};
    }

    /** Says nothing until the server is closed. */
    public Answer hang() {
        return exchange -> closing.await();
    }

    /** Begins an answer and says nothing more until the server is closed. */
    public Answer hangInTheBody() {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            closing.await();
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(read(exchange));
            Answer next = answers.poll();
            (next == null ? otherwise : next).to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Received read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
}
