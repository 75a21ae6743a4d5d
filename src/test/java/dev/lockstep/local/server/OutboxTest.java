package dev.lockstep.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final ServerFaults faults = new ServerFaults(new SplittableRandom(3));
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Outbox outbox = new Outbox(faults, timers);
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void deliversOnceWithoutFaults() throws Exception {
        send("a");

        assertThat(next()).isEqualTo("a");
        assertThat(nothingElse()).isTrue();
    }

    @Test
    void duplicates() throws Exception {
        faults.add(Fault.of("NOTIFY /hook", Fault.Kind.DUPLICATE).once());
        send("a");

        assertThat(next()).isEqualTo("a");
        assertThat(next()).isEqualTo("a");
        assertThat(nothingElse()).isTrue();
    }

    @Test
    void drops() throws Exception {
        faults.add(Fault.of("NOTIFY /hook", Fault.Kind.DROP).once());
        send("a");
        send("b");

        assertThat(next()).isEqualTo("b");
        assertThat(nothingElse()).isTrue();
    }

    @Test
    void letsTheNextOneOvertake() throws Exception {
        faults.add(Fault.of("NOTIFY /hook", Fault.Kind.REORDER)
                .withDelay(Duration.ofSeconds(20))
                .once());
        send("a");
        send("b");

        assertThat(next()).isEqualTo("b");
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void leavesOtherReceiversAlone() throws Exception {
        faults.add(Fault.of("NOTIFY /other", Fault.Kind.DROP));
        send("a");

        assertThat(next()).isEqualTo("a");
    }

    private void send(String text) {
        outbox.send("/hook", Duration.ZERO, () -> arrived.add(text));
    }

    private String next() throws InterruptedException {
        return arrived.poll(5, TimeUnit.SECONDS);
    }

    private boolean nothingElse() throws InterruptedException {
        return arrived.poll(150, TimeUnit.MILLISECONDS) == null;
    }
}
