package dev.lockstep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VirtualThreadRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ParallelRunner threads = new VirtualThreadRunner();

    @Test
    void allRunAtOnceAndAnswerInTheirOrder() {
        CountDownLatch bothRun = new CountDownLatch(2);
        List<Callable<String>> tasks = List.of(() -> met(bothRun, "one"), () -> met(bothRun, "two"));

        assertThat(threads.runAll(tasks, PATIENCE)).containsExactly(Optional.of("one"), Optional.of("two"));
    }

    private static String met(CountDownLatch all, String answer) throws InterruptedException {
        all.countDown();
        all.await();
        return answer;
    }

    @Test
    void whoDoesNotEndInTimeIsGivenUpAndTheOthersCount() {
        CountDownLatch never = new CountDownLatch(1);
        List<Callable<String>> tasks = List.of(() -> met(new CountDownLatch(1), "quick"), () -> {
            never.await();
            return "slow";
        });

        assertThat(threads.runAll(tasks, Duration.ofSeconds(2)))
                .containsExactly(Optional.of("quick"), Optional.empty());
    }

    @Test
    void onlySoManyRunAtATimeAndOneThatHangsCostsOnePlace() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        List<Callable<String>> tasks = new ArrayList<>();
        tasks.add(() -> {
            never.await();
            return "hung";
        });
        for (int i = 0; i < 40; i++) {
            tasks.add(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                return "done";
            });
        }

        List<Optional<String>> results = threads.runAll(tasks, 3, Duration.ofSeconds(2));

        assertThat(results.getFirst()).isEmpty();
        assertThat(results.subList(1, 41)).allMatch(Optional.of("done")::equals);
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void aFaultComesOutAsItWas() {
        IllegalStateException fault = new IllegalStateException("a fault");

        assertThatThrownBy(() -> threads.runAll(List.of(() -> failing(fault)), PATIENCE))
                .isSameAs(fault);
        assertThatThrownBy(() -> threads.runAll(List.of(() -> failing(new IOException("broken"))), PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    private static String failing(Exception fault) throws Exception {
        throw fault;
    }

    @Test
    void whoIsInterruptedGivesUpAllAndStaysInterrupted() {
        Callable<String> endless = () -> met(new CountDownLatch(2), "never");
        Thread.currentThread().interrupt();

        assertThat(threads.runAll(List.of(endless, endless), PATIENCE))
                .containsExactly(Optional.empty(), Optional.empty());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoIsGivenUpIsInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Callable<String> endless = () -> {
            try {
                return met(new CountDownLatch(2), "never");
            } finally {
                interrupted.countDown();
            }
        };

        threads.runAll(List.of(endless), Duration.ofMillis(50));

        assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void withoutTasksThereIsNothingToWaitFor() {
        assertThat(threads.runAll(List.<Callable<String>>of(), PATIENCE)).isEmpty();
        assertThat(threads.startAll(List.of(), PATIENCE)).isTrue();
    }

    @Test
    void whatIsStartedIsWaitedForAndGoesOnAfterThat() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);

        assertThat(threads.startAll(List.of(() -> {}, () -> {}), PATIENCE)).isTrue();
        assertThat(threads.startAll(List.of(() -> passing(gate, ended)), Duration.ofMillis(50)))
                .isFalse();
        gate.countDown();

        assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static void passing(CountDownLatch gate, CountDownLatch ended) {
        try {
            gate.await();
            ended.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
