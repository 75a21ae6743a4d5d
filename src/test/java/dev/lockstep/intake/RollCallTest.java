package dev.lockstep.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.platform.Sight;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.ForwardingAgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.sync.SyncHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollCallTest {
    private static final Map<String, Sight> SIGHTS = Map.of("teams", new Sight(17, Optional.empty()));

    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final InMemoryAgentStore agents = new InMemoryAgentStore();
    private final AgentStore store = new ForwardingAgentStore(agents) {
        @Override
        public Stream<AgentState> all(Consumer<String> unreadable) {
            itemsRead++;
            return super.all(unreadable);
        }

        @Override
        public Stream<String> unlisted() {
            looks++;
            return super.unlisted();
        }

        @Override
        public Stream<Pulse> pulses(String shard) {
            return super.pulses(shard).map(pulse -> untold ? Pulse.unknown(pulse.agentId(), pulse.dueAt()) : pulse);
        }
    };
    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final SequentialRunner threads = new SequentialRunner();
    private final RollCall roll = new RollCall(store, control, threads, () -> now);
    private final RollUpkeep upkeep = new RollUpkeep(
            store,
            control,
            SyncHarness.over(store, new InMemoryTimeline(Duration.ofDays(1), () -> now), List.of(), () -> now)
                    .build()
                    .synchronizer(),
            GivenCrew.alone(),
            () -> now);
    private int itemsRead;
    private int looks;
    private boolean untold;

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        agents.save(agent("ada"), SIGHTS);
        agents.save(agent("bob"), SIGHTS);
    }

    private static AgentState agent(String agentId) {
        return AgentState.of(agentId, new Profile(agentId, "", Map.of("teams", "t-" + agentId)));
    }

    /** As the sweep does, each minute. */
    private void pass(int minutes) {
        for (int i = 0; i < minutes; i++) {
            upkeep.run(Countdown.of(() -> now, Duration.ofSeconds(25)));
            now = now.plus(Duration.ofMinutes(1));
        }
    }

    @Test
    void whereNobodyHasLookedEverybodysItemIsRead() {
        assertThat(roll.everybody()).extracting(Pulse::agentId).containsExactly("ada", "bob");
        assertThat(itemsRead).isEqualTo(1);
    }

    @Test
    void onceEverybodyWasListedForTenMinutesTheIndexIsRead() {
        pass(9);
        roll.everybody();
        assertThat(itemsRead).isEqualTo(1);

        pass(2);
        assertThat(roll.everybody())
                .allSatisfy(pulse -> assertThat(pulse.sights()).isEqualTo(SIGHTS));
        assertThat(itemsRead).isEqualTo(1);
    }

    @Test
    void whoWasStoredByAnOlderVersionIsNotOverlooked() {
        agents.storeWithoutPulse("ada");

        assertThat(roll.everybody()).extracting(Pulse::agentId).contains("ada");
        pass(1);
        assertThat(agents.unlisted()).isEmpty();
        pass(12);
        assertThat(roll.everybody()).extracting(Pulse::agentId).containsExactly("ada", "bob");
        assertThat(itemsRead).isEqualTo(1);
    }

    @Test
    void whereAnOlderVersionComesBackTheIndexIsNotReliedOnForTenMinutes() {
        pass(15);
        agents.storeWithoutPulse("ada");
        while (agents.unlisted().findAny().isPresent()) {
            pass(1);
        }

        roll.everybody();
        assertThat(itemsRead).isEqualTo(1);
        pass(11);
        roll.everybody();
        assertThat(itemsRead).isEqualTo(1);
    }

    @Test
    void allItemsAreLookedThroughOnlyNowAndThen() {
        pass(11);
        looks = 0;
        pass(120);
        assertThat(looks).isBetween(3, 5);
    }

    @Test
    void whatNobodyHasLookedAtForLongIsNotKnown() {
        pass(15);
        now = now.plus(Duration.ofHours(1));

        roll.everybody();

        assertThat(itemsRead).isEqualTo(1);
    }

    @Test
    void ofWhomTheIndexTellsTooLittleTheItemIsAsked() {
        pass(15);
        untold = true;

        assertThat(roll.everybody()).allSatisfy(pulse -> {
            assertThat(pulse.isComplete()).isTrue();
            assertThat(pulse.externalId("teams")).contains("t-" + pulse.agentId());
        });
    }

    @Test
    void whoCannotBeReadIsStillDue() {
        pass(15);
        agents.append("ada", List.of());
        agents.spoil("ada");
        untold = true;

        assertThat(roll.everybody())
                .filteredOn(pulse -> pulse.isDue(now))
                .extracting(Pulse::agentId)
                .containsExactly("ada");
    }

    @Test
    void aShardThatDoesNotAnswerIsNobodysAbsence() {
        pass(15);
        threads.leaveUnanswered(1);

        assertThatThrownBy(roll::everybody).isInstanceOf(StoreUnavailable.class);
    }
}
