package dev.lockstep.local.dynamics.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.dynamics.model.AgentStatus;
import dev.lockstep.local.dynamics.model.Conversation;
import dev.lockstep.local.dynamics.model.RowChange;
import dev.lockstep.local.dynamics.model.StatusHistory;
import dev.lockstep.local.dynamics.model.WorkforceBooking;
import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.dynamics.table.Lookup;
import dev.lockstep.local.dynamics.table.ODataError;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Webhooks and the steps that call them, as rows: {@code serviceendpoint}, {@code sdkmessageprocessingstep} and its
 * image ("Register a webhook", learn.microsoft.com).
 */
public final class Registrations {
    /** Tables whose changes can be heard. */
    public static final List<String> HEARABLE =
            List.of(AgentStatus.TABLE, StatusHistory.TABLE, Conversation.TABLE, WorkforceBooking.TABLE);

    public static final List<String> MESSAGES = List.of("Create", "Update", "Delete");
    private static final Pattern SETTING = Pattern.compile("<setting\\s+name=\"([^\"]+)\"\\s+value=\"([^\"]*)\"\\s*/>");
    private static final Pattern BOUND = Pattern.compile("/?(\\w+)\\(([0-9a-fA-F-]{36})\\)");

    /** @param authType 4 WebhookKey, 5 HttpHeader, 6 HttpQueryString */
    record Endpoint(UUID id, String name, URI url, int authType, String authValue) {

        Endpoint withAuthValue(String value) {
            return new Endpoint(id, name, url, authType, value);
        }

        /** Names and values of the header or query settings. */
        Map<String, String> settings() {
            Map<String, String> settings = new LinkedHashMap<>();
            Matcher setting = SETTING.matcher(authValue);
            while (setting.find()) {
                settings.put(setting.group(1), setting.group(2));
            }
            return settings;
        }
    }

    /**
     * @param filter columns of which one must be written; empty for every update
     * @param mode 0 synchronous, 1 asynchronous
     * @param forgetsSuccess {@code asyncautodelete}
     */
    record Step(
            UUID id,
            String name,
            UUID endpoint,
            String message,
            String table,
            Set<String> filter,
            int mode,
            boolean forgetsSuccess) {

        boolean hears(RowChange change) {
            boolean filtered = change.message().equals("Update") && !filter.isEmpty();
            return message.equals(change.message())
                    && table.equals(change.logicalName())
                    && (!filtered || filter.stream().anyMatch(change.written()::contains));
        }
    }

    /** @param type 0 before, 1 after, 2 both */
    record Image(UUID id, UUID step, String alias, int type, Set<String> attributes) {}

    private final Map<UUID, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<UUID, Step> steps = new ConcurrentHashMap<>();
    private final Map<UUID, Image> images = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    public static UUID messageId(String message) {
        return UUID.nameUUIDFromBytes(("sdkmessage " + message).getBytes());
    }

    public static UUID filterId(String message, String table) {
        return UUID.nameUUIDFromBytes(("sdkmessagefilter " + message + " " + table).getBytes());
    }

    List<Step> hearing(RowChange change, int mode) {
        return steps.values().stream()
                .filter(step -> step.mode() == mode && step.hears(change))
                .toList();
    }

    List<Image> imagesOf(UUID step) {
        return images.values().stream()
                .filter(image -> image.step().equals(step))
                .toList();
    }

    Optional<Endpoint> endpointOf(Step step) {
        return Optional.ofNullable(endpoints.get(step.endpoint()));
    }

    Optional<Step> step(UUID id) {
        return Optional.ofNullable(steps.get(id));
    }

    UUID addEndpoint(String name, URI url, int authType, String authValue) {
        UUID id = nextId("serviceendpoint");
        endpoints.put(id, new Endpoint(id, name, url, authType, authValue));
        return id;
    }

    UUID addStep(UUID endpoint, String message, String table, Set<String> filter, int mode, boolean forgetsSuccess) {
        UUID id = nextId("step");
        String name = endpoints.get(endpoint).name() + ": " + message + " of " + table;
        steps.put(id, new Step(id, name, endpoint, message, table, filter, mode, forgetsSuccess));
        return id;
    }

    UUID addImage(UUID step, String alias, int type, Set<String> attributes) {
        UUID id = nextId("image");
        images.put(id, new Image(id, step, alias, type, attributes));
        return id;
    }

    // ---- by the Web API

    public UUID createEndpoint(JsonNode body) {
        demand(body.path("contract").asInt() == 8, "Only webhooks are registered here: contract must be 8.");
        demand(body.path("messageformat").asInt(2) == 2, "messageformat must be 2 (Json).");
        demand(!body.path("name").asText().isBlank(), "Required attribute 'name' is missing.");
        int authType = body.path("authtype").asInt();
        demand(authType >= 4 && authType <= 6, "authtype must be 4, 5 or 6 for a webhook.");
        String authValue = authValue(body);
        demand(authType == 4 || SETTING.matcher(authValue).find(), "authvalue must be a <settings> document.");
        return addEndpoint(body.path("name").asText(), url(body.path("url").asText()), authType, authValue);
    }

    /** Only the secret may be replaced. */
    public void changeEndpoint(UUID id, JsonNode body) {
        Endpoint before = known(endpoints, id, "serviceendpoint");
        endpoints.put(id, before.withAuthValue(authValue(body)));
    }

    public UUID createStep(JsonNode body) {
        UUID endpoint = bound(body, "eventhandler_serviceendpoint", "serviceendpoints");
        known(endpoints, endpoint, "serviceendpoint");
        String message = message(bound(body, "sdkmessageid", "sdkmessages"));
        String table = table(message, bound(body, "sdkmessagefilterid", "sdkmessagefilters"));
        int mode = body.path("mode").asInt(0);
        demand(body.path("stage").asInt() == 40 || mode == 0, "An asynchronous step must be in stage 40.");
        Set<String> filter = names(body.path("filteringattributes").asText(""));
        demand(filter.isEmpty() || message.equals("Update"), "Filtering attributes are for Update alone.");
        return addStep(
                endpoint,
                message,
                table,
                filter,
                mode,
                body.path("asyncautodelete").asBoolean(false));
    }

    public UUID createImage(JsonNode body) {
        UUID id = bound(body, "sdkmessageprocessingstepid", "sdkmessageprocessingsteps");
        Step step = known(steps, id, "sdkmessageprocessingstep");
        String property = body.path("messagepropertyname").asText();
        String expected = step.message().equals("Create") ? "Id" : "Target";
        if (!property.equals(expected)) {
            throw new ODataError(
                    400,
                    "0x8004416b",
                    "Message property name '" + property + "' is not valid on message " + step.message() + ".");
        }
        int type = body.path("imagetype").asInt();
        demand(type == 1 || !step.message().equals("Create"), "Create has no image before.");
        String alias = body.path("entityalias").asText(body.path("name").asText());
        return addImage(id, alias, type, names(body.path("attributes").asText("")));
    }

    public void deleteEndpoint(UUID id) {
        known(endpoints, id, "serviceendpoint");
        demand(
                steps.values().stream().noneMatch(step -> step.endpoint().equals(id)),
                "The service endpoint is still used by steps.");
        endpoints.remove(id);
    }

    public void deleteStep(UUID id) {
        known(steps, id, "sdkmessageprocessingstep");
        imagesOf(id).forEach(image -> images.remove(image.id()));
        steps.remove(id);
    }

    public void deleteImage(UUID id) {
        known(images, id, "sdkmessageprocessingstepimage");
        images.remove(id);
    }

    // ---- as rows

    public List<Map<String, Object>> endpointRows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Endpoint one : endpoints.values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("serviceendpointid", one.id());
            row.put("name", one.name());
            row.put("url", one.url().toString());
            row.put("contract", new Choice(8, "Webhook"));
            row.put("messageformat", new Choice(2, "Json"));
            row.put("authtype", new Choice(one.authType(), "Authentication"));
            row.put("isauthvalueset", true);
            rows.add(row);
        }
        return rows;
    }

    public List<Map<String, Object>> stepRows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Step one : steps.values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("sdkmessageprocessingstepid", one.id());
            row.put("name", one.name());
            row.put("stage", new Choice(40, "Post-operation"));
            row.put("mode", new Choice(one.mode(), one.mode() == 0 ? "Synchronous" : "Asynchronous"));
            row.put("rank", 1);
            row.put("asyncautodelete", one.forgetsSuccess());
            row.put("filteringattributes", one.filter().isEmpty() ? null : String.join(",", one.filter()));
            row.put("eventhandler", new Lookup("serviceendpoint", one.endpoint(), null));
            row.put("sdkmessageid", new Lookup("sdkmessage", messageId(one.message()), one.message()));
            UUID filter = filterId(one.message(), one.table());
            row.put("sdkmessagefilterid", new Lookup("sdkmessagefilter", filter, null));
            row.put("statecode", new Choice(0, "Enabled"));
            row.put("statuscode", new Choice(1, "Enabled"));
            rows.add(row);
        }
        return rows;
    }

    public List<Map<String, Object>> imageRows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Image one : images.values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("sdkmessageprocessingstepimageid", one.id());
            row.put("name", one.alias());
            row.put("entityalias", one.alias());
            row.put("imagetype", new Choice(one.type(), "Image"));
            row.put("attributes", String.join(",", one.attributes()));
            row.put("sdkmessageprocessingstepid", new Lookup("sdkmessageprocessingstep", one.step(), null));
            rows.add(row);
        }
        return rows;
    }

    // ----

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw ODataError.badRequest("url is not a URL.");
        }
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean laptop = "localhost".equals(url.getHost()) || "127.0.0.1".equals(url.getHost());
        int port = url.getPort();
        demand(http && url.getHost() != null, "url must be absolute.");
        demand(laptop || port < 0 || port == 80 || port == 443, "Only the ports 80 and 443 are allowed.");
        return url;
    }

    private static String authValue(JsonNode body) {
        String value = body.path("authvalue").asText();
        demand(!value.isEmpty() && value.length() <= 2048, "authvalue must have 1 to 2048 characters.");
        return value;
    }

    private static UUID bound(JsonNode body, String property, String set) {
        Matcher reference = BOUND.matcher(body.path(property + "@odata.bind").asText());
        demand(reference.matches() && reference.group(1).equals(set), property + "@odata.bind must name one of " + set);
        return UUID.fromString(reference.group(2));
    }

    private static String message(UUID id) {
        return MESSAGES.stream()
                .filter(one -> messageId(one).equals(id))
                .findFirst()
                .orElseThrow(() -> ODataError.noSuchRow("sdkmessage", id));
    }

    private static String table(String message, UUID filter) {
        return HEARABLE.stream()
                .filter(one -> filterId(message, one).equals(filter))
                .findFirst()
                .orElseThrow(() -> ODataError.noSuchRow("sdkmessagefilter", filter));
    }

    private static Set<String> names(String list) {
        List<String> names =
                list.isBlank() ? List.of() : Arrays.asList(list.strip().split("\\s*,\\s*"));
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    private static <T> T known(Map<UUID, T> all, UUID id, String logicalName) {
        return Optional.ofNullable(all.get(id)).orElseThrow(() -> ODataError.noSuchRow(logicalName, id));
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw ODataError.badPayload(otherwise);
        }
    }

    private UUID nextId(String kind) {
        return UUID.nameUUIDFromBytes((kind + " " + number.incrementAndGet()).getBytes());
    }
}
