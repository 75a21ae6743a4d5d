package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Warmable;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger warmed = new AtomicInteger();

    @Test
    void everySystemIsWarmBeforeTheFirstEvent() {
        warmUp("sync", Optional.of("on-demand"), LONG, warmed::incrementAndGet, warmed::incrementAndGet);

        assertThat(warmed).hasValue(2);
    }

    @Test
    void theyAreWarmedAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Warmable meeting = () -> {
            both.countDown();
            awaited(both);
            warmed.incrementAndGet();
        };

        warmUp("phone-event", Optional.empty(), LONG, meeting, meeting);

        assertThat(warmed).hasValue(2);
    }

    @Test
    void whatFailsStopsNothing() {
        Warmable failing = () -> {
            throw new PlatformException.Unreachable("no answer");
        };

        warmUp("sweep", Optional.empty(), LONG, failing, warmed::incrementAndGet);

        assertThat(warmed).hasValue(1);
    }

    @Test
    void whatTakesTooLongIsNotWaitedForAndGoesOn() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);

        warmUp("sync", Optional.empty(), Duration.ofMillis(50), () -> {
            awaited(started);
            done.countDown();
        });
        started.countDown();

        awaited(done);
    }

    @Test
    void nothingIsWarmedForOthersNorForASnapshot() {
        warmUp("board", Optional.empty(), LONG, warmed::incrementAndGet);
        warmUp("sync", Optional.of("snap-start"), LONG, warmed::incrementAndGet);
        new WarmUp(
                        Optional.empty(),
                        Optional.empty(),
                        LONG,
                        List.of(warmed::incrementAndGet),
                        new VirtualThreadRunner())
                .before(new StartupEvent());

        assertThat(warmed).hasValue(0);
    }

    private static void warmUp(String function, Optional<String> initialization, Duration limit, Warmable... systems) {
        new WarmUp(Optional.of(function), initialization, limit, List.of(systems), new VirtualThreadRunner())
                .before(new StartupEvent());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
