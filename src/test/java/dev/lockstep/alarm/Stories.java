package dev.lockstep.alarm;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the metrics of each alarm are told in a minute, on a usual day and while what it is there for goes on: at the rates
 * of a centre's size, for they are what its threshold is to fit.
 */
final class Stories {
    private static final Pattern OF_FUNCTION = Pattern.compile("(.*)-(errors|slow)");
    private static final Pattern OF_TABLE = Pattern.compile("(.*)-(read|write)-throttles");
    private static final Pattern THROTTLES = Pattern.compile("(.*)-throttles");
    private static final Duration SECONDS = Duration.ofSeconds(5);

    /**
     * @param usual with the small mishaps that nobody is to be woken for
     * @param trouble told instead of it
     */
    record Story(Consumer<Centre> usual, Consumer<Centre> trouble) {}

    private Stories() {}

    /** Empty if nobody has thought of that alarm. */
    static Optional<Story> of(String alarm) {
        Optional<Story> named = Optional.ofNullable(single(alarm));
        if (named.isPresent()) {
            return named;
        }
        Matcher function = OF_FUNCTION.matcher(alarm);
        Matcher table = OF_TABLE.matcher(alarm);
        Matcher throttles = THROTTLES.matcher(alarm);
        if (function.matches()) {
            return Optional.of(function.group(2).equals("slow") ? slow(function.group(1)) : errors(function.group(1)));
        }
        if (table.matches()) {
            String metric = table.group(2).equals("read") ? "ReadThrottleEvents" : "WriteThrottleEvents";
            Map<String, String> dimensions = Map.of("TableName", "lockstep-" + table.group(1));
            return Optional.of(
                    count("AWS/DynamoDB", metric, dimensions, centre -> centre.happens(30) ? 1 : 0, centre -> 3));
        }
        if (throttles.matches()) {
            return Optional.of(
                    count("AWS/Lambda", "Throttles", ofFunction(throttles.group(1)), centre -> 0, centre -> 2));
        }
        return Optional.empty();
    }

    private static Story single(String alarm) {
        return switch (alarm) {
            case "api-5xx" ->
                count(
                        "AWS/ApiGateway",
                        "5xx",
                        Map.of("ApiId", "api"),
                        centre -> centre.happens(60) ? 1 : 0,
                        centre -> centre.times("5xx", 20));
            case "sweep-missing" -> count("AWS/Lambda", "Invocations", ofFunction("sweep"), centre -> 1, centre -> -1);
            case "recursion-dropped" ->
                count("AWS/Lambda", "RecursiveInvocationsDropped", ofFunction("sync"), centre -> -1, centre -> 1);
            case "schedule-failures" -> count("AWS/Scheduler", "TargetErrorCount", group(), centre -> -1, centre -> 1);
            case "schedule-drops" ->
                count("AWS/Scheduler", "InvocationDroppedCount", group(), centre -> -1, centre -> 1);
            // Of many who leave at once, the last wait for their turn as long as a queue can hold a message back.
            case "oldest-retry" ->
                count(
                        "AWS/SQS",
                        "ApproximateAgeOfOldestMessage",
                        queue("retry"),
                        centre -> centre.isEveningWave() ? 900 : centre.random.nextInt(60),
                        centre -> 4_000);
            // What lies there from last week wakes nobody anew.
            case "dead-letters" ->
                count(
                        "AWS/SQS",
                        "ApproximateNumberOfMessagesVisible",
                        queue("dead-letters"),
                        centre -> 3,
                        centre -> 3 + centre.minutes());
            case "credential-expiring" ->
                new Story(
                        centre -> centre.own.credentialLeft(Duration.ofDays(90)),
                        centre -> centre.own.credentialLeft(Duration.ofDays(14)));
            case "out-of-sync" ->
                census(centre -> centre.random.nextInt(2 + centre.agents / 5_000), centre -> centre.agents / 2, 0);
            case "unreadable-agents" -> census(centre -> 0, centre -> 0, 1);
            case "unread-dynamics", "unread-teams", "unread-schedule-dynamics" ->
                new Story(
                        centre -> centre.census(0, 0, Map.of(), sources(SECONDS)),
                        centre -> centre.census(0, 0, Map.of(), sources(Duration.ofMinutes(centre.minutes()))));
            case "silence-dynamics" -> silence("dynamics");
            case "silence-phone" -> silence("phone");
            case "late-dynamics" -> late("dynamics", 60);
            case "late-teams" -> late("teams", 100);
            case "platform-throttled" -> written("Throttled", 0.0002);
            case "platform-errors" -> written("Unreachable", 0.0005);
            case "failed-reads" ->
                new Story(
                        centre -> read(centre, centre.happens(30) ? "Unreachable" : "Done"),
                        centre -> read(centre, "PermissionMissing"));
            case "loop-suspected" ->
                new Story(centre -> {}, centre -> centre.own.sync().loopSuspected("teams"));
            case "failed-requests" ->
                new Story(
                        centre -> times(
                                centre.happens(60) ? 1 : 0,
                                () -> centre.own.edge().failed("phone-event")),
                        centre -> times(
                                centre.times("failed", 200),
                                () -> centre.own.edge().failed("phone-event")));
            case "refused" ->
                new Story(
                        centre -> times(
                                centre.times("stray", 0.02),
                                () -> centre.own.edge().refused("phone-event", "STALE")),
                        centre -> times(
                                centre.times("refused", 200),
                                () -> centre.own.edge().refused("phone-event", "SIGNATURE")));
            case "unknown-line" ->
                new Story(
                        centre -> times(
                                centre.happens(30) ? 1 : 0,
                                () -> centre.own.phone().unknown("pbx", "line")),
                        centre -> times(
                                centre.times("unknown", 20),
                                () -> centre.own.phone().unknown("pbx", "line")));
            case "agents-failed" ->
                new Story(
                        centre -> centre.own.crew().worked("sweep", 0, centre.happens(60) ? 1 : 0),
                        centre -> centre.own.crew().worked("sweep", 0, 1));
            case "agents-left" ->
                new Story(
                        centre -> centre.own.crew().worked("sweep", centre.isEveningWave() ? centre.agents / 10 : 0, 0),
                        centre -> centre.own.crew().worked("sweep", 1, 0));
            default -> null;
        };
    }

    private interface Number {
        /** Less than nothing where CloudWatch is told nothing. */
        double in(Centre centre);
    }

    private static Story count(
            String namespace, String metric, Map<String, String> dimensions, Number usual, Number trouble) {
        return new Story(told(namespace, metric, dimensions, usual), told(namespace, metric, dimensions, trouble));
    }

    private static Consumer<Centre> told(
            String namespace, String metric, Map<String, String> dimensions, Number number) {
        return centre -> {
            double value = number.in(centre);
            if (value >= 0) {
                centre.aws(namespace, metric, dimensions, value);
            }
        };
    }

    /** Now and then one run fails and the next works. Of what runs once a day, one that fails is told of at once. */
    private static Story errors(String function) {
        boolean isDaily = function.equals("doctor");
        return count(
                "AWS/Lambda",
                "Errors",
                ofFunction(function),
                centre -> !isDaily && centre.runs(function) > 0 && centre.happens(600) ? 1 : 0,
                centre -> centre.runs(function));
    }

    /** One start in thirty is cold. */
    private static Story slow(String function) {
        Map<String, String> dimensions = ofFunction(function);
        return new Story(
                centre -> times(
                        centre.runs(function),
                        () -> centre.aws(
                                "AWS/Lambda", "Duration", dimensions, centre.random.nextInt(30) == 0 ? 3_000 : 150)),
                centre -> times(centre.runs(function), () -> centre.aws("AWS/Lambda", "Duration", dimensions, 4_000)));
    }

    private static Story census(Number usual, Number trouble, int unreadable) {
        return new Story(
                centre -> centre.census((long) usual.in(centre), 0, Map.of(), Map.of()),
                centre -> centre.census((long) trouble.in(centre), unreadable, Map.of(), Map.of()));
    }

    private static Story silence(String source) {
        return new Story(
                centre -> centre.census(0, 0, Map.of(source, Duration.ofMinutes(centre.random.nextInt(9))), Map.of()),
                centre -> centre.census(
                        0, 0, Map.of(source, Duration.ofHours(6).plusMinutes(centre.minutes())), Map.of()));
    }

    private static Map<String, Duration> sources(Duration age) {
        return Map.of("dynamics", age, "teams", age, "schedule:dynamics", age);
    }

    private static Story late(String platform, int inAnAgentsDay) {
        return new Story(
                centre -> converged(centre, platform, inAnAgentsDay, 2_700),
                centre -> converged(centre, platform, inAnAgentsDay, 40_000));
    }

    private static void converged(Centre centre, String platform, int inAnAgentsDay, long millis) {
        times(
                centre.times("converged", inAnAgentsDay),
                () -> centre.own
                        .sync()
                        .converged(platform, "protecting", Duration.ofMillis(millis + centre.random.nextInt(2_000))));
    }

    private static Story written(String outcome, double usually) {
        double writes = 233;
        return new Story(centre -> wrote(centre, writes * usually, outcome), centre -> wrote(centre, writes, outcome));
    }

    private static void wrote(Centre centre, double inAnAgentsDay, String outcome) {
        times(
                centre.times("wrote", inAnAgentsDay),
                () -> centre.own.sync().wrote("teams", outcome, Duration.ofMillis(100)));
    }

    /** Teams is read every five seconds, in portions of 650. */
    private static void read(Centre centre, String outcome) {
        times(
                12 * (1 + centre.agents / 650) - 1,
                () -> centre.own.sync().read("teams", outcome.equals("PermissionMissing") ? outcome : "Done"));
        centre.own.sync().read("teams", outcome);
    }

    private static void times(int times, Runnable what) {
        IntStream.range(0, times).forEach(any -> what.run());
    }

    private static Map<String, String> ofFunction(String function) {
        return Map.of("FunctionName", "lockstep-" + function);
    }

    private static Map<String, String> queue(String name) {
        return Map.of("QueueName", "lockstep-" + name);
    }

    private static Map<String, String> group() {
        return Map.of("ScheduleGroup", "lockstep");
    }
}
