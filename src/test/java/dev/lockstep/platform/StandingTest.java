package dev.lockstep.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is remembered of our own writes. */
class StandingTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SLOT = "slot";

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static LedgerEntry entry(String value, long seconds, LedgerEntry.Outcome outcome) {
        return new LedgerEntry(SLOT, value, at(seconds), Optional.of(at(seconds).plus(Duration.ofHours(8))), outcome);
    }

    private static Standing written(LedgerEntry... entries) {
        Standing standing = Standing.NEW;
        for (LedgerEntry entry : entries) {
            standing = standing.intending(entry);
        }
        return standing;
    }

    private static List<String> mayStand(Standing standing, long seconds) {
        return standing.ledger().mayStandIn(SLOT, at(seconds)).stream()
                .map(LedgerEntry::value)
                .toList();
    }

    @Test
    @DisplayName("on boards what was accepted counts as shown; what failed, waits or was never looked at does not")
    void expected() {
        Standing wanting = Standing.NEW.wanting(Optional.of(Status.BUSY));
        Standing accepted = wanting.intending(entry("a", 0, LedgerEntry.Outcome.DONE))
                .in(Condition.PENDING, "written, not yet shown");

        assertThat(accepted.expected().condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(accepted.expected().display().showing()).contains(Status.BUSY);
        assertThat(wanting.expected()).isEqualTo(wanting);
        Standing begun =
                wanting.intending(entry("a", 0, LedgerEntry.Outcome.INTENDED)).in(Condition.PENDING, "being written");
        assertThat(begun.expected()).isEqualTo(begun);
        Standing failed = accepted.failing(Condition.PENDING, "the platform does not answer", at(30));
        assertThat(failed.expected()).isEqualTo(failed);
        Standing unconfirmed = accepted.in(Condition.UNCONFIRMED, "accepted, but it does not show");
        assertThat(unconfirmed.expected()).isEqualTo(unconfirmed);
    }

    @Test
    @DisplayName("attempts without an answer, whatever they try, leave what may stand there still")
    void whatWasAcceptedLast() {
        Standing standing = written(entry("Busy", 0, LedgerEntry.Outcome.DONE));
        for (int i = 1; i <= 10; i++) {
            standing = standing.intending(entry(i % 2 == 0 ? "Away" : "Offline", i * 30, LedgerEntry.Outcome.UNKNOWN));
        }

        assertThat(mayStand(standing, 301)).contains("Busy", "Away", "Offline");
        assertThat(standing.ledger().entries()).hasSizeLessThan(5);
    }

    @Test
    @DisplayName("an hour of retries leaves what was written before it in the ledger, the first attempt and the last")
    void retriesDoNotPushOut() {
        Standing standing = written(entry("Busy", 0, LedgerEntry.Outcome.SEEN));
        for (int i = 1; i <= 120; i++) {
            standing = standing.intending(entry("Available", i * 30, LedgerEntry.Outcome.UNKNOWN));
        }

        assertThat(standing.ledger().entries()).hasSizeLessThan(10);
        assertThat(standing.ledger().entries()).extracting(LedgerEntry::at).contains(at(0), at(30), at(3600));
        assertThat(mayStand(standing, 3601)).contains("Busy", "Available");
    }

    @Test
    @DisplayName("some quick calls do not push out what was written before them, while a message of it may come")
    void quickCallsDoNotPushOut() {
        Standing standing = written(entry("Available", 0, LedgerEntry.Outcome.DONE));
        for (int i = 1; i <= 6; i++) {
            standing = standing.intending(entry(i % 2 == 0 ? "Away" : "On a call", i, LedgerEntry.Outcome.DONE));
        }

        assertThat(values(standing)).containsExactly("Away", "On a call", "Away", "On a call", "Available");
        assertThat(values(standing.intending(entry("On a call", 121, LedgerEntry.Outcome.DONE))))
                .containsExactly("On a call", "Away", "On a call", "Away");
    }

    @Test
    void ofManyValuesOnlySomeAreRemembered() {
        Standing standing = Standing.NEW;
        for (int i = 0; i <= 20; i++) {
            standing = standing.intending(entry("value" + i, i, LedgerEntry.Outcome.DONE));
        }

        assertThat(values(standing)).hasSize(8).startsWith("value20").endsWith("value13");
    }

    private static List<String> values(Standing standing) {
        return standing.ledger().entries().stream().map(LedgerEntry::value).toList();
    }

    /** Until a while after that a read may show it still, whatever we wrote there later. */
    @Test
    void whatTookThePlaceOfAWriteIsATurnEvenIfAnotherWriteFollowed() {
        Standing standing = written(entry("Busy", 0, LedgerEntry.Outcome.SEEN))
                .losing(SLOT, at(10))
                .intending(entry("Away", 20, LedgerEntry.Outcome.DONE));

        assertThat(standing.ledger().turns(Duration.ofSeconds(30)).distinct())
                .containsExactlyInAnyOrder(
                        at(0),
                        at(30),
                        at(10),
                        at(40),
                        at(20),
                        at(50),
                        at(20).plus(Duration.ofHours(8)),
                        at(50).plus(Duration.ofHours(8)));
    }

    @Test
    void oneSlotDoesNotPushOutAnother() {
        Standing standing = written(entry("Busy", 0, LedgerEntry.Outcome.SEEN));
        for (int i = 1; i <= 20; i++) {
            standing = standing.intending(
                    new LedgerEntry("other", "value" + i, at(i), Optional.empty(), LedgerEntry.Outcome.DONE));
        }

        assertThat(mayStand(standing, 30)).containsExactly("Busy");
    }

    @Test
    void ofWritesWithoutAnAnswerEachMayStandDownToTheLastThatWasAccepted() {
        Standing standing = written(
                entry("Away", 0, LedgerEntry.Outcome.SEEN),
                entry("Busy", 1, LedgerEntry.Outcome.DONE),
                entry("Offline", 2, LedgerEntry.Outcome.UNKNOWN),
                entry("", 3, LedgerEntry.Outcome.INTENDED));

        assertThat(mayStand(standing, 4)).containsExactly("Offline", "Busy");
    }

    @Test
    void whatWasTakenBackForCertainStandsNoLonger() {
        assertThat(mayStand(
                        written(entry("Busy", 0, LedgerEntry.Outcome.SEEN), entry("", 1, LedgerEntry.Outcome.DONE)), 2))
                .isEmpty();
    }

    @Test
    void whatThePlatformEndedStandsNoLonger() {
        assertThat(mayStand(written(entry("Busy", 0, LedgerEntry.Outcome.SEEN)), 8 * 3600))
                .isEmpty();
    }

    @Test
    @DisplayName("after somebody replaced what we wrote, a newer write without an answer does not bring it back")
    void whatWasReplacedStandsNoLonger() {
        Standing lost = written(entry("Busy", 0, LedgerEntry.Outcome.SEEN)).losing(SLOT, at(10));

        assertThat(lost.ledger().heldIn(SLOT, at(11))).isEmpty();
        assertThat(mayStand(lost.intending(entry("Away", 20, LedgerEntry.Outcome.UNKNOWN)), 21))
                .containsExactly("Away");
    }

    @Test
    void repeatsAreCountedFromTheNewestAndUnseenOnesThatWereAcceptedSinceOneWasSeen() {
        Standing standing = written(
                entry("Busy", 0, LedgerEntry.Outcome.DONE),
                entry("Away", 1, LedgerEntry.Outcome.SEEN),
                entry("Away", 2, LedgerEntry.Outcome.DONE),
                entry("Away", 3, LedgerEntry.Outcome.UNKNOWN));

        assertThat(standing.ledger().repeats(SLOT)).isEqualTo(3);
        assertThat(standing.ledger().unseenRepeats(SLOT)).isEqualTo(1);
        assertThat(Standing.NEW.ledger().repeats(SLOT)).isZero();
    }
}
