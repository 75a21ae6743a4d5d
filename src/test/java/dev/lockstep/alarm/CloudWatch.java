package dev.lockstep.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** CloudWatch as far as alarms need it: values by metric and dimensions, and what is worked out of those of one period. */
final class CloudWatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One metric with one value of each of its dimensions. */
    record Series(String namespace, String metric, Map<String, String> dimensions) {}

    private final Map<Series, NavigableMap<Instant, List<Double>>> values = new HashMap<>();

    void put(Series series, Instant at, double value) {
        values.computeIfAbsent(series, any -> new TreeMap<>())
                .computeIfAbsent(at, any -> new ArrayList<>())
                .add(value);
    }

    /** A line of a function's log; what is no document of embedded metric format counts for nothing. */
    void log(String line) {
        JsonNode document = read(line);
        Instant at =
                Instant.ofEpochMilli(document.path("_aws").path("Timestamp").asLong());
        for (JsonNode directive : document.path("_aws").path("CloudWatchMetrics")) {
            for (JsonNode names : directive.path("Dimensions")) {
                Map<String, String> dimensions = new HashMap<>();
                names.forEach(name -> dimensions.put(
                        name.asText(), document.path(name.asText()).asText()));
                directive.path("Metrics").forEach(metric -> {
                    String name = metric.path("Name").asText();
                    Series series = new Series(directive.path("Namespace").asText(), name, Map.copyOf(dimensions));
                    JsonNode given = document.path(name);
                    (given.isArray() ? given : List.of(given)).forEach(value -> put(series, at, value.asDouble()));
                });
            }
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    /** Nothing if no value came in that period. */
    OptionalDouble statistic(Series series, String statistic, Instant from, Duration period) {
        double[] all = valuesOf(series, from, period).sorted().toArray();
        if (all.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                switch (statistic) {
                    case "Sum" -> DoubleStream.of(all).sum();
                    case "Minimum" -> all[0];
                    case "Maximum" -> all[all.length - 1];
                    case "SampleCount" -> all.length;
                    default -> percentile(all, Integer.parseInt(statistic.substring(1)));
                });
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    /** The sum over all series of a metric whose dimensions differ from what is excluded; a series must have them. */
    OptionalDouble sum(
            String namespace, String metric, List<Map.Entry<String, String>> excluded, Instant from, Duration period) {
        double[] found = values.keySet().stream()
                .filter(series ->
                        series.namespace().equals(namespace) && series.metric().equals(metric))
                .filter(series -> excluded.stream()
                        .allMatch(one -> series.dimensions().containsKey(one.getKey())
                                && !series.dimensions().get(one.getKey()).equals(one.getValue())))
                .flatMapToDouble(series -> valuesOf(series, from, period))
                .toArray();
        return found.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(DoubleStream.of(found).sum());
    }

    private DoubleStream valuesOf(Series series, Instant from, Duration period) {
        return Stream.ofNullable(values.get(series))
                .flatMap(by -> by.subMap(from, true, from.plus(period), false).values().stream())
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue);
    }
}
