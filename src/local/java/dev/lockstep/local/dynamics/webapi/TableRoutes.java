package dev.lockstep.local.dynamics.webapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.dynamics.SimulatedDataverse;
import dev.lockstep.local.dynamics.table.Column;
import dev.lockstep.local.dynamics.table.ODataError;
import dev.lockstep.local.dynamics.table.Preferences;
import dev.lockstep.local.dynamics.table.RowWriter;
import dev.lockstep.local.dynamics.table.Schema;
import dev.lockstep.local.dynamics.table.Selection;
import dev.lockstep.local.dynamics.table.Table;
import dev.lockstep.local.dynamics.table.TableQuery;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reading rows by the Web API: queries, single rows, the metadata of columns. */
public final class TableRoutes {
    static final Pattern KEYED = Pattern.compile("(\\w+)\\(([^)]*)\\)");
    private static final Pattern DEFINITION = Pattern.compile("EntityDefinitions\\(LogicalName='(\\w+)'\\)");

    private final Schema schema;
    private final Supplier<String> root;

    /** @param root the Web API's address, with a slash at its end; asked only when requests come */
    public TableRoutes(Schema schema, Supplier<String> root) {
        this.schema = schema;
        this.root = root;
    }

    /** {@code set} or {@code set(id)}. */
    public Reply get(Request request, Callers.Acting acting) {
        String resource = request.part("resource");
        Matcher keyed = KEYED.matcher(resource);
        return keyed.matches()
                ? one(request, readable(keyed.group(1), acting), keyed.group(2))
                : many(request, readable(resource, acting));
    }

    /** A row that was just created, as {@code return=representation} asks for. */
    public ObjectNode written(String set, UUID id, Preferences preferences) {
        Table table = schema.set(set).orElseThrow();
        Schema reading = schema.forOneRequest();
        Selection selection = TableQuery.selection(table, reading, Map.of());
        return new RowWriter(reading, preferences).write(table.row(id).orElseThrow(), selection);
    }

    private Reply one(Request request, Table table, String key) {
        Schema reading = schema.forOneRequest();
        Map<String, Object> row =
                table.row(Callers.guid(key)).orElseThrow(() -> ODataError.noSuchRow(table.logicalName(), key));
        Selection selection = TableQuery.selection(table, reading, request.query());
        String etag = RowWriter.etag(row);
        if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
            return Reply.empty(304);
        }
        ObjectNode body = Json.object().put("@odata.context", context(table) + "/$entity");
        Preferences preferences = Preferences.of(request);
        body.setAll(new RowWriter(reading, preferences).write(row, selection));
        return applied(Reply.json(200, body).with("ETag", etag), preferences);
    }

    private Reply many(Request request, Table table) {
        Schema reading = schema.forOneRequest();
        TableQuery query = TableQuery.parse(table, reading, request.query());
        Preferences preferences = Preferences.of(request);
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

    public Reply navigate(Request request, Callers.Acting acting) {
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
        throw ODataError.noSuchSegment(navigation);
    }

    private Reply attributes(String logicalName) {
        Table table = schema.table(logicalName)
                .orElseThrow(() -> new ODataError(
                        404, "0x80060888", "The entity with a name = '" + logicalName + "' was not found."));
        ObjectNode body = Json.object().put("@odata.context", root.get() + "$metadata#EntityDefinitions/Attributes");
        ArrayNode value = body.putArray("value");
        for (Column column : table.columns().values()) {
            value.addObject()
                    .put("LogicalName", column.name())
                    .put("AttributeType", column.kind().attributeType());
        }
        return Reply.json(200, body);
    }

    private Table readable(String set, Callers.Acting acting) {
        Table table = schema.set(set).orElseThrow(() -> ODataError.noSuchSegment(set));
        boolean hidden = acting.application().unreadable().contains(table.logicalName());
        acting.demand(!hidden && !acting.application().roles().isEmpty(), "prvRead" + table.logicalName());
        return table;
    }

    private String context(Table table) {
        return root.get() + "$metadata#" + table.set();
    }

    /** To be followed as it is; its page size is whatever the next request prefers. */
    private String nextLink(Request request, int page) {
        Map<String, String> options = new LinkedHashMap<>(request.query());
        options.put("$skiptoken", "<cookie pagenumber=\"" + page + "\" pagingcookie=\"\" istracking=\"False\" />");
        StringBuilder link =
                new StringBuilder(root.get()).append(request.path().substring(SimulatedDataverse.API.length()));
        String joint = "?";
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value =
                    URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8).replace("+", "%20");
            link.append(joint).append(option.getKey()).append('=').append(value);
            joint = "&";
        }
        return link.toString();
    }

    private static Reply applied(Reply reply, Preferences preferences) {
        return preferences.pageSize().isPresent()
                ? reply.with("Preference-Applied", "odata.maxpagesize=" + preferences.rowsPerPage())
                : reply;
    }
}
