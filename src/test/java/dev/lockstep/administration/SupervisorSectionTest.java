package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.configured.StoredSupervisorGroups;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.document.Diagnostic;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which groups supervise which teams, as it is configured, stored and read. */
class SupervisorSectionTest {
    private static final String ONE = "11111111-0000-0000-0000-00000000000a";
    private static final String TWO = "22222222-0000-0000-0000-00000000000b";

    private final ConfigurationFixture world = new ConfigurationFixture(true);

    private List<SupervisorGroup> stored() {
        return new StoredSupervisorGroups(world.documents, world.clock).all();
    }

    @Test
    void aGroupIsGivenTeamsAndLosesThem() {
        assertThat(stored()).isEmpty();
        world.apply("agents: [{agentId: rita, team: Priority}, {agentId: sam, team: standard}]");
        ConfigResponse.Result added = world.apply("supervisors: [{group: " + ONE.toUpperCase(Locale.ROOT)
                + ", teams: priority}, {group: " + TWO + ", teams: [priority, standard]}]");

        assertThat(added.warnings()).isEmpty();
        assertThat(added.changes())
                .containsExactly(
                        new ConfigChange("supervisors " + ONE, "added for priority"),
                        new ConfigChange("supervisors " + TWO, "added for priority, standard"));
        assertThat(stored())
                .containsExactly(
                        new SupervisorGroup(ONE, List.of("priority")),
                        new SupervisorGroup(TWO, List.of("priority", "standard")));
        assertThat(world.apply("supervisors: [{group: " + TWO + ", teams: [standard]}]")
                        .changes())
                .containsExactly(new ConfigChange("supervisors " + TWO, "changed to standard"));
        assertThat(world.apply("supervisors: [{group: " + TWO + ", teams: [standard]}]")
                        .changes())
                .isEmpty();
        assertThat(world.export().get("supervisors")).hasSize(2);
        assertThat(world.apply("supervisors: [{group: " + ONE + ", remove: true}]")
                        .warnings())
                .isEmpty();
        assertThat(world.apply("supervisors: [{group: " + TWO + ", remove: true}]")
                        .warnings())
                .extracting(Diagnostic::message)
                .singleElement()
                .asString()
                .contains("supervises everybody");
        assertThat(stored()).isEmpty();
        assertThat(world.configured()).isEmpty();
        assertThat(world.export().has("supervisors")).isFalse();
    }

    /** As ever, or an upgrade would let in whom nobody meant, or nobody at all. */
    @Test
    void theStoredFormIsTheSame() {
        world.documents.put(
                Map.of("supervisors", "[ {\"group\":\"" + ONE + "\",\"teams\":[\"Priority\"],\"later\":1} ]"));

        assertThat(stored()).singleElement().satisfies(group -> {
            assertThat(group.covers("priority")).isTrue();
            assertThat(group.covers("standard")).isFalse();
            assertThat(group.covers("")).isFalse();
        });
    }

    /** Unreadable is not the same as absent: that would let everybody supervise everybody. */
    @ParameterizedTest
    @ValueSource(
            strings = {"[{\"group\": 7}]", "[null]", "[{\"teams\":[\"priority\"]}]", "[{\"group\":\"g\"}, 7]", "{}", "-"
            })
    void whatCannotBeReadLetsNobodySupervise(String text) {
        world.documents.put(Map.of("supervisors", text));

        assertThat(stored()).isNotEmpty().noneMatch(group -> group.covers("priority"));
        world.apply("supervisors: [{group: " + ONE + ", remove: true}]");
        assertThat(stored()).isNotEmpty();
        world.apply("supervisors: [{group: " + ONE + ", teams: [priority]}]");
        assertThat(stored()).singleElement().matches(group -> group.covers("Priority "));
    }

    @ParameterizedTest
    @CsvSource({
        "'{teams: [a]}', supervisors[0].group",
        "'{group: leads, teams: [a]}', supervisors[0].group",
        "'{group: 11111111-0000-0000-0000-00000000000a}', supervisors[0].teams",
        "'{group: 11111111-0000-0000-0000-00000000000a, teams: []}', supervisors[0].teams",
        "'{group: 11111111-0000-0000-0000-00000000000a, teams: [\" \"]}', supervisors[0].teams",
        "'{group: 11111111-0000-0000-0000-00000000000a, team: a, teams: [a]}', supervisors[0].team",
    })
    void aMistakeIsToldWithItsPlace(String entry, String path) {
        assertThat(world.refused("supervisors: [" + entry + "]"))
                .extracting(Diagnostic::path)
                .contains(path);
    }

    @Test
    void aGroupThatStandsTwiceAndATeamWithoutPeopleAreTold() {
        String entry = "{group: " + ONE + ", teams: [nobodys]}";

        assertThat(world.refused("supervisors: [" + entry + ", " + entry + "]")).hasSize(1);
        assertThat(world.apply("supervisors: [" + entry + "]").warnings())
                .extracting(Diagnostic::message)
                .singleElement()
                .asString()
                .contains("nobody is in the team");
    }
}
