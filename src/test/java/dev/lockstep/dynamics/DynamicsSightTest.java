package dev.lockstep.dynamics;

import static dev.lockstep.dynamics.GivenDynamics.LUNCH;
import static dev.lockstep.dynamics.GivenDynamics.OFFLINE;
import static dev.lockstep.dynamics.GivenDynamics.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.dynamics.GivenDynamics.Row;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.intake.Trigger;
import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.SyncHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is passed over when all rows of Dynamics are read, and for how long. */
class DynamicsSightTest {
    private static final Mapping SHIPPED = GivenPlatforms.shippedMapping();

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-23T09:00:00Z"));
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private PresenceCatalogue presences = GivenDynamics.PRESENCES;
    private Mapping mapping = SHIPPED;
    private final SyncHarness sync = SyncHarness.over(
                    store,
                    new InMemoryTimeline(Duration.ofDays(1), time),
                    List.of(new DynamicsPlatform(null, () -> presences, GivenDynamics.RULES, time)),
                    time)
            .mapping(team -> mapping)
            .build();

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        store.save(AgentState.of("rita", new Profile("Rita", "", Map.of("dynamics", "d-rita"))));
    }

    private void see(Row row) {
        Evidence seen = new Evidence.Observed(Optional.empty(), row.at(time.instant()));
        sync.synchronizer().accept("rita", List.of(seen), new Trigger("test", "c1"));
    }

    /** Whether a read leaves her out that finds this row now. */
    private boolean passesOver(Row row) {
        Observation shown = row.read().at(time.instant());
        Pulse rita = GivenRoll.over(store, time).everybody().getFirst();
        boolean isPassedOver = !sync.synchronizer().mayBeNews(rita, shown);
        boolean isNews = sync.synchronizer()
                .wouldChange(store.load("rita").orElseThrow(), List.of(new Evidence.Observed(Optional.empty(), shown)));
        assertThat(isPassedOver && isNews).as("passed over with news").isFalse();
        return isPassedOver;
    }

    private Row picked(String presenceId) {
        return Row.of(presenceId, time.instant()).byPerson();
    }

    @Test
    void aRowThatIsReadAsAMessageToldItIsPassedOver() {
        Row lunch = picked(LUNCH);
        see(lunch);
        assertThat(passesOver(lunch)).isTrue();
        time.skip(Duration.ofHours(3));
        assertThat(passesOver(lunch)).isTrue();
        assertThat(passesOver(lunch.with(StatusFields.CONVERSATIONS, "1"))).isFalse();
    }

    @Test
    void whatDynamicsTellsOfTheFutureIsLookedAtUntilItHasCome() {
        Instant ahead = time.instant().plusSeconds(90);
        Row offline = Row.of(OFFLINE, ahead).byPerson().read();
        see(offline);
        for (int i = 0; i < 9; i++) {
            assertThat(passesOver(offline)).isFalse();
            time.skip(Duration.ofSeconds(10));
            see(offline);
        }
        time.skip(Duration.ofSeconds(2));
        see(offline);
        assertThat(passesOver(offline)).isTrue();
    }

    @Test
    void ofAnEnvironmentWithWholeSecondsTheMomentThatAMessageToldIsWaitedFor() {
        Instant told = time.instant().plusMillis(244);
        Row message = Row.of(LUNCH, told).byPerson().with(StatusFields.WHOLE_SECONDS, "true");
        see(message);
        Row read = Row.of(LUNCH, time.instant()).byPerson().with(StatusFields.WHOLE_SECONDS, "true");

        assertThat(passesOver(read)).isFalse();
        time.skip(Duration.ofMillis(500));
        assertThat(passesOver(read)).isFalse();
        time.skip(Duration.ofMillis(500));
        see(read.read());
        assertThat(passesOver(read)).isTrue();
    }

    @Test
    void whoShowsAPresenceThatIsCalledSomethingElseByNowIsLookedAt() {
        Row training = picked(TRAINING);
        see(training);
        assertThat(passesOver(training)).isTrue();

        presences = new PresenceCatalogue(Stream.concat(
                        GivenDynamics.PRESENCES.rows().stream()
                                .filter(row -> !row.id().equals(TRAINING)),
                        Stream.of(new PresenceRow(TRAINING, "Break", "Break", 192360003)))
                .toList());
        assertThat(passesOver(training)).isFalse();
    }

    @Test
    void whoShowsAPresenceThatNobodyKnowsIsLookedAt() {
        Row training = picked(TRAINING);
        see(training);
        presences = new PresenceCatalogue(List.of());
        assertThat(passesOver(training)).isFalse();
    }

    @Test
    void whoShowsWhatIsReadOtherwiseByNowIsLookedAt() {
        Row training = picked(TRAINING);
        see(training);
        assertThat(passesOver(training)).isTrue();

        mapping = reading("Training", new InboundRule(Status.AWAY, EvidenceKind.CHOICE));
        assertThat(passesOver(training)).isFalse();
        mapping = reading("Lunch", new InboundRule(Status.BUSY, EvidenceKind.FACT));
        assertThat(passesOver(training)).isTrue();
    }

    private static Mapping reading(String presence, InboundRule rule) {
        Mapping.PlatformMapping shipped = SHIPPED.platforms().get("dynamics");
        Map<String, InboundRule> read = new HashMap<>(shipped.read());
        read.put(presence.toLowerCase(Locale.ROOT), rule);
        Map<String, Mapping.PlatformMapping> all = new HashMap<>(SHIPPED.platforms());
        all.put("dynamics", new Mapping.PlatformMapping(read, shipped.write()));
        return new Mapping(SHIPPED.strictness(), all);
    }
}
