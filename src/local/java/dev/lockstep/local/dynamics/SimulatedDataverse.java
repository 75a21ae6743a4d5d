package dev.lockstep.local.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.Directory;
import dev.lockstep.local.entra.TokenRefused;
import dev.lockstep.local.entra.Tokens;
import dev.lockstep.local.sim.Fault;
import dev.lockstep.local.sim.Faults;
import dev.lockstep.local.sim.Json;
import dev.lockstep.local.sim.Reply;
import dev.lockstep.local.sim.Request;
import dev.lockstep.local.sim.SimulatedServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * The Web API of a simulated Dynamics 365 organisation: presence APIs, the tables that an availability sync needs,
 * registration of webhooks, service protection. {@code /_people} is the control surface ({@link PeopleControl}).
 */
public final class SimulatedDataverse implements AutoCloseable {
    private static final String API = "/api/data/v9.2/";
    private static final Pattern KEYED = Pattern.compile("(\\w+)\\(([^)]*)\\)");
    private static final Pattern DEFINITION = Pattern.compile("EntityDefinitions\\(LogicalName='(\\w+)'\\)");

    private final SimulatedServer server;
    private final ContactCenter center;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Callers callers;
    private final Schema schema;
    private volatile ServiceProtection protection;
    private final PresenceApi presenceApi;
    private volatile int modifyAnswers = 204;

    private SimulatedDataverse(SimulatedServer server, ContactCenter center, Tokens tokens, InstantSource clock) {
        this.server = server;
        this.center = center;
        this.tokens = tokens;
        this.clock = clock;
        callers = new Callers(center.presence());
        schema = new Catalogue(center, callers::applications).schema();
        protection = new ServiceProtection(clock, ServiceProtection.Limits.documented());
        presenceApi = new PresenceApi(center.presence());
    }

    /**
     * @param port 0 takes any free one
     * @param faults the same that the organisation's webhooks suffer, so that one switch serves both
     */
    public static SimulatedDataverse start(
            int port, SSLContext identity, Faults faults, ContactCenter center, Tokens tokens, InstantSource clock) {
        SimulatedServer server = SimulatedServer.https(port, identity, faults);
        SimulatedDataverse dataverse = new SimulatedDataverse(server, center, tokens, clock);
        dataverse.route();
        dataverse.addVirtualAgent();
        server.start();
        return dataverse;
    }

    /** Bots have agent status rows like people; only their application id tells them apart. */
    private void addVirtualAgent() {
        UUID id = UUID.fromString("0b070000-0000-4000-8000-000000000001");
        UUID applicationId = UUID.fromString("0b070000-0000-4000-8000-000000000002");
        Representative bot = new Representative(
                id, "Virtual agent", "", id, false, Optional.of(applicationId), Optional.empty(), Capacity.units(1000));
        center.presence().add(bot);
        center.presence().signIn(id);
    }

    /** For {@code lockstep.dynamics.url}. */
    public String url() {
        return server.url();
    }

    public int port() {
        return server.port();
    }

    public Faults faults() {
        return server.faults();
    }

    public ContactCenter center() {
        return center;
    }

    /** Makes an app registration a user here, or changes its roles. */
    public SimulatedDataverse add(ApplicationUser application) {
        callers.add(application);
        return this;
    }

    /** Gives a representative the supervisor's role. */
    public SimulatedDataverse makeSupervisor(UUID representative) {
        callers.makeSupervisor(representative);
        return this;
    }

    /** Service protection with other numbers: "defaults that may vary". What was counted so far is forgotten. */
    public void limit(int requests, Duration execution, int concurrent) {
        protection = new ServiceProtection(
                clock, new ServiceProtection.Limits(requests, execution, concurrent, Duration.ofMinutes(5)));
    }

    /** The documentation says 200 for Modify, an action without a result would usually answer 204. */
    public void modifyAnswers(int status) {
        modifyAnswers = status;
    }

    @Override
    public void close() {
        server.close();
    }

    private void route() {
        server.on("GET", API + "{resource}", request -> guarded(request, this::get))
                .on("GET", API + "{resource}/{navigation}", request -> guarded(request, this::navigate))
                .on("POST", API + "{resource}", request -> guarded(request, this::post))
                .on("PATCH", API + "{resource}", request -> guarded(request, this::patch))
                .on("DELETE", API + "{resource}", request -> guarded(request, this::delete))
                .onFault(SimulatedDataverse::fault)
                .onError(SimulatedDataverse::error)
                .onUnknownPath(request -> error(request, unknown(request.path())));
        server.on("PUT", "/_limits", this::limit);
        new PeopleControl(center).route(server);
    }

    private Reply limit(Request request) {
        JsonNode body = request.json();
        limit(
                body.path("requests").asInt(6000),
                Duration.ofSeconds(body.path("executionSeconds").asInt(1200)),
                body.path("concurrent").asInt(52));
        return Reply.empty(204);
    }

    /** Checks the token, the user behind it and the limits, and only then does the work. */
    private Reply guarded(Request request, BiFunction<Request, Callers.Acting, Reply> work) {
        try {
            var caller = tokens.verify(request.header("Authorization"), Directory.audiences(url()));
            Callers.Acting acting = callers.acting(caller, request);
            return limited(acting.charged(), () -> work.apply(request, acting))
                    .with("OData-Version", "4.0")
                    .with("x-ms-service-request-id", UUID.randomUUID().toString());
        } catch (TokenRefused refused) {
            return Reply.empty(401).with("WWW-Authenticate", "Bearer resource_id=" + url() + "/");
        }
    }

    private Reply limited(String user, Supplier<Reply> work) {
        ServiceProtection limits = protection;
        Optional<ServiceProtection.Refusal> refusal = limits.enter(user);
        if (refusal.isPresent()) {
            ServiceProtection.Refusal why = refusal.get();
            return Reply.json(429, errorBody(why.code(), why.message()))
                    .with("Retry-After", String.valueOf(why.retryAfter().toSeconds()));
        }
        var began = clock.instant();
        try {
            return work.get()
                    .with("x-ms-ratelimit-burst-remaining-xrm-requests", String.valueOf(limits.remaining(user)));
        } finally {
            limits.leave(user, Duration.between(began, clock.instant()));
        }
    }

    // ---- reading

    private Reply get(Request request, Callers.Acting acting) {
        String resource = request.part("resource");
        if (resource.equals("WhoAmI") || resource.equals("WhoAmI()")) {
            return whoAmI(acting);
        }
        if (resource.matches("CCaaS_GetPresence(\\(.*\\))?")) {
            return presenceApi.get(request, acting, url());
        }
        Matcher keyed = KEYED.matcher(resource);
        return keyed.matches()
                ? one(request, readable(keyed.group(1), acting), keyed.group(2))
                : many(request, readable(resource, acting));
    }

    private Reply whoAmI(Callers.Acting acting) {
        ObjectNode body = Json.object();
        body.put("@odata.context", url() + API + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        body.put(
                "BusinessUnitId",
                UUID.nameUUIDFromBytes("business unit".getBytes()).toString());
        body.put("UserId", acting.charged());
        body.put("OrganizationId", center.webhooks().organisation().id().toString());
        return Reply.json(200, body);
    }

    private Reply one(Request request, Table table, String key) {
        Schema reading = schema.forOneRequest();
        Map<String, Object> row =
                table.row(Callers.guid(key)).orElseThrow(() -> ODataError.noSuchRow(table.logicalName(), key));
        Selection selection = Query.selection(table, reading, request.query());
        String etag = RowWriter.etag(row);
        if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
            return Reply.empty(304);
        }
        ObjectNode body = Json.object().put("@odata.context", context(table) + "/$entity");
        Preferences preferences = preferences(request);
        body.setAll(new RowWriter(reading, preferences).write(row, selection));
        return applied(Reply.json(200, body).with("ETag", etag), preferences);
    }

    private Reply many(Request request, Table table) {
        Schema reading = schema.forOneRequest();
        Query query = Query.parse(table, reading, request.query());
        Preferences preferences = preferences(request);
        List<Map<String, Object>> rows = query.run(reading);
        int size = query.top().isPresent() ? rows.size() : preferences.rowsPerPage();
        int from = Math.min(rows.size(), (query.page() - 1) * size);
        int to = Math.min(rows.size(), from + size);
        ObjectNode body = Json.object().put("@odata.context", context(table));
        if (query.counted()) {
            body.put("@odata.count", rows.size());
        }
        ArrayNode value = body.putArray("value");
        RowWriter writer = new RowWriter(reading, preferences);
        rows.subList(from, to).forEach(row -> value.add(writer.write(row, query.selection())));
        if (to < rows.size()) {
            body.put("@odata.nextLink", nextLink(request, query.page() + 1));
        }
        return applied(Reply.json(200, body), preferences);
    }

    private Reply navigate(Request request, Callers.Acting acting) {
        String resource = request.part("resource");
        String navigation = request.part("navigation");
        Matcher definition = DEFINITION.matcher(resource);
        if (definition.matches() && navigation.equals("Attributes")) {
            return attributes(definition.group(1));
        }
        Matcher keyed = KEYED.matcher(resource);
        if (keyed.matches() && navigation.equals("serviceendpoint_sdkmessageprocessingstep")) {
            Map<String, String> options = new LinkedHashMap<>(request.query());
            String mine = "_eventhandler_value eq " + Callers.guid(keyed.group(2));
            options.merge("$filter", mine, (theirs, ours) -> "(" + theirs + ") and " + ours);
            Request steps =
                    new Request("GET", request.path(), options, request.headers(), new byte[0], request.parts());
            return many(steps, readable("sdkmessageprocessingsteps", acting));
        }
        throw unknown(navigation);
    }

    private Reply attributes(String logicalName) {
        Table table = schema.table(logicalName)
                .orElseThrow(() -> new ODataError(
                        404, "0x80060888", "The entity with a name = '" + logicalName + "' was not found."));
        ObjectNode body = Json.object().put("@odata.context", url() + API + "$metadata#EntityDefinitions/Attributes");
        ArrayNode value = body.putArray("value");
        for (Column column : table.columns().values()) {
            value.addObject()
                    .put("LogicalName", column.name())
                    .put("AttributeType", column.kind().attributeType());
        }
        return Reply.json(200, body);
    }

    private Table readable(String set, Callers.Acting acting) {
        Table table = schema.set(set).orElseThrow(() -> unknown(set));
        boolean hidden = acting.application().unreadable().contains(table.logicalName());
        acting.demand(!hidden && !acting.application().roles().isEmpty(), "prvRead" + table.logicalName());
        return table;
    }

    private String context(Table table) {
        return url() + API + "$metadata#" + table.set();
    }

    /** To be followed as it is; its page size is whatever the next request prefers. */
    private String nextLink(Request request, int page) {
        Map<String, String> options = new LinkedHashMap<>(request.query());
        options.put("$skiptoken", "<cookie pagenumber=\"" + page + "\" pagingcookie=\"\" istracking=\"False\" />");
        StringBuilder link = new StringBuilder(url()).append(request.path());
        String joint = "?";
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value =
                    URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8).replace("+", "%20");
            link.append(joint).append(option.getKey()).append('=').append(value);
            joint = "&";
        }
        return link.toString();
    }

    private static Preferences preferences(Request request) {
        return Preferences.of(request.header("Prefer").orElse(""));
    }

    private static Reply applied(Reply reply, Preferences preferences) {
        return preferences.pageSize().isPresent()
                ? reply.with("Preference-Applied", "odata.maxpagesize=" + preferences.rowsPerPage())
                : reply;
    }

    // ---- writing

    private Reply post(Request request, Callers.Acting acting) {
        if (request.header("Content-Type")
                .filter(type -> type.startsWith("application/json"))
                .isEmpty()) {
            throw new ODataError(415, "0x80060888", "A supported media type is needed: application/json.");
        }
        String resource = request.part("resource");
        if (resource.equals("CCaaS_ModifyAgentPresence")) {
            presenceApi.modify(request, acting);
            return Reply.empty(modifyAnswers);
        }
        acting.demand(acting.application().is(ApplicationUser.CUSTOMIZER), "prvCreate of " + resource);
        Registrations registrations = center.webhooks().registrations();
        JsonNode body = request.json();
        UUID id = switch (resource) {
            case "serviceendpoints" -> registrations.createEndpoint(body);
            case "sdkmessageprocessingsteps" -> registrations.createStep(body);
            case "sdkmessageprocessingstepimages" -> registrations.createImage(body);
            case "msdyn_presences" -> createPresence(body);
            default -> throw unknown(resource);
        };
        return created(request, resource, id);
    }

    private Reply created(Request request, String set, UUID id) {
        Preferences preferences = preferences(request);
        String entity = url() + API + set + "(" + id + ")";
        if (!preferences.representation()) {
            return Reply.empty(204).with("OData-EntityId", entity);
        }
        Table table = schema.set(set).orElseThrow();
        Schema reading = schema.forOneRequest();
        Selection selection = Query.selection(table, reading, Map.of());
        ObjectNode body =
                new RowWriter(reading, preferences).write(table.row(id).orElseThrow(), selection);
        return Reply.json(201, body).with("OData-EntityId", entity).with("Preference-Applied", "return=representation");
    }

    private UUID createPresence(JsonNode body) {
        String name = Json.text(body, "msdyn_name").orElseThrow(() -> ODataError.badPayload("msdyn_name is needed."));
        String text = Json.text(body, "msdyn_presencestatustext")
                .orElseThrow(() -> ODataError.badPayload("msdyn_presencestatustext is needed."));
        int value = body.path("msdyn_basepresencestatus").asInt();
        BasePresence base = Arrays.stream(BasePresence.values())
                .filter(one -> one.value() == value)
                .findFirst()
                .orElseThrow(() -> ODataError.badPayload("A value " + value + " is outside the valid range."));
        boolean settable = body.path("msdyn_canuserset").asBoolean(true);
        Presence presence = new Presence(UUID.randomUUID(), name, text, base, settable, true);
        return center.presence().add(presence).id();
    }

    private Reply patch(Request request, Callers.Acting acting) {
        Matcher keyed = keyed(request);
        acting.demand(acting.application().is(ApplicationUser.CUSTOMIZER), "prvWrite of " + keyed.group(1));
        if (!keyed.group(1).equals("serviceendpoints")) {
            throw unknown(keyed.group(1));
        }
        center.webhooks().registrations().changeEndpoint(Callers.guid(keyed.group(2)), request.json());
        return Reply.empty(204);
    }

    private Reply delete(Request request, Callers.Acting acting) {
        Matcher keyed = keyed(request);
        acting.demand(acting.application().is(ApplicationUser.CUSTOMIZER), "prvDelete of " + keyed.group(1));
        UUID id = Callers.guid(keyed.group(2));
        Registrations registrations = center.webhooks().registrations();
        switch (keyed.group(1)) {
            case "serviceendpoints" -> registrations.deleteEndpoint(id);
            case "sdkmessageprocessingsteps" -> registrations.deleteStep(id);
            case "sdkmessageprocessingstepimages" -> registrations.deleteImage(id);
            default -> throw unknown(keyed.group(1));
        }
        return Reply.empty(204);
    }

    private static Matcher keyed(Request request) {
        Matcher keyed = KEYED.matcher(request.part("resource"));
        if (!keyed.matches()) {
            throw new ODataError(405, "0x80060888", "The HTTP method is not supported on a collection.");
        }
        return keyed;
    }

    // ---- wording

    private static ODataError unknown(String segment) {
        return new ODataError(404, "0x80060888", "Resource not found for the segment '" + segment + "'.");
    }

    private static Reply error(Request request, RuntimeException e) {
        return switch (e) {
            case ODataError refused -> Reply.json(refused.status(), errorBody(refused.code(), refused.getMessage()));
            case Request.MalformedBody malformed ->
                Reply.json(400, errorBody("0x80048d19", "Error identified in Payload provided by the user."));
            case PipelineFailed failed -> Reply.json(400, errorBody("0x80050203", failed.getMessage()));
            case PeopleControl.NoSuchElement nobody -> Reply.json(404, errorBody("0x80040217", nobody.getMessage()));
            case IllegalArgumentException wrong
            when request.path().startsWith("/_") ->
                Reply.json(400, errorBody("0x80040203", String.valueOf(wrong.getMessage())));
            default -> Reply.json(500, errorBody("0x80040216", "An unexpected error occurred."));
        };
    }

    private static JsonNode fault(Fault fault) {
        return fault.kind() == Fault.Kind.TOO_MANY
                ? errorBody(
                        "0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds.")
                : errorBody("0x80040216", "An unexpected error occurred.");
    }

    private static ObjectNode errorBody(String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }
}
