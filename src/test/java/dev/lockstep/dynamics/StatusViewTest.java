package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.dynamics.GivenDynamics.Row;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.platform.Observation;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who set a row's presence, how wrong its clock is, and what several messages of one row make together. */
class StatusViewTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "AGENT, 192350006, true",
        "AGENT, 192350012, true",
        "AGENT, , true",
        "AGENT, 192350003, false",
        "AGENT, 192350004, false",
        "AGENT, 192350005, false",
        "SYSTEM, 192350006, false",
        "system, 192350006, false",
        ", 192350006, true",
        ", 192350012, false",
        ", , true"
    })
    void aPersonSetWhatNeitherTheSystemNorAnArrivalDid(String by, String event, boolean byPerson) {
        Row row = new Row();
        Optional.ofNullable(by).ifPresent(who -> row.with(StatusFields.MODIFIED_BY, who));
        Optional.ofNullable(event).ifPresent(what -> row.with(StatusFields.EVENT, what));

        assertThat(new StatusView(row.at(NOON)).isByPerson()).isEqualTo(byPerson);
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "6, 6", "-5, 0", "-6, -6"})
    void aMessageMayTakeSomeSecondsWithoutAnyClockBeingWrong(long seconds, long behind) {
        StatusView view = new StatusView(Row.of(GivenDynamics.AWAY, NOON).at(NOON.plusSeconds(seconds)));

        assertThat(view.after(Optional.empty()).presenceAt()).isEqualTo(NOON.plusSeconds(behind));
    }

    @Test
    void aRowThatWasReadRepeatsTheMessageOfItsChange() {
        Row row = Row.of(GivenDynamics.AWAY, NOON);
        Observation message = row.with(
                        StatusFields.CHANGED_ON, NOON.plusMillis(447).toString())
                .with(StatusFields.BY, "webhook")
                .at(NOON.plusSeconds(1));
        Observation read = row.with(StatusFields.CHANGED_ON, NOON.toString())
                .with(StatusFields.BY, "read")
                .at(NOON.plusSeconds(60));
        Observation changedSince = row.with(
                        StatusFields.CHANGED_ON, NOON.plusSeconds(9).toString())
                .at(NOON.plusSeconds(60));
        Observation other =
                row.with(StatusFields.CHANGED_ON, NOON.toString()).working(1).at(NOON.plusSeconds(60));

        assertThat(new StatusView(read).isKnownBy(new StatusView(message))).isTrue();
        assertThat(new StatusView(message).isKnownBy(new StatusView(message))).isTrue();
        assertThat(new StatusView(message).isKnownBy(new StatusView(read))).isFalse();
        assertThat(new StatusView(changedSince).isKnownBy(new StatusView(message)))
                .isFalse();
        assertThat(new StatusView(other).isKnownBy(new StatusView(message))).isFalse();
    }

    /** What was read tells the second only, and may have been set after what a late message tells exactly. */
    @Test
    void ofOneSecondAMessageIsOlderThanWhatWasReadIfItsChangeIs() {
        Row read = Row.of(GivenDynamics.AWAY, NOON)
                .with(StatusFields.WHOLE_SECONDS, "true")
                .with(StatusFields.BY, "read");
        Row message = Row.of(GivenDynamics.BUSY, NOON.plusMillis(527))
                .with(StatusFields.WHOLE_SECONDS, "true")
                .with(StatusFields.BY, "webhook");
        StatusView late = new StatusView(
                message.with(StatusFields.CHANGED_ON, NOON.plusMillis(527).toString())
                        .at(NOON.plusSeconds(4)));
        StatusView known = new StatusView(
                read.with(StatusFields.CHANGED_ON, NOON.plusSeconds(1).toString())
                        .at(NOON.plusSeconds(2)));

        assertThat(late.isOlderThan(known)).isTrue();
        assertThat(known.isOlderThan(late)).isFalse();
    }

    @Test
    void ofMessagesInAnyOrderThePresenceAndTheRestAreEachTheNewest() {
        Observation known = new Row()
                .with(StatusFields.PRESENCE_ID, GivenDynamics.BUSY)
                .with(StatusFields.PRESENCE_MODIFIED_ON, NOON.toString())
                .with(StatusFields.CHANGED_ON, NOON.plusSeconds(20).toString())
                .with(StatusFields.LOGGED_IN, "true")
                .working(2)
                .with(StatusFields.BY, "webhook")
                .at(NOON.plusSeconds(21));
        Observation overtaken = new Row()
                .with(StatusFields.PRESENCE_ID, GivenDynamics.AWAY)
                .with(StatusFields.PRESENCE_MODIFIED_ON, NOON.plusSeconds(10).toString())
                .with(StatusFields.CHANGED_ON, NOON.plusSeconds(10).toString())
                .working(1)
                .with(StatusFields.BY, "webhook")
                .byPerson()
                .at(NOON.plusSeconds(30));

        StatusView merged = new StatusView(MergedRow.of(Optional.of(new StatusView(known)), new StatusView(overtaken)));

        assertThat(merged.presenceId()).contains(GivenDynamics.AWAY);
        assertThat(merged.isByPerson()).isTrue();
        assertThat(merged.presenceTime()).isEqualTo(NOON.plusSeconds(10));
        assertThat(merged.conversations()).contains(2);
        assertThat(merged.loggedIn()).contains(true);
        assertThat(merged.changeTime()).isEqualTo(NOON.plusSeconds(20));
        assertThat(merged.observation().askedAt()).isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void anOlderMessageOfTheSameAddsOnlyWhatNobodyTold() {
        Observation known = new Row()
                .with(StatusFields.PRESENCE_ID, GivenDynamics.BUSY)
                .with(StatusFields.PRESENCE_MODIFIED_ON, NOON.toString())
                .with(StatusFields.CHANGED_ON, NOON.toString())
                .at(NOON.plusSeconds(30));
        Observation older =
                Row.of(GivenDynamics.AWAY, NOON.minusSeconds(9)).working(1).at(NOON.plusSeconds(1));

        StatusView merged = new StatusView(MergedRow.of(Optional.of(new StatusView(known)), new StatusView(older)));

        assertThat(merged.presenceId()).contains(GivenDynamics.BUSY);
        assertThat(merged.isBySystem()).isTrue();
        assertThat(merged.conversations()).contains(1);
        assertThat(merged.observation().askedAt()).isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void ofTwoPresencesWithOneTimeTheRowThatChangedLaterShowsTheNewer() {
        Observation known = of(GivenDynamics.BUSY, NOON, NOON.plusMillis(1028));
        Observation late = of(GivenDynamics.DND, NOON, NOON.plusMillis(999));

        assertThat(new StatusView(late)
                        .after(Optional.of(new StatusView(known)))
                        .isOlderThan(new StatusView(known)))
                .isTrue();
        assertThat(new StatusView(MergedRow.of(Optional.of(new StatusView(known)), new StatusView(late))).presenceId())
                .contains(GivenDynamics.BUSY);
        assertThat(new StatusView(MergedRow.of(Optional.of(new StatusView(late)), new StatusView(known))).presenceId())
                .contains(GivenDynamics.BUSY);
    }

    @Test
    void onePresenceOfOneSecondKeepsTheTimeThatWasToldFirst() {
        Observation told = of(GivenDynamics.DND, NOON.plusMillis(481), NOON.plusMillis(481));
        Row again = row(GivenDynamics.DND, NOON.plusMillis(555), NOON.plusMillis(555));
        StatusView exact = new StatusView(again.at(NOON.plusSeconds(2)));
        StatusView whole =
                new StatusView(again.with(StatusFields.WHOLE_SECONDS, "true").at(NOON.plusSeconds(2)));

        assertThat(whole.after(Optional.of(new StatusView(told))).presenceTime())
                .isEqualTo(NOON.plusMillis(481));
        assertThat(exact.after(Optional.of(new StatusView(told))).presenceTime())
                .as("it was set again")
                .isEqualTo(NOON.plusMillis(555));
    }

    private static Observation of(String presenceId, Instant setAt, Instant changedOn) {
        return row(presenceId, setAt, changedOn).at(NOON.plusSeconds(2));
    }

    private static Row row(String presenceId, Instant setAt, Instant changedOn) {
        return new Row()
                .with(StatusFields.PRESENCE_ID, presenceId)
                .with(StatusFields.PRESENCE_MODIFIED_ON, setAt.toString())
                .with(StatusFields.CHANGED_ON, changedOn.toString())
                .with(StatusFields.BY, "webhook");
    }
}
