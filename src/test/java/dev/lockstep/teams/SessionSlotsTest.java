package dev.lockstep.teams;

import static dev.lockstep.teams.GivenTeams.done;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;
import static dev.lockstep.teams.TeamsPlatform.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Shares;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several app registrations in Teams: each has a session of its own with everybody. */
class SessionSlotsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration LIFE = Duration.ofHours(4);
    private static final String FIRST = "11111111-0000-0000-0000-000000000001";
    private static final String SECOND = "22222222-0000-0000-0000-000000000002";
    private static final String OF_SECOND = "session#22222222";
    private static final SessionSlots TWO = new SessionSlots(new Shares(List.of(FIRST, SECOND)), List.of());

    /** Who belongs to that one of the two. */
    private static String agentOf(String clientId) {
        return IntStream.range(0, 100)
                .mapToObj(number -> "agent" + number + "@contoso.com")
                .filter(agent -> TWO.shares().of(agent).equals(clientId))
                .findFirst()
                .orElseThrow();
    }

    private static Plan plan(SessionSlots sessions, String agentId, Optional<Status> status, Standing standing) {
        DesiredPresence wish = new DesiredPresence(
                new Decision(status, status, Optional.empty(), List.of(), Optional.empty()),
                true,
                GivenPlatforms.shippedMapping(),
                Optional.empty(),
                Optional.empty(),
                agentId);
        return new SlotPlanner(wish, sessions, standing, GivenTeams.RULES, NOW).plan();
    }

    private static List<String> steps(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.slot() + " " + (step.isTakenBack() ? "-" : step.value()))
                .toList();
    }

    private static Standing holding(String slot, String value) {
        return Standing.NEW.intending(done(slot, value, NOW.minusSeconds(600), LIFE));
    }

    @Test
    void eachHasItsOwnAndTheFirstKeepsItsName() {
        assertThat(TWO.of(agentOf(FIRST))).isEqualTo(SESSION);
        assertThat(TWO.of(agentOf(SECOND))).isEqualTo(OF_SECOND);
        assertThat(SessionSlots.ONE.of(agentOf(SECOND))).isEqualTo(SESSION);
        assertThat(TWO.owner(SESSION)).contains("");
        assertThat(TWO.owner(OF_SECOND)).contains(SECOND);
        assertThat(SessionSlots.ONE.owner(OF_SECOND)).isEmpty();
    }

    @Test
    void twoThatBeginAlikeAreRefused() {
        List<String> alike = List.of(FIRST, "22222222-0000-0000-0000-000000000003");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionSlots(new Shares(alike), List.of(SECOND)))
                .withMessageContaining(OF_SECOND);
    }

    @Test
    @DisplayName("whoever the agent belongs to now sets the session, and then the other one takes back what it holds")
    void anAgentWhoChangesHandsIsNeverWithout() {
        Standing call = holding(SESSION, "Busy/InACall");

        assertThat(steps(plan(TWO, agentOf(SECOND), Optional.of(Status.ON_A_CALL), call)))
                .containsExactly(OF_SECOND + " Busy/InACall", SESSION + " -");
        assertThat(steps(plan(TWO, agentOf(FIRST), Optional.of(Status.ON_A_CALL), holding(OF_SECOND, "Busy/InACall"))))
                .containsExactly(SESSION + " Busy/InACall", OF_SECOND + " -");
        assertThat(steps(plan(TWO, agentOf(SECOND), Optional.empty(), call)))
                .as("where nothing is wanted any more")
                .containsExactly(SESSION + " -");
    }

    @Test
    @DisplayName("what a retired one holds is taken back by it; what one holds that is gone is Teams' to end")
    void whoIsRetiredTakesBackAndWhoIsGoneCannot() {
        Standing held = holding(OF_SECOND, "Busy/InACall");
        SessionSlots retired = new SessionSlots(Shares.ONE, List.of(SECOND));

        assertThat(steps(plan(retired, agentOf(SECOND), Optional.of(Status.AVAILABLE), held)))
                .containsExactly(SESSION + " Available/Available", OF_SECOND + " -");
        assertThat(steps(plan(SessionSlots.ONE, agentOf(SECOND), Optional.of(Status.AVAILABLE), held)))
                .containsExactly(SESSION + " Available/Available");
    }

    @Test
    @DisplayName("a session of ours is ours, whichever registration it belongs to")
    void whatAnyOfOursShowsIsNoCallOfTeams() {
        Standing held = holding(OF_SECOND, "Busy/InACall");

        for (String agent : List.of(agentOf(FIRST), agentOf(SECOND))) {
            assertThat(new PresenceInterpreter(
                                    GivenTeams.shown("Busy/InACall", NOW),
                                    held,
                                    Situation.unknown(),
                                    GivenPlatforms.shippedMapping(),
                                    GivenTeams.RULES,
                                    NOW)
                            .interpretation()
                            .signals())
                    .as(agent)
                    .isEmpty();
        }
        assertThat(SessionSlots.held(held.ledger(), NOW).map(LedgerEntry::slot)).contains(OF_SECOND);
        assertThat(SessionSlots.held(holding(PREFERRED, "Busy/Busy").ledger(), NOW))
                .isEmpty();
    }
}
