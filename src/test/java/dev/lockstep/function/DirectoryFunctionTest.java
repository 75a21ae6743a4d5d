package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.administration.Lines;
import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.dynamics.DynamicsInSimulation;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.dynamics.QuietContactCenter;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.RollCall;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryDocuments;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.SyncHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What whoever invokes {@code directory} is answered. */
class DirectoryFunctionTest {
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-23T09:00:00Z"));
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final ContactCenter center = QuietContactCenter.of(time, DynamicsBehaviour.harsh());
    private final Representative rita =
            Representative.of(UUID.randomUUID(), "Rita Rep", "rita@contoso.com", UUID.randomUUID());
    private final DirectoryFunction function = new DirectoryFunction();

    @BeforeEach
    void wire() {
        DynamicsInSimulation dynamics =
                new DynamicsInSimulation(center, PlatformCalls.DIRECT, time, Defaults.of(DynamicsSettings.class));
        SyncHarness sync = SyncHarness.over(
                        store, new InMemoryTimeline(Duration.ofDays(1), time), List.of(dynamics.platform()), time)
                .build();
        function.directory = dynamics.directory(store, identities);
        function.snapshot = dynamics.snapshot(store, sync.synchronizer(), new CorrelationIds(new Random(1)));
        function.lines = new Lines(new InMemoryDocuments(), store, identities, time);
        function.roll = new RollCall(store, new InMemoryControl(time), new SequentialRunner(), time);
        function.clock = time;
        center.presence().add(rita);
        center.presence().add(Representative.of(UUID.randomUUID(), "Tom Two", "tom@contoso.com", UUID.randomUUID()));
    }

    private DirectoryFunction.Answer build() {
        return function.build(new ScheduleEvent(null));
    }

    @Test
    void whoseUserIsSwitchedOffIsNamedAndStaysAnAgent() {
        assertThat(build()).isEqualTo(new DirectoryFunction.Answer(2, List.of()));
        center.presence().add(rita.withDisabled(true));

        DirectoryFunction.Answer answer = build();
        assertThat(answer.agents()).isEqualTo(1);
        assertThat(answer.problems())
                .singleElement()
                .asString()
                .startsWith("rita@contoso.com is no longer among the representatives in Dataverse: remove them")
                .contains("lockstep.directory.filter", "status row");
        assertThat(store.load("rita@contoso.com"))
                .hasValueSatisfying(agent -> assertThat(agent.isRemoved()).isFalse());

        center.presence().add(rita);
        assertThat(build().problems()).isEmpty();
    }
}
