package dev.lockstep.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/**
 * An alarm as the Terraform module deploys it, judged as CloudWatch judges (docs.aws.amazon.com/AmazonCloudWatch, "Using
 * Amazon CloudWatch alarms"): here each of the periods that it looks at must breach.
 */
record Alarm(
        String name, Duration period, int periods, String comparison, double threshold, String missing, Value value) {
    private static final String PREFIX = "lockstep-";

    /** What is compared with the threshold, of one period. */
    interface Value {
        OptionalDouble in(CloudWatch metrics, Instant from, Duration period);
    }

    /** All of an example of the module's; {@code terraform/check} holds the file to what that deploys. */
    static List<Alarm> of(String example) {
        try (InputStream in = Alarm.class.getResourceAsStream("/alarms/" + example + ".json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
                    .map(Alarm::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Alarm of(JsonNode told) {
        int periods = told.path("EvaluationPeriods").asInt();
        if (told.path("DatapointsToAlarm").asInt() != periods) {
            throw new IllegalArgumentException("some of several periods are not judged here: " + told);
        }
        return new Alarm(
                told.path("AlarmName").asText().substring(PREFIX.length()),
                Duration.ofSeconds(period(told)),
                periods,
                told.path("ComparisonOperator").asText(),
                told.path("Threshold").asDouble(),
                told.path("TreatMissingData").asText(),
                told.has("MetricName")
                        ? metric(told, told.path("Statistic").asText())
                        : computed(told.path("Metrics")));
    }

    private static int period(JsonNode told) {
        return StreamSupport.stream(told.path("Metrics").spliterator(), false)
                .mapToInt(query -> query.path("MetricStat")
                        .path("Period")
                        .asInt(query.path("Period").asInt()))
                .max()
                .orElse(told.path("Period").asInt());
    }

    private static Value metric(JsonNode told, String statistic) {
        Map<String, String> dimensions = new HashMap<>();
        told.path("Dimensions")
                .forEach(one -> dimensions.put(
                        one.path("Name").asText(), one.path("Value").asText()));
        CloudWatch.Series series = new CloudWatch.Series(
                told.path("Namespace").asText(), told.path("MetricName").asText(), Map.copyOf(dimensions));
        return (metrics, from, period) -> metrics.statistic(series, statistic, from, period);
    }

    private static Value computed(JsonNode queries) {
        Map<String, Value> named = new HashMap<>();
        String expression = "";
        for (JsonNode query : queries) {
            JsonNode of = query.path("MetricStat");
            if (query.path("ReturnData").asBoolean() && query.has("Expression")) {
                expression = query.path("Expression").asText();
            } else {
                named.put(
                        query.path("Id").asText(),
                        metric(of.path("Metric"), of.path("Stat").asText()));
            }
        }
        return MetricMath.read(expression, named);
    }

    /** When it went off and when it was well again, by turns, in the order of time. */
    List<Instant> turns(CloudWatch metrics, Instant from, Instant to) {
        List<Instant> turns = new ArrayList<>();
        boolean isOff = false;
        for (Instant end = from.plus(period.multipliedBy(periods)); !end.isAfter(to); end = end.plus(period)) {
            if (goesOff(metrics, end, isOff) != isOff) {
                isOff = !isOff;
                turns.add(end);
            }
        }
        return turns;
    }

    private boolean goesOff(CloudWatch metrics, Instant end, boolean before) {
        int breaching = 0;
        int known = 0;
        for (int i = 1; i <= periods; i++) {
            OptionalDouble found = value.in(metrics, end.minus(period.multipliedBy(i)), period);
            boolean counts = found.isPresent() || !missing.equals("ignore");
            known += counts ? 1 : 0;
            breaching +=
                    counts && (found.isPresent() ? breaches(found.getAsDouble()) : missing.equals("breaching")) ? 1 : 0;
        }
        return known < periods ? before : breaching == periods;
    }

    private boolean breaches(double found) {
        return switch (comparison) {
            case "GreaterThanOrEqualToThreshold" -> found >= threshold;
            case "GreaterThanThreshold" -> found > threshold;
            case "LessThanThreshold" -> found < threshold;
            case "LessThanOrEqualToThreshold" -> found <= threshold;
            default -> throw new IllegalArgumentException(comparison);
        };
    }

    /** What tells it from another. */
    List<Object> numbers() {
        return List.of(name, period, periods, comparison, threshold, missing);
    }

    /** How long it may take to go off, or to be well again, once its metrics say so throughout. */
    Duration patience() {
        return period.multipliedBy(periods + 1L);
    }

    @Override
    public String toString() {
        return name;
    }
}
