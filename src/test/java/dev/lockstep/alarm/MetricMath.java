package dev.lockstep.alarm;

import dev.lockstep.alarm.Alarm.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What alarms here work out of several metrics: {@code IF(a >= n, b, c)} and {@code DIFF(a)} of CloudWatch's metric math,
 * and sums over all dimensions by Metrics Insights.
 */
final class MetricMath {
    private static final Pattern SUM = Pattern.compile("SELECT SUM\\((\\w+)\\) FROM \"(\\w+)\"(?: WHERE (.*))?");
    private static final Pattern EXCEPT = Pattern.compile("(\\w+) != '([^']*)'");
    private static final Pattern IF = Pattern.compile("IF\\((\\w+) >= (\\d+), (\\w+), (.*)\\)");
    private static final Pattern DIFF = Pattern.compile("DIFF\\((\\w+)\\)");

    private MetricMath() {}

    static Value read(String expression, Map<String, Value> named) {
        Matcher sum = SUM.matcher(expression);
        Matcher when = IF.matcher(expression);
        Matcher diff = DIFF.matcher(expression);
        if (sum.matches()) {
            return sum(sum);
        }
        if (when.matches()) {
            Value otherwise = read(when.group(4), named);
            double least = Double.parseDouble(when.group(2));
            return (metrics, from, period) -> {
                OptionalDouble judged = named.get(when.group(1)).in(metrics, from, period);
                Value taken = judged.orElse(0) >= least ? named.get(when.group(3)) : otherwise;
                return judged.isEmpty() ? judged : taken.in(metrics, from, period);
            };
        }
        if (diff.matches()) {
            return difference(named.get(diff.group(1)));
        }
        double constant = Double.parseDouble(expression);
        return (metrics, from, period) -> OptionalDouble.of(constant);
    }

    private static Value sum(Matcher query) {
        List<Map.Entry<String, String>> excluded = new ArrayList<>();
        Matcher each = EXCEPT.matcher(query.group(3) == null ? "" : query.group(3));
        while (each.find()) {
            excluded.add(Map.entry(each.group(1), each.group(2)));
        }
        return (metrics, from, period) -> metrics.sum(query.group(2), query.group(1), excluded, from, period);
    }

    private static Value difference(Value of) {
        return (metrics, from, period) -> {
            OptionalDouble now = of.in(metrics, from, period);
            OptionalDouble before = of.in(metrics, from.minus(period), period);
            return now.isPresent() && before.isPresent()
                    ? OptionalDouble.of(now.getAsDouble() - before.getAsDouble())
                    : OptionalDouble.empty();
        };
    }
}
