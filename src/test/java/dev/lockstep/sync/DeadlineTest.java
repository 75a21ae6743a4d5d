package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.settings.InstallationSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryTimeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sent an event has an answer by the deadline, whichever platform hangs. */
class DeadlineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration OVERHEAD = Duration.ofMillis(600);

    private final InstantSource clock = InstantSource.system();
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<String> diary = Collections.synchronizedList(new ArrayList<>());
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final InMemoryPlatform dynamics = new InMemoryPlatform("dynamics", true, diary, step -> {});
    private final InMemoryPlatform teams = new InMemoryPlatform("teams", false, diary, step -> {});
    private final Synchronizer synchronizer = SyncHarness.over(
                    store, new InMemoryTimeline(Duration.ofDays(1), clock), List.of(dynamics, teams), clock)
            .runner(new VirtualThreadRunner())
            .installation(Defaults.of(InstallationSettings.class, Map.of("lockstep.deadline", "1s")))
            .build()
            .synchronizer();

    @BeforeEach
    void signIn() throws AgentStore.Conflict {
        store.save(AgentState.of("rita", new Profile("Rita", "", Map.of("dynamics", "d-rita", "teams", "t-rita"))));
        take(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(clock.instant()), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "teams", "both"})
    void aCallIsAnsweredThoughAPlatformHangs(String hanging) {
        hang(hanging);

        assertThat(took(CallState.CONNECTED)).isLessThan(DEADLINE.plus(OVERHEAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "teams", "both"})
    void aHangUpIsAnsweredThoughAPlatformHangs(String hanging) {
        took(CallState.CONNECTED);
        hang(hanging);

        assertThat(took(CallState.ENDED)).isLessThan(DEADLINE.plus(OVERHEAD));
        if (hanging.equals("teams")) {
            assertThat(dynamics.valueOf("d-rita")).isEqualTo("available");
        }
    }

    private void hang(String platform) {
        for (InMemoryPlatform one : List.of(dynamics, teams)) {
            if (platform.equals("both") || platform.equals(one.name())) {
                one.during = this::awaitForEver;
            }
        }
    }

    private void awaitForEver() {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Duration took(CallState state) {
        Instant began = clock.instant();
        take(new Signal.Call(SyncFixture.DESK, SourceTime.at(began), "1042", "a", state, false));
        return Duration.between(began, clock.instant());
    }

    private void take(Signal signal) {
        synchronizer.accept("rita", List.of(new Evidence.Reported(signal)), SyncFixture.trigger("test"));
    }
}
