package dev.lockstep.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One document of embedded metric format. A dimension has one value in it, and a metric stands in it once, with up to
 * 100 values (docs.aws.amazon.com/AmazonCloudWatch, "Specification: Embedded metric format"): what does not go together
 * so needs another document.
 */
final class MetricDocument {
    private static final int MAX_VALUES = 100;

    private final Map<String, String> dimensions = new TreeMap<>();
    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    /** One value of a metric, with its dimensions by name. */
    record Count(String metric, long value, String unit, Map<String, String> dimensions) {}

    private record Metric(String unit, Set<String> dimensions, List<Long> values) {}

    /** @return whether it goes together with what is in it already */
    boolean add(Count count) {
        Metric metric = metrics.getOrDefault(
                count.metric(),
                new Metric(count.unit(), new TreeSet<>(count.dimensions().keySet()), new ArrayList<>()));
        boolean fits = metric.values().size() < MAX_VALUES
                && metric.dimensions().equals(count.dimensions().keySet())
                && count.dimensions().entrySet().stream()
                        .allMatch(one -> one.getValue().equals(dimensions.getOrDefault(one.getKey(), one.getValue())));
        if (fits) {
            metric.values().add(count.value());
            metrics.put(count.metric(), metric);
            dimensions.putAll(count.dimensions());
        }
        return fits;
    }

    ObjectNode json(ObjectMapper mapper, String namespace, long atMillis) {
        ObjectNode document = mapper.createObjectNode();
        ArrayNode directives =
                document.putObject("_aws").put("Timestamp", atMillis).putArray("CloudWatchMetrics");
        Map<Set<String>, ArrayNode> definitions = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> definitions
                .computeIfAbsent(metric.dimensions(), names -> directive(directives.addObject(), namespace, names))
                .addObject()
                .put("Name", name)
                .put("Unit", metric.unit()));
        dimensions.forEach(document::put);
        metrics.forEach((name, metric) -> put(document, name, metric.values()));
        return document;
    }

    /** @return where its metrics are to be named */
    private static ArrayNode directive(ObjectNode directive, String namespace, Set<String> dimensions) {
        ArrayNode metrics = directive.put("Namespace", namespace).putArray("Metrics");
        dimensions.forEach(directive.putArray("Dimensions").addArray()::add);
        return metrics;
    }

    private static void put(ObjectNode document, String metric, List<Long> values) {
        if (values.size() == 1) {
            document.put(metric, values.getFirst());
        } else {
            values.forEach(document.putArray(metric)::add);
        }
    }
}
