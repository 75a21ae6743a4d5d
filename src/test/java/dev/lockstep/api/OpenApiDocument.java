package dev.lockstep.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The document that is served at {@code /openapi.json}, and what it says of a call and its answer. */
public final class OpenApiDocument {
    public static final OpenApiDocument SERVED = new OpenApiDocument();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;
    private final JsonNode document;
    private final JsonSchemas schemas;
    private final List<Operation> operations = new ArrayList<>();

    private OpenApiDocument() {
        try (InputStream file = Api.class.getResourceAsStream("openapi.json")) {
            text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            document = new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schemas = new JsonSchemas(document);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> !member.getKey().equals("parameters"))
                        .forEach(member -> operations.add(new Operation(
                                member.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                member.getValue(),
                                Stream.of(path.getValue(), member.getValue())
                                        .flatMap(holder ->
                                                holder.path("parameters").valueStream())
                                        .map(this::resolved)
                                        .toList()))));
    }

    /** @param parameters of the path and its own */
    public record Operation(String method, String path, JsonNode json, List<JsonNode> parameters) {
        /** The path with an example for each of its variables. */
        public String example() {
            return path.replaceAll("\\{[^}]*}", "x");
        }

        /** Of which a token needs one; none where no token is asked for. */
        public Set<String> roles() {
            return json.path("security")
                    .valueStream()
                    .flatMap(one -> one.path("token").valueStream())
                    .map(JsonNode::asText)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** Whether some holders need no role. */
        boolean isForAnyToken() {
            return json.path("security")
                    .valueStream()
                    .anyMatch(one -> one.has("token") && one.path("token").isEmpty());
        }

        public Set<String> names(String in) {
            return parameters.stream()
                    .filter(parameter -> parameter.path("in").asText().equals(in))
                    .map(parameter -> parameter.path("name").asText())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        boolean is(String otherMethod, String otherPath) {
            String[] parts = path.split("\\{[^}]*}", -1);
            String pattern = Stream.of(parts).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
            return method.equals(otherMethod) && otherPath.matches(pattern);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public String text() {
        return text;
    }

    public JsonNode json() {
        return document;
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    public Optional<Operation> operation(String method, String path) {
        return operations.stream().filter(one -> one.is(method, path)).findFirst();
    }

    public JsonNode schema(String name) {
        JsonNode schema = document.path("components").path("schemas").path(name);
        if (schema.isMissingNode()) {
            throw new AssertionError("there is no schema " + name);
        }
        return schema;
    }

    /**
     * That a call which was taken is one that the document names, and its answer too.
     *
     * @throws AssertionError if the document says otherwise
     */
    public void check(HttpCall call, HttpAnswer answer) {
        checkAnswer(call, answer);
        if (answer.status() < 300) {
            Operation operation = operation(call.method(), call.path())
                    .orElseThrow(() -> new AssertionError("openapi.json does not name " + call));
            agreed(call, answer, mistakesOfRequest(operation, call));
        }
    }

    /** The same of the answer alone, where the call is an operation. */
    public void checkAnswer(HttpCall call, HttpAnswer answer) {
        operation(call.method(), call.path())
                .ifPresent(operation -> agreed(call, answer, mistakesOfAnswer(operation, answer)));
    }

    private static void agreed(HttpCall call, HttpAnswer answer, List<String> mistakes) {
        if (!mistakes.isEmpty()) {
            throw new AssertionError("openapi.json says otherwise of " + call + ", answered with " + answer.status()
                    + " " + answer.contentType() + ": " + mistakes);
        }
    }

    private List<String> mistakesOfAnswer(Operation operation, HttpAnswer answer) {
        JsonNode response = resolved(operation.json().path("responses").path(String.valueOf(answer.status())));
        if (response.isMissingNode()) {
            return List.of("the status is not named");
        }
        List<String> mistakes = new ArrayList<>();
        answer.headers().keySet().stream()
                .filter(name -> !response.path("headers").has(name))
                .forEach(name -> mistakes.add("the header " + name + " is not named"));
        JsonNode media = response.path("content").path(answer.contentType());
        if (!answer.body().isEmpty()) {
            if (media.isMissingNode()) {
                mistakes.add("the type is not named");
            } else if (answer.contentType().endsWith("json")) {
                mistakes.addAll(schemas.mistakes(media.path("schema"), answer.body()));
            }
        }
        return mistakes;
    }

    /** Of a request that was taken. */
    public List<String> mistakesOfRequest(Operation operation, HttpCall call) {
        List<String> mistakes = new ArrayList<>();
        if (call.caller() instanceof Requester.Holder holder
                && !operation.roles().isEmpty()
                && !operation.isForAnyToken()
                && operation.roles().stream().noneMatch(holder.roles()::contains)) {
            mistakes.add("the token has none of the roles");
        }
        if (!operation.roles().isEmpty()) {
            call.query().keySet().stream()
                    .filter(name -> !operation.names("query").contains(name))
                    .forEach(name -> mistakes.add("the parameter " + name + " is not named"));
        }
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            Optional<String> value = switch (parameter.path("in").asText()) {
                case "query" -> Optional.ofNullable(call.query().get(name)).filter(text -> !text.isBlank());
                // Svix and its users send the same headers under its own name.
                case "header" -> call.header(name).or(() -> call.header(name.replace("webhook-", "svix-")));
                default -> Optional.of(HttpCall.decoded(variable(operation, call, name)));
            };
            if (value.isEmpty() && parameter.path("required").asBoolean()) {
                mistakes.add(name + " is missing");
            }
            value.ifPresent(given -> schemas.mistakes(parameter.path("schema"), written(parameter, given))
                    .forEach(mistake -> mistakes.add(name + mistake)));
        }
        mistakes.addAll(mistakesOfBody(
                resolved(operation.json().path("requestBody")), call.body().text()));
        return mistakes;
    }

    private List<String> mistakesOfBody(JsonNode requestBody, String body) {
        if (body.isBlank()) {
            return requestBody.path("required").asBoolean() ? List.of("the body is missing") : List.of();
        }
        Optional<JsonNode> media = requestBody.path("content").valueStream().findFirst();
        return media.isEmpty() || !isJson(body)
                ? List.of()
                : schemas.mistakes(media.get().path("schema"), body);
    }

    private static boolean isJson(String body) {
        try {
            JSON.readTree(body);
            return true;
        } catch (JsonProcessingException yaml) {
            return false;
        }
    }

    private static String variable(Operation operation, HttpCall call, String name) {
        List<String> template = List.of(operation.path().split("/"));
        return call.pathPart(template.indexOf("{" + name + "}"));
    }

    /** As JSON of the type that its schema says. */
    private static String written(JsonNode parameter, String value) {
        String type = parameter.path("schema").path("type").asText();
        return Set.of("integer", "boolean").contains(type)
                ? value
                : TextNode.valueOf(value).toString();
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? Objects.requireNonNull(document.at(node.path("$ref").asText().substring(1)))
                : node;
    }
}
