package dev.lockstep.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Terraform module makes where nothing is said otherwise. */
final class Deployed {
    private static final Pattern FUNCTION =
            Pattern.compile("(?ms)^    ([a-z][a-z-]+) = \\{$.*?^      interactive = (true|false)$");
    private static final Pattern MEMORY = Pattern.compile("native = \\{ interactive = (\\d+), background = (\\d+) \\}");
    private static final Pattern RETENTION = Pattern.compile("(?s)variable \"log_retention_days\".*?default += (\\d+)");
    private static final Pattern TABLE = Pattern.compile("(?m)^resource \"aws_dynamodb_table\"");
    private static final Pattern NAMED_ALARM = Pattern.compile("(?m)^      [a-z0-9-]+ = \\{$");

    private final Map<String, Boolean> interactive = new TreeMap<>();
    private final MatchResult memory;
    private final int retentionDays;
    private final int alarmMetrics;

    Deployed() {
        String functions = text("functions.tf");
        Matcher each = FUNCTION.matcher(functions);
        while (each.find()) {
            interactive.put(each.group(1), Boolean.valueOf(each.group(2)));
        }
        memory = found(MEMORY, functions);
        retentionDays = Integer.parseInt(found(RETENTION, text("variables.tf")).group(1));
        alarmMetrics = alarmMetrics(
                text("observability.tf"),
                TABLE.matcher(text("tables.tf")).results().count());
    }

    /**
     * Of each function's errors and throttles, of the sweep that is missing, three sources that were not read, one that is
     * silent, reads and writes of each table, those with a name; two of each function that somebody waits for, three of
     * each platform that may show late, one of the dead letters.
     */
    private int alarmMetrics(String alarms, long tables) {
        String single =
                alarms.substring(alarms.indexOf("single_alarms = merge("), alarms.indexOf("computed_alarms = merge("));
        long waitedFor = interactive.values().stream()
                .filter(isInteractive -> isInteractive)
                .count();
        long named = NAMED_ALARM.matcher(single).results().count();
        return Math.toIntExact(2L * interactive.size() + 1 + 3 + 1 + 2 * tables + named + 2 * waitedFor + 6 + 1);
    }

    private static MatchResult found(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of("terraform", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory of a function in gigabytes, native. */
    double gigabytes(String function) {
        return Integer.parseInt(memory.group(interactive.get(function) ? 1 : 2)) / 1024.0;
    }

    int logRetentionDays() {
        return retentionDays;
    }

    /** That alarms look at, but for those on sums. */
    int alarmMetrics() {
        return alarmMetrics;
    }
}
