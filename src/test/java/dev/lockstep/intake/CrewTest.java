package dev.lockstep.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.failure.RecordedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final List<String> told = new ArrayList<>();
    private final Crew crew = new Crew(
            new VirtualThreadRunner(),
            Defaults.of(CrewSettings.class),
            (run, late, failed) -> told.add(run + " late " + late + " failed " + failed));

    private List<Crew.Job> jobs(int from, int to) {
        List<Crew.Job> jobs = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String agentId = "agent" + i;
            jobs.add(new Crew.Job(agentId, () -> done.add(agentId)));
        }
        return jobs;
    }

    @Test
    void agentsDoNotWaitForEachOther() {
        CyclicBarrier eight = new CyclicBarrier(Defaults.of(CrewSettings.class).atOnce());
        List<Crew.Job> jobs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            jobs.add(new Crew.Job("agent" + i, () -> meet(eight)));
        }

        assertThat(crew.count("poll", jobs, LONG)).isEqualTo(40);
        assertThat(told).containsExactly("poll late 0 failed 0");
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneThatHangsCostsOnlyItselfAndIsNamed() {
        List<Crew.Job> jobs = jobs(0, 20);
        jobs.add(3, new Crew.Job("hung", CrewTest::hang));

        try (RecordedLog log = new RecordedLog(Crew.class)) {
            List<Boolean> ended = crew.work("poll", jobs, Duration.ofSeconds(2));

            assertThat(ended.get(3)).isFalse();
            assertThat(ended).filteredOn(each -> each).hasSize(20);
            assertThat(done).hasSize(20);
            assertThat(log.text()).contains("poll: 1 of 21 agents", "hung");
        }
        assertThat(told).containsExactly("poll late 1 failed 0");
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFaultIsCountedAndCostsOnlyItsAgent() {
        List<Crew.Job> jobs = jobs(0, 5);
        jobs.add(0, new Crew.Job("faulty", () -> {
            throw new IllegalStateException("called by +49 89 123456");
        }));

        assertThat(crew.count("sweep", jobs, LONG)).isEqualTo(5);
        assertThat(told).containsExactly("sweep late 0 failed 1");
    }
}
