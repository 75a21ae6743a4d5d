package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A change of the order reaches whom it concerns, as one of what is read and written does. */
class OrderChangedTest {
    private static final String RITA = "agents: [{agentId: rita, identities: [dynamics#"
            + ConfigurationFixture.RITA_IN_DYNAMICS + ", teams#" + ConfigurationFixture.RITA_IN_TEAMS + "]}]\n";
    private static final String MEETING_OUTWEIGHS_CALL =
            "mappings: {default: {order: [available, away, beRightBack, busy, onACall, inAMeeting, doNotDisturb, offline]}}";

    private final ConfigurationFixture world = new ConfigurationFixture(true);

    /** On a call and in a meeting: the call outweighs the meeting, as shipped. */
    private AgentState onACallInAMeeting() {
        world.apply(RITA);
        SourceTime now = SourceTime.at(world.clock.instant());
        AgentState rita = world.agent("rita");
        AgentState told = rita.with(rita.situation()
                .fold(List.of(
                        new Signal.SignedIn(Source.DYNAMICS, now, true),
                        new Signal.Fact(Source.TEAMS, now, "presence", Status.IN_A_MEETING, Optional.empty()),
                        new Signal.Call(Source.phone("desk"), now, "1042", "a", CallState.CONNECTED, false))));
        Instant at = world.clock.instant();
        AgentState saved = world.save(told.deciding(new Decider(Policy.DEFAULT).decide(told.situation(), at), at)
                .released(Optional.of(at.plusSeconds(9_000))));
        assertThat(saved.decided().orElseThrow().status()).contains(Status.ON_A_CALL);
        return saved;
    }

    @Test
    void whoIsSomethingElseByTheNewOrderIsLookedAtSoon() {
        onACallInAMeeting();
        world.apply(MEETING_OUTWEIGHS_CALL);
        assertThat(world.agent("rita").dueAt())
                .hasValueSatisfying(due -> assertThat(due).isBeforeOrEqualTo(world.clock.instant()));
        assertThat(world.agent("rita").lookAgainAt()).isPresent();
    }

    @Test
    void theDryRunNamesThem() {
        onACallInAMeeting();
        ConfigResponse.Result shown = world.ask("dry-run", MEETING_OUTWEIGHS_CALL);
        assertThat(shown.changes())
                .anySatisfy(change -> assertThat(change.affected()).isEqualTo(1));
    }
}
