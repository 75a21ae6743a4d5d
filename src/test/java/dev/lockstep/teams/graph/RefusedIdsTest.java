package dev.lockstep.teams.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusedIdsTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final InMemoryControl control = new InMemoryControl(clock);
    private final RefusedIds refused = new RefusedIds(clock, control);

    @Test
    void anIdIsLeftOutForAnHourAndThenTriedAgain() {
        refused.remember(List.of("a"));
        assertThat(refused.isRefused("a")).isTrue();
        assertThat(refused.isRefused("b")).isFalse();
        assertThat(control.withPrefix(ControlKeys.REFUSED_ID)).containsOnlyKeys(ControlKeys.REFUSED_ID + "a");

        clock.advance(Duration.ofMinutes(59));
        assertThat(refused.isRefused("a")).isTrue();

        clock.advance(Duration.ofMinutes(1));
        assertThat(refused.isRefused("a")).isFalse();
        assertThat(refused.count()).isZero();
        assertThat(control.withPrefix(ControlKeys.REFUSED_ID)).isEmpty();
    }

    @Test
    void noMoreAreKeptThanThereMayBe() {
        refused.remember(IntStream.range(0, 1_200).mapToObj(String::valueOf).toList());

        assertThat(refused.count()).isEqualTo(1_000);
        assertThat(refused.isRefused("999")).isTrue();
        assertThat(refused.isRefused("1000")).isFalse();
    }

    @Test
    void thatItCannotBeNotedKeepsNobodyFromBeingLeftOut() {
        RefusedIds unnoted = new RefusedIds(clock, new InMemoryControl(clock, new StoreFaults() {
            @Override
            public void before(String call) {
                throw new StoreUnavailable("down", null);
            }
        }));

        unnoted.remember(List.of("a", "b"));
        assertThat(unnoted.isRefused("b")).isTrue();
    }
}
