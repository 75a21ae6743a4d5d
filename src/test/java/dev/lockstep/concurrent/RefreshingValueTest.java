package dev.lockstep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RefreshingValueTest {
    private static final Duration AGE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private volatile Supplier<String> source = () -> "one";
    private volatile int asked;
    private final RefreshingValue<String> value = new RefreshingValue<>(
            this::ask, RefreshRules.every(AGE, PAUSE, UnsupportedOperationException.class), clock);

    private String ask() {
        asked++;
        return source.get();
    }

    private static String silent() {
        throw new UnsupportedOperationException("silent");
    }

    @Test
    void itIsReadAgainAtItsAge() {
        value.get();
        source = () -> "two";
        clock.advance(AGE.minusMillis(1));
        assertThat(value.get()).isEqualTo("one");
        clock.advance(Duration.ofMillis(1));
        assertThat(value.get()).isEqualTo("two");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void theOldOneHoldsThroughAForeseenFailureAndNobodyAsksForAWhile() {
        value.get();
        source = RefreshingValueTest::silent;
        clock.advance(AGE);
        assertThat(value.get()).isEqualTo("one");
        clock.advance(PAUSE.minusMillis(1));
        assertThat(value.get()).isEqualTo("one");
        assertThat(asked).isEqualTo(2);
        source = () -> "two";
        clock.advance(Duration.ofMillis(1));
        assertThat(value.get()).isEqualTo("two");
    }

    @Test
    void anyOtherFailureComesOutAndTheNextCallerAsksAgain() {
        value.get();
        clock.advance(AGE);
        source = () -> {
            throw new IllegalStateException("a fault");
        };
        assertThatThrownBy(value::get).hasMessage("a fault");
        source = () -> "two";
        assertThat(value.get()).isEqualTo("two");
    }

    @Test
    void withoutAValueTheFailureComesOutAndTheNextCallerAsksAgain() {
        source = RefreshingValueTest::silent;
        assertThatThrownBy(value::get).hasMessage("silent");
        source = () -> "one";
        assertThat(value.get()).isEqualTo("one");
    }

    @Test
    void aUselessOneIsReplacedAndAFailureLeavesItInPlace() {
        value.get();
        assertThat(value.replaced((held, readAt) -> held.equals("another"))).isEqualTo("one");
        source = RefreshingValueTest::silent;
        assertThatThrownBy(() -> value.replaced((held, readAt) -> true)).hasMessage("silent");
        assertThat(value.get()).isEqualTo("one");
        clock.advance(PAUSE);
        source = () -> "two";
        assertThat(value.replaced((held, readAt) -> readAt.isBefore(clock.instant())))
                .isEqualTo("two");
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void whileOneReadsTheOthersGoOnWithTheOldOne() throws Exception {
        value.get();
        clock.advance(AGE);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        source = () -> {
            reading.countDown();
            return passed(gate);
        };
        try (ExecutorService another = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> reader = another.submit(value::get);
            reading.await();
            assertThat(value.get()).isEqualTo("one");
            gate.countDown();
            assertThat(reader.get()).isEqualTo("two");
        }
        assertThat(value.get()).isEqualTo("two");
        assertThat(asked).isEqualTo(2);
    }

    private static String passed(CountDownLatch gate) {
        try {
            gate.await();
            return "two";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
