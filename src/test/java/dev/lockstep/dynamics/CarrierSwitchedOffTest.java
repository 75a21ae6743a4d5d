package dev.lockstep.dynamics;

import static dev.lockstep.dynamics.GivenDynamics.DND;
import static dev.lockstep.dynamics.GivenDynamics.ON_A_CALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.intake.Trigger;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.sync.SyncHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An administrator switches "On a call" off: calls are shown by the next presence that the mapping names, soon. */
class CarrierSwitchedOffTest {
    private static final String RITA = "11111111-0000-0000-0000-000000000001";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<PresenceRow> presences = new ArrayList<>(GivenDynamics.PRESENCES.rows());
    private final List<String> shown = new ArrayList<>();

    private final class Center extends EmptyDataverse {
        @Override
        public void modify(String agentId, String systemUserId, String presenceId) {
            if (presences.stream().noneMatch(row -> row.id().equals(presenceId))) {
                throw new PlatformException.Rejected("Invalid presence " + presenceId);
            }
            shown.add(presenceId);
        }

        @Override
        public List<PresenceRow> presences() {
            return List.copyOf(presences);
        }
    }

    @Test
    void aCallIsProtectedByTheNextPresenceThatTheMappingNames() throws Exception {
        Center api = new Center();
        InMemoryAgentStore store = new InMemoryAgentStore(StoreFaults.NONE);
        DynamicsPlatform platform = new DynamicsPlatform(
                api, new CachedPresenceCatalogue(api, new InMemoryControl(clock), clock), GivenDynamics.RULES, clock);
        SyncHarness sync = SyncHarness.over(
                        store, new InMemoryTimeline(Duration.ofDays(30), clock), List.of(platform), clock)
                .build();
        store.save(AgentState.of("rita", new Profile("rita", "", Map.of("dynamics", RITA))));
        accept(sync, new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(clock.instant()), true));

        presences.removeIf(row -> row.id().equals(ON_A_CALL));
        clock.advance(Duration.ofSeconds(5));
        accept(
                sync,
                new Signal.Call(
                        Source.phone("desk"), SourceTime.at(clock.instant()), "1042", "a", CallState.CONNECTED, false));
        for (int minute = 0; minute < 4; minute++) {
            clock.advance(Duration.ofMinutes(1));
            sync.sweep(Countdown.of(clock, Duration.ofSeconds(25)));
        }
        assertThat(shown).last().isEqualTo(DND);
    }

    @Test
    void aCallThatNothingCouldShowIsShownSoonAfterItsPresenceWasMade() throws Exception {
        Center api = new Center();
        PresenceRow missing = presences.stream()
                .filter(row -> row.id().equals(ON_A_CALL))
                .findFirst()
                .orElseThrow();
        presences.remove(missing);
        Mapping alone = GivenPlatforms.SCHEMA.mapping(
                List.of(MappingDocument.read(MappingDocument.DEFAULT, "dynamics: {write: {onACall: On a call}}")));
        InMemoryAgentStore store = new InMemoryAgentStore(StoreFaults.NONE);
        DynamicsPlatform platform = new DynamicsPlatform(
                api, new CachedPresenceCatalogue(api, new InMemoryControl(clock), clock), GivenDynamics.RULES, clock);
        SyncHarness sync = SyncHarness.over(
                        store, new InMemoryTimeline(Duration.ofDays(30), clock), List.of(platform), clock)
                .mapping(team -> alone)
                .build();
        store.save(AgentState.of("rita", new Profile("rita", "", Map.of("dynamics", RITA))));
        accept(sync, new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(clock.instant()), true));
        clock.advance(Duration.ofSeconds(5));
        accept(
                sync,
                new Signal.Call(
                        Source.phone("desk"), SourceTime.at(clock.instant()), "1042", "a", CallState.CONNECTED, false));
        assertThat(store.load("rita").orElseThrow().standing("dynamics").condition())
                .isEqualTo(Condition.UNMAPPED);

        presences.add(missing);
        // The list of presences is read anew after ten minutes.
        for (int minute = 0; minute < 15; minute++) {
            clock.advance(Duration.ofMinutes(1));
            sync.sweep(Countdown.of(clock, Duration.ofSeconds(25)));
        }
        assertThat(shown).last().isEqualTo(ON_A_CALL);
    }

    private static void accept(SyncHarness sync, Signal signal) {
        sync.synchronizer().accept("rita", List.of(new Evidence.Reported(signal)), new Trigger("test", "1"));
    }
}
