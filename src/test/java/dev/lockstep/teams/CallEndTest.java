package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.dynamics.DynamicsInSimulation;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.dynamics.QuietContactCenter;
import dev.lockstep.intake.Trigger;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.SyncHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a call in Teams lets work in when it was seen twice: by whoever told of it, and by our own look after that. */
class CallEndTest {
    private static final String RITA = "rita@contoso.com";
    private static final UUID USER = UUID.nameUUIDFromBytes(RITA.getBytes());
    private static final UUID ENTRA = UUID.nameUUIDFromBytes("entra".getBytes());

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-23T09:00:00Z"));
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final ContactCenter center = QuietContactCenter.of(
            time,
            DynamicsBehaviour.harsh().withRows(DynamicsBehaviour.harsh().rows().withDelay(Duration.ZERO)));
    private String shows = "Busy/InACall";
    private SyncHarness sync;

    private final class Graph extends GivenTeams.Nobody {
        @Override
        public Map<String, Presence> presences(Collection<String> userIds) {
            String[] pair = shows.split("/");
            return Map.of(ENTRA.toString(), new Presence(pair[0], pair[1], Optional.empty()));
        }
    }

    @BeforeEach
    void talkInTeams() throws AgentStore.Conflict {
        center.presence().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        center.presence().add(Representative.of(USER, "Rita", RITA, ENTRA));
        DynamicsInSimulation dynamics =
                new DynamicsInSimulation(center, PlatformCalls.DIRECT, time, Defaults.of(DynamicsSettings.class));
        sync = SyncHarness.over(
                        store,
                        new InMemoryTimeline(Duration.ofDays(1), time),
                        List.of(
                                dynamics.platform(),
                                new TeamsPlatform(new Graph(), SessionSlots.ONE, GivenTeams.RULES, time)),
                        time)
                .build();
        store.save(AgentState.of(
                RITA, new Profile("Rita", "", Map.of("dynamics", USER.toString(), "teams", ENTRA.toString()))));
        center.presence().signIn(USER);
        accept(new Evidence.Reported(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(time.instant()), true)));
        told("Busy/InACall");
        assertThat(inDynamics()).isEqualTo("On a call");
        time.skip(Duration.ofMinutes(5));
    }

    private void accept(Evidence evidence) {
        sync.synchronizer().accept(RITA, List.of(evidence), new Trigger("test", "c1"));
    }

    private void told(String pair) {
        time.skip(Duration.ofSeconds(5));
        accept(new Evidence.Observed(Optional.empty(), GivenTeams.shown(pair, time.instant())));
    }

    private String inDynamics() {
        return center.presence().agent(USER).orElseThrow().presence().name();
    }

    @Test
    void anEndThatTheNextLookDoesNotConfirmLetsNothingIn() {
        told("Available/Available");

        assertThat(inDynamics()).isEqualTo("On a call");
    }

    @Test
    void oneThatIsSeenTwiceDoes() {
        shows = "Available/Available";
        told("Available/Available");

        assertThat(inDynamics()).isEqualTo("Available");
    }
}
