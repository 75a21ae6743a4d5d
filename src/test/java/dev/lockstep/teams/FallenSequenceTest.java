package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Situation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody says that Graph's numbers rise for ever: it may count anew. */
class FallenSequenceTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Standing standing = Standing.NEW;

    private Interpretation look(String availability, String sequence, long seconds) {
        Observation seen = new Observation(
                "teams",
                NOON.plusSeconds(seconds),
                Map.of("availability", availability, "activity", availability, "sequence", sequence));
        Interpretation meaning = new PresenceInterpreter(
                        seen,
                        standing,
                        Situation.unknown(),
                        GivenPlatforms.shippedMapping(),
                        GivenTeams.RULES,
                        seen.askedAt())
                .interpretation();
        standing = meaning.standing();
        return meaning;
    }

    private String shown() {
        return standing.observed()
                .orElseThrow()
                .field(TeamsPresence.AVAILABILITY)
                .orElseThrow();
    }

    @Test
    void whatTwoLooksAgreeOnWhenReadsHaveCaughtUpIsBelieved() {
        look("Available", "A0009", 0);

        assertThat(look("Busy", "A0001", 5).signals()).isEmpty();
        assertThat(look("Busy", "A0001", 20).signals()).isEmpty();
        assertThat(shown()).isEqualTo("Available");
        assertThat(look("Busy", "A0001", 35).signals()).hasSize(1);
        assertThat(shown()).isEqualTo("Busy");
        assertThat(look("DoNotDisturb", "A0002", 40).signals()).hasSize(1);
    }

    @Test
    void theSecondMayShowMoreThanTheFirst() {
        look("Available", "A0009", 0);
        look("Busy", "A0001", 5);

        assertThat(look("DoNotDisturb", "A0002", 35).signals()).hasSize(1);
    }

    @Test
    void whereTheSameShowsTheNewCountIsTakenAllTheSame() {
        look("Available", "A0009", 0);
        look("Available", "A0001", 5);
        look("Available", "A0001", 40);

        assertThat(look("Busy", "A0002", 45).signals()).hasSize(1);
    }

    @Test
    void oldVersionsThatComeLateWhileNewerOnesShowAreNever() {
        look("Available", "A0009", 0);
        look("Busy", "A0007", 5);
        look("Available", "A0009", 10);

        assertThat(look("Busy", "A0007", 50).signals()).isEmpty();
        assertThat(shown()).isEqualTo("Available");
        look("Available", "A0009", 55);
        assertThat(look("Busy", "A0008", 120).signals()).isEmpty();
    }

    @Test
    void oneThatFallsFurtherBeginsAnew() {
        look("Available", "A0009", 0);
        look("Busy", "A0007", 5);
        look("Busy", "A0001", 34);

        assertThat(look("Busy", "A0001", 40).signals()).isEmpty();
        assertThat(look("Busy", "A0001", 64).signals()).hasSize(1);
    }
}
