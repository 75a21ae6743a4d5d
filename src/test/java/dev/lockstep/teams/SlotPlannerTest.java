package dev.lockstep.teams;

import static dev.lockstep.teams.GivenTeams.done;
import static dev.lockstep.teams.GivenTeams.shown;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;
import static dev.lockstep.teams.TeamsPlatform.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.GivenWish;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which slot holds what, in which order it is written, and what stays because a person set it. */
class SlotPlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration FOUR_HOURS = Duration.ofHours(4);
    private static final Duration EIGHT_HOURS = Duration.ofHours(8);
    private static final String AVAILABLE = "Available/Available";
    private static final String CALL = "Busy/InACall";
    private static final String BUSY = "Busy/Busy";

    private static DesiredPresence wish(Status status) {
        return GivenWish.of(
                new Decision(Optional.of(status), Optional.of(status), Optional.empty(), List.of(), Optional.empty()),
                true,
                GivenPlatforms.shippedMapping());
    }

    private static DesiredPresence chosen(Source source, Status status) {
        KnownChoice choice =
                new KnownChoice(source, SourceTime.at(NOW.minusSeconds(5)), status, Optional.empty(), Optional.empty());
        return GivenWish.of(
                new Decision(Optional.of(status), Optional.empty(), Optional.of(choice), List.of(), Optional.empty()),
                true,
                GivenPlatforms.shippedMapping());
    }

    private static final DesiredPresence NOTHING = GivenWish.of(
            new Decision(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
            false,
            GivenPlatforms.shippedMapping());

    private static Plan plan(DesiredPresence wish, Standing standing) {
        return new SlotPlanner(wish, SessionSlots.ONE, standing, GivenTeams.RULES, NOW).plan();
    }

    private static List<String> steps(DesiredPresence wish, Standing standing) {
        return plan(wish, standing).steps().stream()
                .map(step -> step.slot() + " " + (step.isTakenBack() ? "-" : step.value()))
                .toList();
    }

    private static Standing session(String value, long secondsAgo) {
        return Standing.NEW.intending(done(SESSION, value, NOW.minusSeconds(secondsAgo), FOUR_HOURS));
    }

    private static Standing busy(long secondsAgo) {
        return session(AVAILABLE, secondsAgo)
                .intending(done(PREFERRED, BUSY, NOW.minusSeconds(secondsAgo), EIGHT_HOURS));
    }

    @Test
    void whatCannotBeASessionGoesToThePreferredSlotAndASessionCarriesIt() {
        assertThat(steps(wish(Status.ON_A_CALL), Standing.NEW)).containsExactly("session " + CALL);
        assertThat(steps(wish(Status.BUSY), Standing.NEW)).containsExactly("preferred " + BUSY, "session " + AVAILABLE);
        assertThat(steps(wish(Status.OFFLINE), Standing.NEW)).containsExactly("preferred Offline/OffWork");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void everythingWeWriteEndsByItself(Status status) {
        assertThat(plan(wish(status), Standing.NEW).steps())
                .allSatisfy(step -> assertThat(step.until().orElseThrow()).isAfter(NOW));
    }

    @Test
    @DisplayName("becoming stricter, the session is written before the milder preferred status is taken away")
    void theStricterFirst() {
        assertThat(steps(wish(Status.ON_A_CALL), busy(300))).containsExactly("session " + CALL, "preferred -");
        assertThat(steps(wish(Status.BUSY), session(CALL, 300)))
                .containsExactly("preferred " + BUSY, "session " + AVAILABLE);
    }

    @Test
    void withoutAnOpinionWhatWeHoldIsTakenBackAndNothingElse() {
        assertThat(steps(NOTHING, busy(300))).containsExactly("session -", "preferred -");
        assertThat(steps(NOTHING, session(CALL, 300))).containsExactly("session -");
        assertThat(steps(NOTHING, Standing.NEW.seeing(shown("Away/Away", NOW)))).isEmpty();
    }

    @Test
    void aPreferredStatusThatWeLostIsNeverCleared() {
        Standing lost = busy(300).losing(PREFERRED, NOW).seeing(shown("DoNotDisturb/DoNotDisturb", NOW));

        assertThat(steps(NOTHING, lost)).containsExactly("session -");
        assertThat(steps(wish(Status.AVAILABLE), lost)).noneMatch(step -> step.equals("preferred -"));
    }

    @Test
    void aPreferredStatusThatExpiredIsNotCleared() {
        Standing expired = Standing.NEW.intending(done(PREFERRED, BUSY, NOW.minus(Duration.ofHours(9)), EIGHT_HOURS));

        assertThat(steps(NOTHING, expired)).isEmpty();
    }

    @Test
    void aTakingBackThatWasNotAnsweredIsDoneAgain() {
        LedgerEntry begun =
                new LedgerEntry(PREFERRED, "", NOW.minusSeconds(20), Optional.empty(), LedgerEntry.Outcome.UNKNOWN);

        assertThat(steps(NOTHING, Standing.NEW.intending(begun))).containsExactly("preferred -");
    }

    @Test
    void whatAPersonSetStaysAndOurSessionLiesBeside() {
        Standing theirs = Standing.NEW.seeing(shown("DoNotDisturb/DoNotDisturb", NOW));
        Plan plan = plan(wish(Status.ON_A_CALL), theirs);

        assertThat(plan.steps()).extracting(LedgerEntry::slot).containsExactly(SESSION);
        assertThat(plan.condition()).isEqualTo(Condition.HELD_BY_PERSON);
        assertThat(plan.overwrites()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BeRightBack/BeRightBack", "DoNotDisturb/DoNotDisturb", "Offline/OffWork", "Busy/Busy"})
    void whatAPersonChoseInTeamsIsNotOverwrittenByWork(String pair) {
        Status status = GivenPlatforms.shippedMapping()
                .read("teams", pair)
                .orElseThrow()
                .status();
        KnownChoice choice = new KnownChoice(
                Source.TEAMS, SourceTime.at(NOW.minusSeconds(5)), status, Optional.empty(), Optional.empty());
        DesiredPresence call = GivenWish.of(
                new Decision(
                        Optional.of(Status.OFFLINE),
                        Optional.of(Status.OFFLINE),
                        Optional.of(choice),
                        List.of(),
                        Optional.empty()),
                true,
                GivenPlatforms.shippedMapping());
        Standing theirs = Standing.NEW.seeing(shown(pair, NOW));

        assertThat(plan(call, theirs).steps()).noneMatch(step -> step.slot().equals(PREFERRED));
        assertThat(plan(call, theirs).overwrites()).isFalse();
    }

    @Test
    void aNewerChoiceMadeElsewhereOverwritesAndDoesNotClear() {
        Standing theirs = Standing.NEW.seeing(shown("DoNotDisturb/DoNotDisturb", NOW.minusSeconds(60)));
        Plan plan = plan(chosen(Source.DYNAMICS, Status.AVAILABLE), theirs);

        assertThat(plan.overwrites()).isTrue();
        assertThat(plan.steps())
                .anyMatch(step -> step.slot().equals(PREFERRED) && step.value().equals(AVAILABLE));
        assertThat(plan.steps()).noneMatch(LedgerEntry::isTakenBack);
    }

    @Test
    void availableIsWrittenAgainOnlyOnceItFaded() {
        DesiredPresence available = wish(Status.AVAILABLE);

        assertThat(steps(available, session(AVAILABLE, 200).seeing(shown(AVAILABLE, NOW))))
                .isEmpty();
        assertThat(steps(available, session(AVAILABLE, 301).seeing(shown(AVAILABLE, NOW))))
                .isEmpty();
        assertThat(steps(available, session(AVAILABLE, 200).seeing(shown("Available/AvailableInactive", NOW))))
                .isEmpty();
        assertThat(steps(available, session(AVAILABLE, 301).seeing(shown("Available/AvailableInactive", NOW))))
                .containsExactly("session " + AVAILABLE);
        assertThat(steps(available, session(AVAILABLE, 601).seeing(shown("Away/Away", NOW))))
                .containsExactly("session " + AVAILABLE);
    }

    @Test
    void whatWeHoldIsRenewedBeforeItExpires() {
        assertThat(steps(wish(Status.ON_A_CALL), session(CALL, 3 * 3600).seeing(shown(CALL, NOW))))
                .isEmpty();
        Standing old = session(CALL, 3600 * 7 / 2 + 1).seeing(shown(CALL, NOW));
        assertThat(steps(wish(Status.ON_A_CALL), old)).containsExactly("session " + CALL);
        Plan settled = plan(wish(Status.ON_A_CALL), session(CALL, 60).seeing(shown(CALL, NOW)));
        assertThat(settled.reviewAt()).contains(NOW.minusSeconds(60).plusSeconds(3600 * 7 / 2));
    }

    @Test
    void offlineIsNotWrittenAgainWhereWithoutAnySessionOfflineShows() {
        Standing left = Standing.NEW
                .intending(done(PREFERRED, "Offline/OffWork", NOW.minusSeconds(301), FOUR_HOURS))
                .seeing(shown("Offline/Offline", NOW));

        assertThat(steps(wish(Status.OFFLINE), left)).isEmpty();
        assertThat(plan(wish(Status.OFFLINE), left).condition()).isEqualTo(Condition.IN_SYNC);
    }

    @Test
    void whatIsNeverShownIsUnconfirmed() {
        DesiredPresence call = wish(Status.ON_A_CALL);

        assertThat(plan(call, session(CALL, 30)).condition()).isEqualTo(Condition.PENDING);
        assertThat(plan(call, session(CALL, 90)).condition()).isEqualTo(Condition.UNCONFIRMED);
    }

    @Test
    void aStricterFactOfTeamsOwnIsEnough() {
        Standing meeting = session(AVAILABLE, 60).seeing(shown("Busy/InAConferenceCall", NOW));

        assertThat(plan(wish(Status.AVAILABLE), meeting).condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(plan(wish(Status.AVAILABLE), meeting).message()).isEmpty();
    }

    @Test
    void aSecondPlanIsTheSame() {
        assertThat(plan(wish(Status.BUSY), busy(100))).isEqualTo(plan(wish(Status.BUSY), busy(100)));
    }

    @Test
    @DisplayName("a call in Teams is not hidden under our milder preferred status, or nobody would see it end")
    void whatTeamsItselfShowsIsNotHidden() {
        DesiredPresence busy = wish(Status.BUSY);
        DesiredPresence inACallThere = GivenWish.of(
                busy.decision(),
                true,
                GivenPlatforms.shippedMapping(),
                Optional.of(Status.ON_A_CALL),
                Optional.empty());
        DesiredPresence stricter = GivenWish.of(
                wish(Status.DO_NOT_DISTURB).decision(),
                true,
                GivenPlatforms.shippedMapping(),
                Optional.of(Status.ON_A_CALL),
                Optional.empty());

        assertThat(steps(inACallThere, session(CALL, 300))).containsExactly("session " + AVAILABLE);
        assertThat(steps(stricter, session(CALL, 300))).contains("preferred DoNotDisturb/DoNotDisturb");
    }

    @Test
    @DisplayName("while it is not certain whose the preferred status is, only the session is written")
    void besideWhatThePersonSetOurOwnIsNotCleared() {
        LedgerEntry unseen = done(PREFERRED, "Away/Away", NOW.minusSeconds(10), EIGHT_HOURS);
        Standing replaced = session(AVAILABLE, 300).intending(unseen).seeing(shown("BeRightBack/BeRightBack", NOW));

        assertThat(steps(chosen(Source.TEAMS, Status.BE_RIGHT_BACK), replaced)).isEmpty();
    }
}
