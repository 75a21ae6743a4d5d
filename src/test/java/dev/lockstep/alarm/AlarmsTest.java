package dev.lockstep.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alarm.Stories.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    static Stream<Arguments> alarms() {
        return Alarm.deployed().stream()
                .flatMap(alarm -> Stream.of(50, 10_000).map(agents -> Arguments.of(alarm, agents)));
    }

    @Test
    void everyAlarmIsThoughtOf() {
        assertThat(Alarm.deployed())
                .hasSizeGreaterThan(60)
                .allSatisfy(alarm ->
                        assertThat(Stories.of(alarm.name())).as(alarm.name()).isPresent());
    }

    @ParameterizedTest(name = "{0}, {1} agents")
    @MethodSource("alarms")
    void itGoesOffAndIsWellAgain(Alarm alarm, int agents) {
        Story story = Stories.of(alarm.name()).orElseThrow();
        Duration trouble = longer(Duration.ofHours(2), alarm.patience().multipliedBy(2));
        CloudWatch metrics = new CloudWatch();
        Centre centre = new Centre(agents, MIDNIGHT, metrics);
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
