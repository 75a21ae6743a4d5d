package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of small values does. */
public abstract class ControlContract {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00.25Z");
    private static final Optional<Instant> NEVER = Optional.empty();

    private final SettableClock clock = new SettableClock(START);
    private Control control;

    public abstract Control empty(InstantSource clock);

    @BeforeEach
    void begin() {
        control = empty(clock);
    }

    @Test
    void hasNothingAtFirst() {
        assertThat(control.get("mode")).isEmpty();
        assertThat(control.withPrefix("")).isEmpty();
        control.remove("mode");
    }

    @Test
    void givesBackWhatWasPut() {
        for (String value : List.of("observe", "", "0", "-17", "007", "1e3", "12345678901234567890", "1.50", "+5")) {
            control.put("mode", value, NEVER);
            assertThat(control.get("mode")).contains(value);
        }
        control.remove("mode");
        assertThat(control.get("mode")).isEmpty();
    }

    @Test
    void forgetsAtTheInstantThatWasSaid() {
        control.put("pause#teams", "until later", Optional.of(START.plusMillis(300)));
        clock.advance(Duration.ofMillis(299));
        assertThat(control.get("pause#teams")).contains("until later");
        clock.advance(Duration.ofMillis(1));
        assertThat(control.get("pause#teams")).isEmpty();
        assertThat(control.withPrefix("pause#")).isEmpty();
        control.put("pause#teams", "again", NEVER);
        assertThat(control.get("pause#teams")).contains("again");
    }

    @Test
    void listsByPrefixInOrder() {
        control.put("unknown#desk#2", "x", NEVER);
        control.put("unknown#desk#1", "y", Optional.of(START.plusSeconds(5)));
        control.put("unknown#gone", "z", Optional.of(START));
        control.put("unknow", "no", NEVER);
        control.add("unknown#count", 3, NEVER);
        assertThat(control.withPrefix("unknown#"))
                .containsExactly(
                        Map.entry("unknown#count", "3"),
                        Map.entry("unknown#desk#1", "y"),
                        Map.entry("unknown#desk#2", "x"));
        assertThat(control.withPrefix("")).hasSize(4);
    }

    @Test
    void counts() {
        assertThat(control.add("lines", 2, NEVER)).isEqualTo(2);
        assertThat(control.add("lines", -5, NEVER)).isEqualTo(-3);
        assertThat(control.get("lines")).contains("-3");
        control.put("lines", "40", NEVER);
        assertThat(control.add("lines", 2, NEVER)).isEqualTo(42);
    }

    @Test
    void anExpiredCounterBeginsAnew() {
        assertThat(control.add("lines", 2, Optional.of(START.plusMillis(10)))).isEqualTo(2);
        clock.advance(Duration.ofMillis(10));
        assertThat(control.get("lines")).isEmpty();
        assertThat(control.add("lines", 1, NEVER)).isEqualTo(1);
        clock.advance(Duration.ofDays(1));
        assertThat(control.add("lines", 1, NEVER)).isEqualTo(2);
    }

    @Test
    void aCounterTakesOnTheExpiryThatIsGivenLast() {
        control.add("lines", 1, Optional.of(START.plusSeconds(1)));
        control.add("lines", 1, Optional.of(START.plusSeconds(3)));
        control.add("lines", 1, NEVER);
        clock.advance(Duration.ofSeconds(2));
        assertThat(control.get("lines")).contains("3");
        clock.advance(Duration.ofSeconds(1));
        assertThat(control.add("lines", 1, Optional.of(START.plusSeconds(9)))).isEqualTo(1);
    }

    @Test
    void placesOfALineFollowEachOther() {
        assertThat(control.reserve("line", 10, 1_000)).isEqualTo(1_000);
        assertThat(control.reserve("line", 5, 1_000)).isEqualTo(1_010);
        assertThat(control.reserve("line", 1, 900)).isEqualTo(1_015);
        assertThat(control.reserve("other", 1, 900)).isEqualTo(900);
    }

    @Test
    void aLineThatEndsBeforeTheFloorBeginsThereAnew() {
        control.reserve("line", 10, 1_000);

        assertThat(control.reserve("line", 5, 1_010)).isEqualTo(1_010);
        assertThat(control.reserve("line", 5, 9_000)).isEqualTo(9_000);
        assertThat(control.get("line")).contains("9005");
    }

    @Test
    void manyWhoCountAtOnceLoseNothing() throws Exception {
        control.add("count", 1, Optional.of(START.plusNanos(1)));
        clock.advance(Duration.ofSeconds(1));
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            work.add(() -> control.add("count", 1, Optional.of(START.plusSeconds(60))));
        }
        assertThat(runAtOnce(work)).doesNotHaveDuplicates();
        assertThat(control.get("count")).contains("60");
    }

    @Test
    void manyWhoReserveAtOnceGetPlacesOfTheirOwn() throws Exception {
        control.reserve("line", 1, 5);
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            work.add(() -> control.reserve("line", 10, 1_000));
        }
        assertThat(runAtOnce(work)).doesNotHaveDuplicates().allMatch(place -> place % 10 == 0);
        assertThat(control.get("line")).contains("1600");
    }

    private static <T> List<T> runAtOnce(List<Callable<T>> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<T> each : threads.invokeAll(work)) {
                results.add(each.get());
            }
        }
        return results;
    }
}
