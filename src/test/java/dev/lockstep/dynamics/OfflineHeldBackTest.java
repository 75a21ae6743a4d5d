package dev.lockstep.dynamics;

import static dev.lockstep.dynamics.GivenDynamics.AWAY;
import static dev.lockstep.dynamics.GivenDynamics.DND;
import static dev.lockstep.dynamics.GivenDynamics.OFFLINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.dynamics.GivenDynamics.Row;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who picks Offline after something that keeps work away is not Available anywhere while the Offline is held back. */
class OfflineHeldBackTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {AWAY, DND})
    void fromOneRestrictivePickToOfflineNobodyIsAvailable(String before) {
        Situation situation = Situation.unknown()
                .fold(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(NOON.minusSeconds(3600)), true));
        Standing standing = Standing.NEW;
        for (Observation row : new Observation[] {
            Row.of(before, NOON).byPerson().at(NOON.plusSeconds(1)),
            Row.of(OFFLINE, NOON.plusSeconds(600)).byPerson().at(NOON.plusSeconds(601))
        }) {
            ReadablePlatform.Interpretation meaning = new StatusInterpreter(
                            new PresenceMeanings(GivenDynamics.PRESENCES, GivenPlatforms.shippedMapping()),
                            GivenDynamics.RULES,
                            row.askedAt())
                    .read(row, standing, situation);
            situation = situation.fold(meaning.signals());
            standing = meaning.standing();
        }
        Decider decider = new Decider(Policy.DEFAULT);
        assertThat(decider.decide(situation, NOON.plusSeconds(800)).status()).contains(Status.OFFLINE);
        for (int second = 601; second < 765; second += 20) {
            assertThat(decider.decide(situation, NOON.plusSeconds(second)).status())
                    .as("after %d s", second - 600)
                    .isNotEqualTo(java.util.Optional.of(Status.AVAILABLE));
        }
    }
}
