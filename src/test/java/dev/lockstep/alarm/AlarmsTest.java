package dev.lockstep.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alarm.Stories.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each alarm that is deployed goes off when what it is there for happens, in a small centre as in a large one, is well
 * again when that is over, and says nothing on a usual day.
 */
class AlarmsTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration BEFORE = Duration.ofHours(33);

    /** What the examples start by the clock. */
    private static final Map<String, Map<String, Integer>> SCHEDULES = Map.of(
            "minimal", Map.of("sweep", 1, "directory", 60, "doctor", 1440),
            "complete", Map.of("sweep", 1, "directory", 15, "teams-subscriptions", 10, "doctor", 1440));

    /** Those of the larger example that are not as in the smaller one, too. */
    static Stream<Arguments> alarms() {
        Set<Object> seen = new HashSet<>();
        return Stream.of("minimal", "complete")
                .flatMap(example -> Alarm.of(example).stream()
                        .filter(alarm -> seen.add(alarm.numbers()))
                        .flatMap(alarm -> Stream.of(50, 10_000).map(agents -> Arguments.of(alarm, agents, example))));
    }

    @Test
    void everyAlarmIsThoughtOf() {
        assertThat(Alarm.of("complete"))
                .hasSizeGreaterThan(60)
                .allSatisfy(alarm ->
                        assertThat(Stories.of(alarm.name())).as(alarm.name()).isPresent());
    }

    @ParameterizedTest(name = "{0}, {1} agents, {2}")
    @MethodSource("alarms")
    void itGoesOffAndIsWellAgain(Alarm alarm, int agents, String example) {
        Story story = Stories.of(alarm.name()).orElseThrow();
        Duration trouble = longer(Duration.ofHours(2), alarm.patience().multipliedBy(2));
        CloudWatch metrics = new CloudWatch();
        Centre centre = new Centre(agents, SCHEDULES.get(example), MIDNIGHT, metrics);
        centre.run(BEFORE, story.usual());
        Instant began = centre.clock.instant();
        centre.run(trouble, story.trouble());
        Instant over = centre.clock.instant();
        centre.run(longer(Duration.ofHours(15), alarm.patience().multipliedBy(2)), story.usual());

        List<Instant> turns = alarm.turns(metrics, MIDNIGHT, centre.clock.instant());
        assertThat(turns)
                .as("%s: off and well, of %s to %s", alarm, began, over)
                .hasSize(2);
        assertThat(turns.getFirst())
                .as("goes off")
                .isBetween(began, earlier(over, began.plus(alarm.patience()).plus(Duration.ofMinutes(90))));
        assertThat(turns.getLast()).as("is well again").isBetween(over, over.plus(alarm.patience()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
