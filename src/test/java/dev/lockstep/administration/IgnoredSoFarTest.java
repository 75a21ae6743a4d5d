package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Observation;
import dev.lockstep.teams.SessionSlots;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was ignored so far and counts from now on concerns whoever shows it. */
class IgnoredSoFarTest {
    private final ConfigurationFixture world = new ConfigurationFixture(true);

    @Test
    void theDryRunNamesWhoShowsWhatIsNoLongerIgnored() {
        world.connected =
                () -> List.of(new TeamsPlatform(null, SessionSlots.ONE, Defaults.of(TeamsSettings.class), world.clock));
        world.apply("agents: [{agentId: rita, name: Rita Rep, identities: [teams#" + ConfigurationFixture.RITA_IN_TEAMS
                + "]}]\n");
        AgentState rita = world.agent("rita");
        Observation idle =
                new Observation("teams", world.clock.instant(), Map.of("availability", "Away", "activity", "Away"));
        world.save(rita.with("teams", rita.standing("teams").seeing(idle)));

        ConfigResponse.Result shown =
                world.ask("dry-run", "mappings: {default: {teams: {read: {Away/Away: {means: away, as: fact}}}}}");
        assertThat(shown.mistakes()).isEmpty();
        assertThat(shown.changes().getLast().agents())
                .containsExactly(new ConfigChange.Effect(
                        "rita", "Rita Rep", "", "teams", "is ignored", "is read as the fact away"));
    }
}
