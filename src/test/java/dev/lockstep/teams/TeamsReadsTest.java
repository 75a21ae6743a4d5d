package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Graph answers, in the words of an observation, and by which status it is shown. */
class TeamsReadsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final TeamsPlatform platform =
            new TeamsPlatform(new Answering(), SessionSlots.ONE, GivenTeams.RULES, () -> NOW);

    private static final class Answering extends GivenTeams.Nobody {
        @Override
        public Map<String, Presence> presences(Collection<String> userIds) {
            return Map.of(
                    "t-rita", new Presence("Busy", "InACall", Optional.of("0008")),
                    "t-sam", new Presence("Away", "Away", Optional.empty()));
        }
    }

    @Test
    void everybodysPresenceIsReadWithTheTimeOfAskingAndTheVersionWhereThereIsOne() {
        assertThat(platform.read(List.of("t-rita", "t-sam", "t-nobody")))
                .containsOnly(
                        Map.entry("t-rita", observed("Busy", "InACall", "0008")),
                        Map.entry("t-sam", GivenTeams.shown("Away/Away", NOW)));
    }

    private static Observation observed(String availability, String activity, String sequence) {
        return new Observation(
                "teams", NOW, Map.of("availability", availability, "activity", activity, "sequence", sequence));
    }

    @ParameterizedTest
    @CsvSource({
        "Busy/InACall, ON_A_CALL",
        "Busy/Busy, BUSY",
        "Away/Away, AWAY",
        "Offline/Offline, OFFLINE",
        "Busy/OutOfOffice, BUSY",
        "PresenceUnknown/PresenceUnknown,"
    })
    void whatSaysNothingOfThePersonIsStillShownByItsName(String pair, Status status) {
        assertThat(platform.showing(GivenTeams.shown(pair, NOW), Optional.empty(), GivenPlatforms.shippedMapping()))
                .isEqualTo(Optional.ofNullable(status));
    }

    @Test
    void whatWeWriteThereCanHideACallSoItIsLookedAtAfresh() {
        assertThat(platform.name()).isEqualTo("teams");
        assertThat(platform.coversItsOwnFacts()).isTrue();
    }
}
