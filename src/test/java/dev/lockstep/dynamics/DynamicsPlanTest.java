package dev.lockstep.dynamics;

import static dev.lockstep.dynamics.GivenDynamics.AVAILABLE;
import static dev.lockstep.dynamics.GivenDynamics.AWAY;
import static dev.lockstep.dynamics.GivenDynamics.BUSY;
import static dev.lockstep.dynamics.GivenDynamics.CHAT_ONLY;
import static dev.lockstep.dynamics.GivenDynamics.DND;
import static dev.lockstep.dynamics.GivenDynamics.INACTIVE;
import static dev.lockstep.dynamics.GivenDynamics.LUNCH;
import static dev.lockstep.dynamics.GivenDynamics.OFFLINE;
import static dev.lockstep.dynamics.GivenDynamics.ON_A_CALL;
import static dev.lockstep.dynamics.GivenDynamics.RECONNECT;
import static dev.lockstep.dynamics.GivenDynamics.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.dynamics.GivenDynamics.Row;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingInvalid;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.GivenWish;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Reason;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protection, restoring, and what people and the platform did themselves. */
class DynamicsPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final DynamicsPlatform platform = new DynamicsPlatform(
            DynamicsPlatformContractTest.nobody(), () -> GivenDynamics.PRESENCES, GivenDynamics.RULES, () -> NOW);

    private static DesiredPresence demanded(Status status) {
        return GivenWish.of(
                new Decision(Optional.of(status), Optional.of(status), Optional.empty(), List.of(), Optional.empty()),
                true,
                GivenPlatforms.shippedMapping());
    }

    private static DesiredPresence wanted(Status status) {
        return GivenWish.of(
                new Decision(Optional.of(status), Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
                true,
                GivenPlatforms.shippedMapping());
    }

    private static DesiredPresence chosen(Source source, Status status, Instant at) {
        KnownChoice choice = new KnownChoice(source, SourceTime.at(at), status, Optional.empty(), Optional.empty());
        return GivenWish.of(
                new Decision(Optional.of(status), Optional.empty(), Optional.of(choice), List.of(), Optional.empty()),
                true,
                GivenPlatforms.shippedMapping());
    }

    private static Standing showing(Row row) {
        return Standing.NEW.seeing(row.at(NOW.minusSeconds(60)));
    }

    private static LedgerEntry entry(String presenceId, Instant at, LedgerEntry.Outcome outcome) {
        return new LedgerEntry(DynamicsPlatform.SLOT, presenceId, at, Optional.empty(), outcome);
    }

    /** Our own write, seen. */
    private static Standing holding(String presenceId, int conversations) {
        Instant at = NOW.minusSeconds(300);
        return showing(Row.of(presenceId, at).byPerson().working(conversations))
                .intending(entry(presenceId, at, LedgerEntry.Outcome.SEEN));
    }

    private String written(DesiredPresence wish, Standing standing) {
        return platform.plan(wish, standing, NOW).steps().stream()
                .map(LedgerEntry::value)
                .findFirst()
                .orElse("nothing");
    }

    /** The default at sign-in, or what was picked before the connection was lost. */
    @ParameterizedTest
    @CsvSource({"192350003, true", "192350004, true", "192350009, false"})
    void whatAnArrivalBringsGivesWayToANewerChoice(String event, boolean givesWay) {
        Standing arrived = showing(Row.of(OFFLINE, NOW.minusSeconds(60)).bySystem(event));
        String expected = givesWay ? AWAY : "nothing";

        assertThat(written(chosen(Source.TEAMS, Status.AWAY, NOW.minusSeconds(10)), arrived))
                .isEqualTo(expected);
        assertThat(written(chosen(Source.TEAMS, Status.AWAY, NOW.minusSeconds(100)), arrived))
                .as("the arrival came after it, and what was chosen in Dynamics before")
                .isEqualTo(expected);
    }

    @Test
    void aCallIsProtectedFromWork() {
        Plan plan = platform.plan(
                demanded(Status.ON_A_CALL),
                showing(Row.of(AVAILABLE, NOW.minusSeconds(90)).byPerson()),
                NOW);

        assertThat(plan.steps()).extracting(LedgerEntry::value).containsExactly(ON_A_CALL);
        assertThat(plan.releases()).isFalse();
        assertThat(plan.overwrites()).isTrue();
    }

    @Test
    void whoMakesThemselvesAvailableDuringACallIsProtectedAgain() {
        Standing overwritten = showing(Row.of(AVAILABLE, NOW.minusSeconds(5)).byPerson());

        assertThat(written(demanded(Status.ON_A_CALL), overwritten)).isEqualTo(ON_A_CALL);
    }

    @Test
    void whoIsStricterDuringACallStaysSo() {
        Plan plan = platform.plan(
                demanded(Status.BUSY), showing(Row.of(DND, NOW.minusSeconds(5)).byPerson()), NOW);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.condition()).isEqualTo(Condition.HELD_BY_PERSON);
    }

    @Test
    void afterACallTheAgentIsAvailableOrBusyByTheWorkInHand() {
        assertThat(written(wanted(Status.AVAILABLE), holding(ON_A_CALL, 0))).isEqualTo(AVAILABLE);
        assertThat(written(wanted(Status.AVAILABLE), holding(ON_A_CALL, 2))).isEqualTo(BUSY);
    }

    @Test
    void afterACallTheChoiceComesBack() {
        Instant before = NOW.minusSeconds(600);

        assertThat(written(chosen(Source.DYNAMICS, Status.AWAY, before), holding(ON_A_CALL, 0)))
                .isEqualTo(AWAY);
        assertThat(written(chosen(Source.TEAMS, Status.AVAILABLE, before), holding(ON_A_CALL, 2)))
                .isEqualTo(AVAILABLE);
    }

    private static DesiredPresence picked(String presenceId, Status status) {
        KnownChoice choice = new KnownChoice(
                Source.DYNAMICS,
                SourceTime.at(NOW.minusSeconds(600)),
                status,
                Optional.of(presenceId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return GivenWish.of(
                new Decision(Optional.of(status), Optional.empty(), Optional.of(choice), List.of(), Optional.empty()),
                true,
                GivenPlatforms.shippedMapping(),
                Optional.empty(),
                Optional.of(choice));
    }

    @Test
    @DisplayName("after a call the very presence comes back that the person had picked, not another of its status")
    void theVeryPresenceComesBack() {
        assertThat(written(picked(LUNCH, Status.AWAY), holding(ON_A_CALL, 0))).isEqualTo(LUNCH);
        assertThat(written(picked(CHAT_ONLY, Status.AVAILABLE), holding(ON_A_CALL, 2)))
                .isEqualTo(CHAT_ONLY);
        assertThat(written(picked(TRAINING, Status.DO_NOT_DISTURB), holding(ON_A_CALL, 0)))
                .isEqualTo(TRAINING);
    }

    @Test
    @DisplayName("so it does where an application has said the same since, of which it knows no presence")
    void theVeryPresenceComesBackThoughOthersSaidTheSame() {
        Decision toldElsewhere = chosen(Source.application("crm"), Status.AWAY, NOW.minusSeconds(50))
                .decision();
        DesiredPresence both = GivenWish.of(
                toldElsewhere,
                true,
                GivenPlatforms.shippedMapping(),
                Optional.empty(),
                picked(LUNCH, Status.AWAY).picked());

        assertThat(written(both, holding(ON_A_CALL, 0))).isEqualTo(LUNCH);
    }

    @Test
    @DisplayName(
            "what an application or Teams asks for and shows already stays the very presence that the person picked")
    void thePickedPresenceThatShowsWhatIsAskedForElsewhereStays() {
        Source crm = Source.application("crm");
        Standing lunch = showing(Row.of(LUNCH, NOW.minusSeconds(100)).byPerson());

        assertThat(written(chosen(crm, Status.AWAY, NOW.minusSeconds(50)), lunch))
                .isEqualTo("nothing");
        assertThat(written(chosen(crm, Status.BE_RIGHT_BACK, NOW.minusSeconds(50)), lunch))
                .isNotEqualTo("nothing");
        assertThat(written(chosen(crm, Status.AVAILABLE, NOW.minusSeconds(50)), lunch))
                .isEqualTo(AVAILABLE);
    }

    @Test
    @DisplayName("a presence that is gone, or means something else by now, is not brought back")
    void whatIsNoLongerWhatItWas() {
        String gone = "0a0a0a0a-0000-4000-8000-00000000ffff";

        assertThat(written(picked(gone, Status.AWAY), holding(ON_A_CALL, 0))).isEqualTo(AWAY);
        assertThat(written(picked(LUNCH, Status.BUSY), holding(ON_A_CALL, 0))).isEqualTo(BUSY);
        assertThat(written(picked(ON_A_CALL, Status.AVAILABLE), holding(ON_A_CALL, 0)))
                .isEqualTo(AVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"30, false, efdeb843", "0, false, 08971864", "-10, false, 08971864", "30, true, 08971864"})
    @DisplayName("Busy is not written where Dynamics can give nothing more")
    void exhausted(int unitsLeft, boolean blocked, String presence) {
        Instant at = NOW.minusSeconds(300);
        Standing full = showing(Row.of(ON_A_CALL, at)
                        .byPerson()
                        .working(2)
                        .with(StatusFields.UNITS_LEFT, String.valueOf(unitsLeft))
                        .with(StatusFields.BLOCKED, String.valueOf(blocked)))
                .intending(entry(ON_A_CALL, at, LedgerEntry.Outcome.SEEN));

        assertThat(written(wanted(Status.AVAILABLE), full)).startsWith(presence);
        boolean isFull = presence.startsWith(DND.substring(0, 8));
        assertThat(written(chosen(Source.TEAMS, Status.AVAILABLE, NOW), full))
                .as("whatever was picked elsewhere")
                .isEqualTo(isFull ? DND : AVAILABLE);
        assertThat(written(chosen(Source.DYNAMICS, Status.AVAILABLE, NOW), full))
                .as("but what was picked in Dynamics shows there")
                .isEqualTo(AVAILABLE);
    }

    @Test
    @DisplayName("only what lets work in again is a release")
    void releases() {
        assertThat(platform.plan(wanted(Status.AVAILABLE), holding(ON_A_CALL, 0), NOW)
                        .releases())
                .isTrue();
        assertThat(platform.plan(demanded(Status.BUSY), holding(ON_A_CALL, 0), NOW)
                        .releases())
                .isTrue();
        assertThat(platform.plan(demanded(Status.DO_NOT_DISTURB), holding(ON_A_CALL, 0), NOW)
                        .releases())
                .isFalse();
        assertThat(platform.plan(wanted(Status.AWAY), holding(ON_A_CALL, 0), NOW)
                        .releases())
                .isFalse();
        assertThat(platform.plan(wanted(Status.AVAILABLE), holding(AWAY, 0), NOW)
                        .releases())
                .isFalse();
    }

    @Test
    void onACallIsOursWheneverItIsSeen() {
        Standing afterReconnect = showing(Row.of(ON_A_CALL, NOW.minusSeconds(5)));

        assertThat(written(wanted(Status.AVAILABLE), afterReconnect)).isEqualTo(AVAILABLE);
    }

    /** What is given back and was the person's is their choice, and wanted. */
    @ParameterizedTest
    @ValueSource(strings = {OFFLINE, AWAY, DND})
    void whatAReconnectGivesBackAndNobodyWantsIsReplaced(String former) {
        Standing givenBack = showing(Row.of(former, NOW.minusSeconds(5)).bySystem(RECONNECT));
        Standing lost = showing(Row.of(OFFLINE, NOW.minusSeconds(5)).bySystem("192350010"));

        assertThat(written(wanted(Status.AVAILABLE), givenBack)).isEqualTo(AVAILABLE);
        assertThat(platform.plan(wanted(Status.AVAILABLE), lost, NOW).condition())
                .isEqualTo(Condition.NOT_SIGNED_IN);
    }

    @Test
    void peopleWinUntilTheyChooseElsewhere() {
        Standing theirs = showing(Row.of(DND, NOW.minusSeconds(100)).byPerson());

        assertThat(platform.plan(wanted(Status.AVAILABLE), theirs, NOW).condition())
                .isEqualTo(Condition.HELD_BY_PERSON);
        assertThat(written(chosen(Source.TEAMS, Status.AVAILABLE, NOW.minusSeconds(200)), theirs))
                .isEqualTo("nothing");
        assertThat(written(chosen(Source.TEAMS, Status.AVAILABLE, NOW.minusSeconds(50)), theirs))
                .isEqualTo(AVAILABLE);
        assertThat(written(chosen(Source.DYNAMICS, Status.AVAILABLE, NOW.minusSeconds(50)), theirs))
                .isEqualTo("nothing");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"AVAILABLE", "AWAY"})
    void inactiveIsNeverLifted(Status status) {
        Standing inactive = showing(Row.of(INACTIVE, NOW.minusSeconds(100)));

        assertThat(written(wanted(Status.AVAILABLE), inactive)).isEqualTo("nothing");
        assertThat(written(chosen(Source.TEAMS, status, NOW.minusSeconds(50)), inactive))
                .isEqualTo("nothing");
        assertThat(written(demanded(Status.ON_A_CALL), inactive))
                .as("but a call is protected")
                .isEqualTo(ON_A_CALL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"AVAILABLE", "BUSY", "AWAY"})
    @DisplayName("what a call covered is not lifted after it either, and Busy would let work in as well")
    void inactiveThatWasCoveredIsNotLifted(Status choice) {
        KnownChoice made = new KnownChoice(
                Source.TEAMS, SourceTime.at(NOW.minusSeconds(5)), choice, Optional.empty(), Optional.empty());
        Reason missed = new Reason(Reason.Kind.FACT, Source.DYNAMICS, Status.AWAY, NOW.minusSeconds(90), "missed");
        Status strictest = choice == Status.BUSY ? Status.BUSY : Status.AWAY;
        DesiredPresence wish = GivenWish.of(
                new Decision(
                        Optional.of(strictest),
                        Optional.of(Status.AWAY),
                        Optional.of(made),
                        List.of(missed),
                        Optional.empty()),
                true,
                GivenPlatforms.shippedMapping());

        assertThat(written(wish, holding(ON_A_CALL, 0))).isEqualTo(AWAY);
        assertThat(written(wish, showing(Row.of(INACTIVE, NOW.minusSeconds(100)))))
                .isEqualTo("nothing");
    }

    @Test
    @DisplayName("nor by the Busy that was picked before, where we ourselves would show busy as what keeps work away")
    void inactiveIsNotLiftedByThePresenceThatWasPicked() throws MappingInvalid {
        Mapping closed = GivenPlatforms.SCHEMA.mapping(
                List.of(MappingDocument.read(MappingDocument.DEFAULT, "dynamics: {write: {busy: Busy - DND}}")));
        Reason missed = new Reason(Reason.Kind.FACT, Source.DYNAMICS, Status.AWAY, NOW.minusSeconds(90), "missed");
        Optional<KnownChoice> busy = picked(BUSY, Status.BUSY).picked();
        DesiredPresence wish = GivenWish.of(
                new Decision(
                        Optional.of(Status.BUSY), Optional.of(Status.BUSY), busy, List.of(missed), Optional.empty()),
                true,
                closed,
                Optional.empty(),
                busy);

        assertThat(written(wish, showing(Row.of(INACTIVE, NOW.minusSeconds(80)))))
                .isEqualTo("nothing");
        assertThat(written(wish, holding(ON_A_CALL, 0))).isEqualTo(AWAY);
    }

    @Test
    void doNotDisturbAfterARejectionIsNeverLifted() {
        Standing rejected = showing(Row.of(DND, NOW.minusSeconds(100)).bySystem(GivenDynamics.REJECTED));

        assertThat(written(wanted(Status.AVAILABLE), rejected)).isEqualTo("nothing");
        assertThat(written(chosen(Source.TEAMS, Status.AVAILABLE, NOW.minusSeconds(50)), rejected))
                .isEqualTo("nothing");
        assertThat(written(demanded(Status.ON_A_CALL), rejected)).isEqualTo("nothing");
    }

    @Test
    void nothingIsWrittenForWhoIsSignedOut() {
        DesiredPresence out =
                GivenWish.of(demanded(Status.ON_A_CALL).decision(), false, GivenPlatforms.shippedMapping());

        assertThat(platform.plan(out, Standing.NEW, NOW).steps()).isEmpty();
        assertThat(platform.plan(out, Standing.NEW, NOW).condition()).isEqualTo(Condition.NOT_SIGNED_IN);
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerEntry.Outcome.class,
            names = {"INTENDED", "UNKNOWN"})
    void whatMayNotHaveBeenDoneIsDoneAgainEvenIfItShows(LedgerEntry.Outcome outcome) {
        Standing crashed = showing(Row.of(ON_A_CALL, NOW.minusSeconds(400)))
                .intending(entry(ON_A_CALL, NOW.minusSeconds(20), outcome));

        assertThat(written(demanded(Status.ON_A_CALL), crashed)).isEqualTo(ON_A_CALL);
        assertThat(written(wanted(Status.AVAILABLE), crashed)).isEqualTo(AVAILABLE);
    }

    @Test
    void whatIsNotShownInTimeIsWrittenAgainAfterLongerAndLongerWaits() {
        Standing once = showing(Row.of(AVAILABLE, NOW.minusSeconds(400)))
                .intending(entry(ON_A_CALL, NOW, LedgerEntry.Outcome.DONE));
        DesiredPresence wish = demanded(Status.ON_A_CALL);

        assertThat(platform.plan(wish, once, NOW.plusSeconds(89)).condition()).isEqualTo(Condition.PENDING);
        assertThat(platform.plan(wish, once, NOW.plusSeconds(89)).reviewAt()).contains(NOW.plusSeconds(90));
        assertThat(platform.plan(wish, once, NOW.plusSeconds(90)).steps()).hasSize(1);

        Standing twice = once.intending(entry(ON_A_CALL, NOW.plusSeconds(90), LedgerEntry.Outcome.DONE));
        assertThat(platform.plan(wish, twice, NOW.plusSeconds(269)).condition()).isEqualTo(Condition.UNCONFIRMED);
        assertThat(platform.plan(wish, twice, NOW.plusSeconds(270)).steps()).hasSize(1);
    }

    @Test
    void withoutACustomPresenceDoNotDisturbCarriesTheCall() {
        PresenceCatalogue outOfBox = new PresenceCatalogue(GivenDynamics.PRESENCES.rows().stream()
                .filter(row -> !row.name().equals("On a call"))
                .toList());
        DynamicsPlatform plain = new DynamicsPlatform(
                DynamicsPlatformContractTest.nobody(), () -> outOfBox, GivenDynamics.RULES, () -> NOW);

        assertThat(plain.plan(demanded(Status.ON_A_CALL), Standing.NEW, NOW).steps())
                .extracting(LedgerEntry::value)
                .containsExactly(DND);
    }

    @Test
    void waitingIsNeverEndless() {
        Standing standing = showing(Row.of(AVAILABLE, NOW.minusSeconds(400)));
        Instant now = NOW;
        for (int i = 0; i < 8; i++) {
            standing = standing.intending(entry(ON_A_CALL, now, LedgerEntry.Outcome.DONE));
            Instant review = platform.plan(demanded(Status.ON_A_CALL), standing, now)
                    .reviewAt()
                    .orElseThrow();
            assertThat(Duration.between(now, review)).isBetween(Duration.ofSeconds(90), Duration.ofHours(4));
            now = review;
        }
    }

    @Test
    @DisplayName("who sets Available just when a call is protected is answered at once, and then not again and again")
    void crossedWrites() {
        Instant ours = NOW.minusSeconds(2);
        Standing crossed = Standing.NEW
                .intending(entry(ON_A_CALL, ours, LedgerEntry.Outcome.DONE))
                .seeing(Row.of(AVAILABLE, ours.plusMillis(300)).byPerson().at(NOW));

        assertThat(written(demanded(Status.ON_A_CALL), crossed)).isEqualTo(ON_A_CALL);
        assertThat(written(
                        demanded(Status.ON_A_CALL), crossed.intending(entry(ON_A_CALL, NOW, LedgerEntry.Outcome.DONE))))
                .isEqualTo("nothing");
    }

    @Test
    @DisplayName("a write without an answer is no repetition: the one after it may still have crossed somebody's")
    void crossedAfterAWriteWithoutAnAnswer() {
        Instant ours = NOW.minusSeconds(2);
        Standing crossed = Standing.NEW
                .intending(entry(ON_A_CALL, ours.minusSeconds(1), LedgerEntry.Outcome.UNKNOWN))
                .intending(entry(ON_A_CALL, ours, LedgerEntry.Outcome.DONE))
                .seeing(Row.of(AVAILABLE, ours.plusMillis(300)).byPerson().at(NOW));

        assertThat(written(demanded(Status.ON_A_CALL), crossed)).isEqualTo(ON_A_CALL);
    }

    @Test
    void whatWasThereBeforeOurWriteIsNoCrossing() {
        Instant ours = NOW.minusSeconds(2);
        Standing late = Standing.NEW
                .intending(entry(ON_A_CALL, ours, LedgerEntry.Outcome.DONE))
                .seeing(Row.of(AVAILABLE, ours.minusMillis(300)).byPerson().at(NOW));

        assertThat(written(demanded(Status.ON_A_CALL), late)).isEqualTo("nothing");
    }

    @Test
    @DisplayName("to let work in is a release whatever kept it away")
    void everyOpeningIsARelease() {
        DesiredPresence available = chosen(Source.application("crm"), Status.AVAILABLE, NOW.minusSeconds(5));

        assertThat(platform.plan(
                                available,
                                showing(Row.of(DND, NOW.minusSeconds(60)).byPerson()),
                                NOW)
                        .releases())
                .isTrue();
        assertThat(platform.plan(
                                available,
                                showing(Row.of(AWAY, NOW.minusSeconds(60)).byPerson()),
                                NOW)
                        .releases())
                .isFalse();
    }
}
