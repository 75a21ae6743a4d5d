package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.QuotaLeft;
import dev.lockstep.store.InMemoryControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BulkLaneTest {
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private Instant now = START;
    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final BulkLane lane = another();

    private BulkLane another() {
        return new BulkLane(GivenPlatforms.CATALOGUE, control, () -> now);
    }

    private static QuotaLeft left(int requests, int seconds) {
        return new QuotaLeft(requests, Optional.of(Duration.ofSeconds(seconds)));
    }

    private double perSecond() {
        return 1e9 / another(lane).apart().toNanos();
    }

    private Turns another(BulkLane of) {
        return of.reserve(10);
    }

    @Test
    void turnsOfAllInstancesFollowEachOther() {
        Turns first = lane.reserve(100);
        Turns second = another().reserve(100);

        assertThat(first.first()).isEqualTo(START);
        assertThat(second.first()).isBetween(first.of(100), first.of(100).plusMillis(1));
        assertThat(lane.reserve(1).first())
                .isBetween(second.of(100), second.of(100).plusMillis(1));
    }

    @Test
    void anEmptyLaneBeginsNow() {
        lane.reserve(10);
        now = now.plusSeconds(60);

        assertThat(lane.reserve(10).first()).isEqualTo(now);
    }

    /** Seven tenths of 6,000 in five minutes. */
    @Test
    void wherePlatformsSayNothingAThirdIsLeftAlone() {
        assertThat(perSecond()).isBetween(13.9, 14.1);
    }

    @Test
    void whatCallsUsedLatelyIsLeftToThem() {
        lane.left("dynamics", left(4_500, 900));
        assertThat(perSecond()).isBetween(13.9, 14.1);

        now = now.plusSeconds(600);
        lane.left("dynamics", left(3_000, 1_000));
        assertThat(perSecond()).isBetween(8.9, 9.1);
    }

    /** Here Teams' 35 requests a second are the narrower place. */
    @Test
    void whoUsesNothingLeavesMore() {
        lane.left("dynamics", left(6_000, 1_200));

        assertThat(perSecond()).isBetween(14.9, 17.5);
    }

    /** 0.5 s each of 4 s a second. */
    @Test
    void slowAnswersMakeThePaceSlower() {
        lane.left("dynamics", left(5_900, 1_150));

        assertThat(perSecond()).isBetween(7.2, 7.3);
    }

    @Test
    void howeverMuchOthersUseBulkWorkGoesOn() {
        lane.left("dynamics", left(0, 0));

        assertThat(perSecond()).isBetween(1.5, 2.1);
    }

    @Test
    void whatWasSaidLongAgoDoesNotCount() {
        lane.left("dynamics", left(0, 0));
        now = now.plusSeconds(61);

        assertThat(perSecond()).isBetween(13.9, 14.1);
    }

    @Test
    void bulkWorkDoesNotSlowDownItself() {
        Duration apart = lane.reserve(1_000).apart();
        now = now.plusSeconds(60);
        lane.left("dynamics", left(600, 300));

        assertThat(lane.reserve(1).apart()).isEqualTo(apart);
    }

    @Test
    void whoseTurnHasNotComeKeepsIt() {
        Instant turn = lane.reserve(100).of(99);

        assertThat(lane.putOff(Optional.of(turn))).contains(turn);
        now = turn;
        assertThat(lane.putOff(Optional.of(turn))).isEmpty();
    }

    @Test
    void whoHasNoTurnIsGivenOne() {
        assertThat(lane.putOff(Optional.empty())).isEmpty();
        Turns many = lane.reserve(100);

        assertThat(lane.putOff(Optional.empty()).orElseThrow()).isAfterOrEqualTo(many.of(100));
    }

    @Test
    void aThrottledPlatformPausesTheLaneForEverybodyUntilTheTimeThatItNamed() {
        lane.pause("dynamics", Duration.ofSeconds(45));

        assertThat(another().reserve(10).first()).isEqualTo(START.plusSeconds(45));
        assertThat(another().putOff(Optional.of(START)).orElseThrow()).isAfter(START.plusSeconds(45));
        now = now.plusSeconds(45);
        assertThat(another().putOff(Optional.of(START))).isEmpty();
    }

    @Test
    void turnsThatFallIntoAPauseMoveBehindAllThatAreReserved() {
        Turns many = lane.reserve(1_000);
        lane.pause("dynamics", Duration.ofSeconds(20));

        Instant first = lane.putOff(Optional.of(many.of(0))).orElseThrow();
        assertThat(first).isBetween(many.of(1_000), many.of(1_000).plusMillis(1));
        assertThat(lane.putOff(Optional.of(many.of(0))).orElseThrow()).isAfter(first);
    }

    @Test
    void theLongerOfTwoPausesCounts() {
        lane.pause("dynamics", Duration.ofSeconds(20));
        lane.pause("teams", Duration.ofSeconds(50));

        assertThat(lane.reserve(1).first()).isEqualTo(START.plusSeconds(50));
    }

    @Test
    void aPauseThatWasNamedLaterDoesNotShortenTheOneBefore() {
        lane.pause("dynamics", Duration.ofSeconds(60));
        lane.pause("dynamics", Duration.ofSeconds(5));

        assertThat(lane.reserve(1).first()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void whereHardlyAnythingIsLeftNobodyOfTheManyBegins() {
        lane.left("dynamics", left(181, 40));
        assertThat(lane.putOff(Optional.of(START))).isEmpty();

        lane.left("dynamics", left(179, 40));
        assertThat(lane.putOff(Optional.of(START)).orElseThrow()).isAfterOrEqualTo(START.plusSeconds(10));
        assertThat(another().putOff(Optional.of(START))).isPresent();

        now = now.plusSeconds(10);
        assertThat(lane.putOff(Optional.of(START))).isEmpty();
        lane.left("dynamics", left(181, 35));
        assertThat(lane.putOff(Optional.of(START))).isPresent();
    }

    @Test
    void howFarItIsCanBeAsked() {
        assertThat(lane.progress()).isEmpty();
        Turns many = lane.reserve(1_000);
        now = many.of(400);

        BulkProgress progress = another().progress().orElseThrow();
        assertThat(progress.all()).isEqualTo(1_000);
        assertThat(progress.done()).isBetween(399L, 401L);
        assertThat(progress.end()).isBetween(many.of(1_000), many.of(1_000).plusMillis(1));

        now = many.of(1_000).plusSeconds(1);
        assertThat(lane.progress()).isEmpty();
    }
}
