package dev.lockstep.local.world;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.function.GatewayEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What API Gateway is in AWS: one port, the routes, and events of payload format 2.0 for the functions behind them. */
@Singleton
class LocalGateway {
    private static final Pattern TEXT = Pattern.compile(
            "text/.*|application/(json|xml|javascript|x-www-form-urlencoded)", Pattern.CASE_INSENSITIVE);

    /** API Gateway refuses larger requests itself. */
    private static final int LARGEST = 10 * 1024 * 1024;

    /** @param forHolders whether it has the authorizer in the Terraform module */
    record Route(List<String> methods, Pattern path, String function, boolean forHolders) {
        static Route open(String methods, String path, String function) {
            return new Route(List.of(methods.split(" ")), Pattern.compile(path), function, false);
        }

        static Route forHolders(String methods, String path, String function) {
            return new Route(List.of(methods.split(" ")), Pattern.compile(path), function, true);
        }

        boolean takes(String method, String otherPath) {
            return methods.contains(method) && path.matcher(otherPath).matches();
        }
    }

    private static final List<Route> ROUTES = List.of(
            Route.open("POST", "/dynamics", "dynamics-change"),
            Route.open("POST", "/teams(/lifecycle)?", "teams-change"),
            Route.open("GET POST OPTIONS", "/phone/[^/]+", "phone-event"),
            Route.open("GET", "/(openapi|asyncapi)\\.json", "api"),
            Route.forHolders("GET POST", "/api/configuration", "config-api"),
            Route.forHolders("GET", "/api/configuration/history", "config-api"),
            Route.forHolders("GET", "/api/changes", "changes"),
            Route.forHolders("GET POST PUT DELETE", "/api/.*", "api"),
            Route.open("GET POST", "/board/configuration", "config-api"),
            Route.open("GET", "/board", "board"),
            Route.open("GET POST", "/board/.*", "board"),
            Route.open("GET", "/sign-in(/callback)?", "board"),
            Route.open("POST", "/sign-out", "board"));

    /** The gateway's own {@code message}, which is all that it says in AWS, as a problem document. */
    private static final String NO_ROUTE = "{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,"
            + "\"detail\":\"there is nothing at this path with this method: the board is at /board, the API at"
            + " /api/agents\",\"message\":\"Not Found\"}";

    private static final String INVOKE = "/invoke/";

    private final LocalFunctions functions;
    private Optional<TokenAuthorizer> authorizer = Optional.empty();
    private HttpServer server;

    @Inject
    LocalGateway(LocalFunctions functions) {
        this.functions = functions;
    }

    /** @param tokens empty if nobody is asked for one */
    void start(int port, Optional<TokenAuthorizer> tokens) {
        authorizer = tokens;
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be had: set LOCKSTEP_HTTP_PORT to another", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                send(exchange, 413, Map.of("Content-Type", "application/json"), "{\"message\":\"Request Too Long\"}");
                return;
            }
            String path = exchange.getRequestURI().getRawPath();
            if (path.startsWith(INVOKE) && exchange.getRequestMethod().equals("POST")) {
                invoke(exchange, path.substring(INVOKE.length()), new String(body, StandardCharsets.UTF_8));
            } else {
                route(exchange, path, body);
            }
        } catch (RuntimeException e) {
            send(exchange, 500, Map.of("Content-Type", "application/json"), "{\"message\":\"Internal Server Error\"}");
            System.err.println("front: " + e);
        }
    }

    private void route(HttpExchange exchange, String path, byte[] body) throws IOException {
        Optional<Route> route =
                route(exchange.getRequestMethod(), path).filter(found -> functions.has(found.function()));
        if (route.isEmpty()) {
            send(exchange, 404, Map.of("Content-Type", "application/problem+json"), NO_ROUTE);
            return;
        }
        String function = route.get().function();
        Optional<JsonNode> verified = verified(exchange, route.get());
        if (verified.isEmpty()) {
            send(exchange, 401, Map.of("Content-Type", "application/json"), "{\"message\":\"Unauthorized\"}");
            return;
        }
        APIGatewayV2HTTPResponse answer =
                (APIGatewayV2HTTPResponse) functions.call(function, event(exchange, path, body, verified.get()));
        Map<String, String> headers = answer.getHeaders() == null ? Map.of() : answer.getHeaders();
        if (answer.getCookies() != null) {
            answer.getCookies().forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
        }
        send(
                exchange,
                answer.getStatusCode(),
                headers,
                Optional.ofNullable(answer.getBody()).orElse(""));
    }

    static Optional<Route> route(String method, String path) {
        return ROUTES.stream().filter(route -> route.takes(method, path)).findFirst();
    }

    /** What stands in the event for the authorizer; empty if the call goes no further. */
    private Optional<JsonNode> verified(HttpExchange exchange, Route route) {
        if (authorizer.isEmpty() || !route.forHolders()) {
            return Optional.of(MissingNode.getInstance());
        }
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return authorizer.get().authorizer(Optional.ofNullable(header));
    }

    /** As API Gateway makes it: header names in lower case, cookies apart, what is no text in Base64, the query as it came. */
    private static GatewayEvent event(HttpExchange exchange, String path, byte[] body, JsonNode verified) {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        String cookies = Optional.ofNullable(headers.remove("cookie")).orElse("");
        String type =
                headers.getOrDefault("content-type", "text/plain").split(";")[0].strip();
        boolean text = TEXT.matcher(type).matches();
        GatewayEvent.RequestContext context = new GatewayEvent.RequestContext(
                new GatewayEvent.Http(exchange.getRequestMethod(), path),
                "",
                "$default",
                InstantSource.system().millis(),
                verified);
        return new GatewayEvent(
                exchange.getRequestURI().getRawQuery(),
                headers,
                Stream.of(cookies.split(";"))
                        .map(String::strip)
                        .filter(cookie -> !cookie.isEmpty())
                        .toList(),
                Map.of(),
                context,
                body.length == 0 ? null : encoded(body, text),
                body.length > 0 && !text);
    }

    private static String encoded(byte[] body, boolean text) {
        return text
                ? new String(body, StandardCharsets.UTF_8)
                : Base64.getEncoder().encodeToString(body);
    }

    private void invoke(HttpExchange exchange, String name, String event) throws IOException {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        if (!functions.has(name)) {
            send(
                    exchange,
                    404,
                    json,
                    "{\"message\":\"no function is called so; there are: " + functions.names() + "\"}");
            return;
        }
        try {
            send(exchange, 200, json, functions.invoke(name, event).orElse("null"));
        } catch (JsonProcessingException e) {
            send(exchange, 400, json, notTaken(name, e));
        }
    }

    /** What is wrong, and where; nothing of the event itself, which may hold secrets. */
    static String notTaken(String name, JsonProcessingException why) {
        String place = why.getLocation() == null
                ? ""
                : " (line " + why.getLocation().getLineNr() + ", column "
                        + why.getLocation().getColumnNr() + ")";
        String wrong = why instanceof JsonParseException || why instanceof JsonEOFException
                ? "the event is no JSON" + place
                : "the event is JSON of another form than " + name + " takes" + place;
        String hint = name.equals("config")
                ? ": it takes an object with action and what to configure; YAML goes as text into document, for example"
                        + " by jq --null-input --rawfile document config.yaml '{action: \"validate\", $document}'"
                : ": it takes an object such as those in events/" + name + ".*.json";
        return new ObjectMapper()
                .createObjectNode()
                .put("message", wrong + hint)
                .toString();
    }

    private static void send(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
