package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.api.OpenApiDocument.Operation;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is served at {@code /openapi.json} is the code's and the Terraform module's: routes, roles, parameters, words.
 * That requests and answers have its forms is held wherever a test asks an endpoint, by {@code EdgeInMemory}.
 */
class OpenApiTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.SERVED;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ROUTE =
            Pattern.compile("(?m)^ +\"([A-Z]+ /[^\"]*)\" += \\{ function = \"([a-z-]+)\", scopes = (\\S+)");
    private static final Pattern ROLE = Pattern.compile("\"((?:Presence|Configuration)\\.[A-Z]\\w+)\"");
    private static final Pattern TOLD_ROLE = Pattern.compile("(?m)^\\| `([A-Z]\\w+\\.[A-Z]\\w+)` \\|");
    private static final Pattern TOLD_REQUEST = Pattern.compile("(?m)^\\| `([A-Z]+ /[^`]+)` \\|(.*?)\\| ");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    /** By method and path; null where anyone may call. */
    private static final Map<String, String> SCOPES = new TreeMap<>();

    static {
        ROUTE.matcher(text("terraform/api.tf")).results().forEach(route -> SCOPES.put(route.group(1), route.group(3)));
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As API Gateway chooses: the path itself before one with a greedy variable. */
    private static String route(Operation operation) {
        return SCOPES.containsKey(operation.toString())
                ? operation.toString()
                : operation.method() + " /" + operation.path().split("/")[1] + "/{proxy+}";
    }

    @Test
    void everyRouteIsInItAndNoneElse() {
        Set<String> routes =
                DOCUMENT.operations().stream().map(OpenApiTest::route).collect(Collectors.toCollection(TreeSet::new));

        assertThat(SCOPES).isNotEmpty();
        assertThat(routes).isEqualTo(SCOPES.keySet());
    }

    @Test
    void aTokenIsAskedForWhereTheGatewayAsksForOne() {
        for (Operation operation : DOCUMENT.operations()) {
            assertThat(operation.roles().isEmpty())
                    .as(operation.toString())
                    .isEqualTo(SCOPES.get(route(operation)).equals("null"));
        }
    }

    @Test
    void everyRequestOfThePageIsInItWithItsParameters() {
        Map<String, Set<String>> told = new TreeMap<>();
        TOLD_REQUEST.matcher(text("docs/api.md")).results().forEach(row -> told.put(row.group(1), names(row.group(2))));
        Map<String, Set<String>> named = new TreeMap<>();
        DOCUMENT.operations().stream()
                .filter(operation -> operation.path().startsWith("/api/"))
                .forEach(operation -> named.put(operation.toString(), operation.names("query")));

        told.keySet().removeIf(request -> !request.contains(" /api/"));
        assertThat(told.keySet()).isEqualTo(named.keySet());
        told.forEach((request, names) -> assertThat(names).as(request).containsAll(named.get(request)));
    }

    private static Set<String> names(String parameters) {
        return CODE.matcher(parameters)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itsParametersAreTheCodes() {
        assertThat(query("GET", "/api/agents")).isEqualTo(Set.copyOf(Api.LIST_PARAMETERS));
        assertThat(query("GET", "/api/agents/x/timeline")).isEqualTo(Set.copyOf(Api.TIMELINE_PARAMETERS));
        assertThat(query("DELETE", "/api/agents/x/status")).isEqualTo(Set.copyOf(Api.DELETE_PARAMETERS));
        assertThat(query("GET", "/api/changes")).isEqualTo(Set.copyOf(ChangesApi.PARAMETERS));
        assertThat(query("GET", "/api/connections/x/deliveries"))
                .isEqualTo(Set.copyOf(ConnectionsApi.DELIVERY_PARAMETERS));
        assertThat(query("POST", "/api/connections/x/replay")).isEqualTo(Set.copyOf(ConnectionsApi.REPLAY_PARAMETERS));
        assertThat(members("StatusRequest")).isEqualTo(Set.copyOf(StatusRequest.MEMBERS));
    }

    private static Set<String> query(String method, String path) {
        return DOCUMENT.operation(method, path).orElseThrow().names("query");
    }

    private static Set<String> members(String schema) {
        return DOCUMENT.schema(schema)
                .path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Test
    void everyRoleOfTheCodeIsNamedAndExplained() throws IOException {
        Set<String> roles = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> ROLE.matcher(text(file.toString())).results())
                    .forEach(role -> roles.add(role.group(1)));
        }
        roles.removeIf(role -> role.endsWith(".All"));
        Set<String> told = TOLD_ROLE
                .matcher(text("docs/api.md"))
                .results()
                .map(role -> role.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = DOCUMENT.operations().stream()
                .flatMap(operation -> operation.roles().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(roles).isEqualTo(told).isNotEmpty();
        assertThat(DOCUMENT.json()
                        .at("/components/securitySchemes/token/description")
                        .asText())
                .contains(roles);
    }

    @Test
    void itsWordsAreTheCodes() {
        assertThat(words(DOCUMENT.schema("Status")))
                .isEqualTo(Arrays.stream(Status.values()).map(Status::label).toList());
        assertThat(words(DOCUMENT.schema("Condition")))
                .isEqualTo(
                        Arrays.stream(Condition.values()).map(Condition::label).toList());
        assertThat(words(DOCUMENT.schema("Write").at("/properties/outcome")))
                .isEqualTo(Arrays.stream(LedgerEntry.Outcome.values())
                        .map(Enum::name)
                        .toList());
        assertThat(words(DOCUMENT.schema("Reason").at("/properties/kind")))
                .containsAll(Arrays.stream(Reason.Kind.values()).map(Enum::name).toList())
                .hasSize(Reason.Kind.values().length + 1);
    }

    private static List<String> words(JsonNode schema) {
        return schema.path("enum").valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void everyNumberOfItsLimitsIsTheCodes() {
        assertThat(DOCUMENT.json()
                        .at("/paths/~1api~1agents/get/parameters/1/schema/default")
                        .asInt())
                .isEqualTo(Api.MOST_AGENTS);
        assertThat(DOCUMENT.json()
                        .at("/paths/~1api~1agents~1{agent}~1timeline/get/parameters/1/schema/default")
                        .asInt())
                .isEqualTo(Api.MOST_EVENTS);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverythingNamedIsReferredTo() {
        Set<String> referred = new TreeSet<>();
        DOCUMENT.json().findValuesAsText("$ref").forEach(reference -> referred.add(reference.substring(1)));
        Set<String> named = new TreeSet<>();
        DOCUMENT.json().path("components").properties().stream()
                .filter(part -> !part.getKey().equals("securitySchemes"))
                .forEach(part -> part.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> named.add("/components/" + part.getKey() + "/" + name)));
        List<String> operationIds = DOCUMENT.operations().stream()
                .map(operation -> operation.json().path("operationId").asText())
                .toList();

        assertThat(referred).isEqualTo(named);
        assertThat(operationIds).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void everySchemeOfProofIsNamed() {
        Set<String> used = new TreeSet<>();
        DOCUMENT.operations()
                .forEach(operation -> operation
                        .json()
                        .path("security")
                        .forEach(one -> one.fieldNames().forEachRemaining(used::add)));
        Set<String> named = new TreeSet<>();
        DOCUMENT.json().at("/components/securitySchemes").fieldNames().forEachRemaining(named::add);

        assertThat(used).isEqualTo(named);
    }

    @Test
    void itsSchemasAreSchemas() {
        DOCUMENT.json()
                .at("/components/schemas")
                .properties()
                .forEach(schema -> assertThat(JsonSchemas.mistakesOf(schema.getValue()))
                        .as(schema.getKey())
                        .isEmpty());
    }

    /** The answers of the API that tell what is wrong are problem documents. */
    @Test
    void refusalsOfTheApiAreProblems() {
        for (Operation operation : DOCUMENT.operations()) {
            if (operation.path().startsWith("/api/")) {
                assertThat(refusals(operation))
                        .as(operation.toString())
                        .isNotEmpty()
                        .allMatch(response -> response.path("content").has("application/problem+json"));
            }
        }
    }

    /** But of the gateway's own. */
    private static Collection<JsonNode> refusals(Operation operation) {
        return operation
                .json()
                .path("responses")
                .propertyStream()
                .filter(response ->
                        response.getKey().startsWith("4") || response.getKey().startsWith("5"))
                .filter(response -> !response.getKey().equals("429"))
                .map(response -> DOCUMENT.resolved(response.getValue()))
                .toList();
    }

    static List<Path> samples() throws IOException {
        List<Path> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("events"))) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> text(file.toString()).contains("\"routeKey\""))
                    .sorted()
                    .forEach(samples::add);
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleOfARequestIsOneOfIt(Path sample) throws IOException {
        JsonNode event = JSON.readTree(sample.toFile());
        Map<String, String> headers = new TreeMap<>();
        event.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        HttpCall call = HttpCall.of(
                event.at("/requestContext/http/method").asText(),
                event.path("rawPath").asText(),
                event.path("rawQueryString").asText(),
                headers,
                Body.of(event.path("body").asText()),
                Instant.EPOCH);
        Operation operation = DOCUMENT.operation(call.method(), call.path()).orElseThrow();

        assertThat(route(operation)).isEqualTo(event.path("routeKey").asText());
        assertThat(DOCUMENT.mistakesOfRequest(operation, call)).isEmpty();
    }
}
