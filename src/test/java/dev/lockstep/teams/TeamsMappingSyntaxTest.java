package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ships for Teams fits what Graph takes and shows. */
class TeamsMappingSyntaxTest {
    @ParameterizedTest
    @EnumSource(Status.class)
    void whatShipsShowsEveryStatusAsGraphTakesIt(Status status) {
        OutboundRule teams =
                GivenPlatforms.shippedMapping().write("teams", status).orElseThrow();
        assertThat(TeamsPairs.taken(teams.slot(), teams.values().getFirst())).isPresent();
        assertThat(teams.expiry()).isPresent();
    }

    @Test
    void whatShipsReadsEveryPairThatGraphCouldShow() {
        Mapping shipped = GivenPlatforms.shippedMapping();
        for (String availability : TeamsPairs.AVAILABILITIES) {
            for (String activity : TeamsPairs.ACTIVITIES) {
                assertThat(shipped.read("teams", availability + "/" + activity))
                        .as("%s/%s", availability, activity)
                        .isPresent();
            }
        }
        assertThat(shipped.read("teams", "Busy/SomethingNew")).contains(InboundRule.IGNORED);
        assertThat(shipped.read("teams", "SomethingNew/Busy")).isEmpty();
    }

    @Test
    void thePageKnowsWhatGraphTakes() throws IOException {
        String page = Files.readString(Path.of("docs/mapping.md"));
        TeamsPairs.OF_SESSION.forEach(pair -> assertThat(page).contains("`" + pair + "`"));
        TeamsPairs.OF_PREFERRED.forEach(pair -> assertThat(page).contains("`" + pair + "`"));
    }
}
