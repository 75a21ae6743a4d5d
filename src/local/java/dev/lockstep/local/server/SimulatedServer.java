package dev.lockstep.local.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * A simulated platform's HTTP or HTTPS end on the loopback interface: routes, faults and nothing else. Paths that
 * begin with {@code /_} are controls for people and tests; faults never touch them.
 */
public final class SimulatedServer implements AutoCloseable {
    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    static {
        // Without these the JDK's server answers kept-alive connections 40 ms late (Nagle against delayed
        // acknowledgements) and closes idle ones under a client's hands after 30 s.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private final HttpServer server;
    private final String scheme;
    private final ServerFaults faults;
    private final Router router = new Router();
    private final Overtaking overtaking = new Overtaking();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private BiFunction<Request, RuntimeException, Reply> onError = SimulatedServer::plainError;
    private Handler onUnknownPath = request -> Reply.empty(404);
    private Function<Fault, JsonNode> onFault = SimulatedServer::plainFault;

    private SimulatedServer(HttpServer server, String scheme, ServerFaults faults) {
        this.server = server;
        this.scheme = scheme;
        this.faults = faults;
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        faults.control(this);
    }

    /**
     * A server that speaks plain HTTP.
     *
     * @param port 0 takes any free one
     */
    public static SimulatedServer http(int port, ServerFaults faults) {
        try {
            return new SimulatedServer(HttpServer.create(loopback(port), 0), "http", faults);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
    }

    /**
     * A server that speaks HTTPS.
     *
     * @param port 0 takes any free one
     */
    public static SimulatedServer https(int port, SSLContext identity, ServerFaults faults) {
        try {
            HttpsServer server = HttpsServer.create(loopback(port), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(identity));
            return new SimulatedServer(server, "https", faults);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    }

    /** Adds a route; the first one that matches is taken. */
    public SimulatedServer on(String method, String pattern, Handler handler) {
        router.add(method, pattern, handler);
        return this;
    }

    /** How this platform words a handler's exception. */
    public SimulatedServer onError(BiFunction<Request, RuntimeException, Reply> wording) {
        onError = wording;
        return this;
    }

    /** What this platform answers on a path that it does not have. */
    public SimulatedServer onUnknownPath(Handler handler) {
        onUnknownPath = handler;
        return this;
    }

    /** The JSON body of this platform's 429 and 5xx answers when a fault makes them. */
    public SimulatedServer onFault(Function<Fault, JsonNode> wording) {
        onFault = wording;
        return this;
    }

    public SimulatedServer start() {
        server.start();
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Scheme, host and port, without a slash at the end. */
    public String url() {
        return scheme + "://localhost:" + port();
    }

    public ServerFaults faults() {
        return faults;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Does a request's work without HTTP and without faults: also the way of a batch's parts. */
    public Reply dispatch(Request request) {
        try {
            return router.dispatch(request).orElseGet(() -> onUnknownPath.handle(request));
        } catch (RuntimeException e) {
            return onError.apply(request, e);
        }
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            write(exchange, answer(exchange));
        } catch (ConnectionLost e) {
            // Closing the exchange without an answer is the lost connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException, InterruptedException {
        try {
            Optional<Request> request = read(exchange);
            return request.isPresent() ? answer(request.get()) : Reply.empty(413);
        } catch (Request.MalformedBody e) {
            return Reply.empty(400);
        }
    }

    private Reply answer(Request request) throws InterruptedException {
        if (request.path().startsWith("/_")) {
            return dispatch(request);
        }
        List<Fault> hits = faults.strike(request.method(), request.path());
        Optional<Reply> refused = suffer(hits, false);
        if (refused.isPresent()) {
            return refused.get();
        }
        Reply reply = dispatch(request);
        if (hits.stream().anyMatch(fault -> fault.kind() == Fault.Kind.DUPLICATE)) {
            reply = dispatch(request);
        }
        overtaking.passed();
        return suffer(hits, true).orElse(reply);
    }

    /** Waits or fails as the faults say; a reply here takes the place of the platform's own. */
    private Optional<Reply> suffer(List<Fault> hits, boolean afterWork) throws InterruptedException {
        for (Fault fault : hits) {
            if (fault.afterWork() != afterWork) {
                continue;
            }
            switch (fault.kind()) {
                case DELAY -> Thread.sleep(fault.delay());
                case REORDER -> overtaking.hold(fault.delay()).join();
                case HANG -> {
                    Thread.sleep(fault.delay());
                    throw new ConnectionLost();
                }
                case DROP -> throw new ConnectionLost();
                case DUPLICATE -> {}
                case TOO_MANY, SERVER_ERROR, HTML_ERROR, EMPTY_ERROR -> {
                    return refusal(fault);
                }
            }
        }
        return Optional.empty();
    }

    /** The answer that takes the place of the platform's own; empty for faults that give none. */
    public Optional<Reply> refusal(Fault fault) {
        return switch (fault.kind()) {
            case TOO_MANY -> Optional.of(retryLater(fault, 429));
            case SERVER_ERROR -> Optional.of(retryLater(fault, fault.status()));
            case HTML_ERROR ->
                Optional.of(Reply.text(
                        fault.status(),
                        "text/html",
                        "<html><body><h1>" + fault.status() + " Bad Gateway</h1></body></html>"));
            case EMPTY_ERROR -> Optional.of(Reply.empty(fault.status()));
            case DELAY, DROP, DUPLICATE, REORDER, HANG -> Optional.empty();
        };
    }

    private Reply retryLater(Fault fault, int status) {
        Reply reply = Reply.json(status, onFault.apply(fault));
        return fault.retryAfter().isZero()
                ? reply
                : reply.with("Retry-After", String.valueOf(fault.retryAfter().toSeconds()));
    }

    private static JsonNode plainFault(Fault fault) {
        return Json.object().put("error", "A fault that was switched on.");
    }

    private static Reply plainError(Request request, RuntimeException e) {
        int status = e instanceof Request.MalformedBody || e instanceof IllegalArgumentException ? 400 : 500;
        return Reply.json(status, Json.object().put("error", String.valueOf(e.getMessage())));
    }

    private static Optional<Request> read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return body.length > LARGEST_BODY
                ? Optional.empty()
                : Optional.of(new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        Request.pairs(exchange.getRequestURI().getRawQuery()),
                        headers,
                        body,
                        Map.of()));
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodyless =
                reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), bodyless ? -1 : reply.body().length);
        if (!bodyless) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    private static final class ConnectionLost extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
