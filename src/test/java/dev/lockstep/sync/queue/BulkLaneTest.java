package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.QuotaLeft;
import dev.lockstep.platform.Shares;
import dev.lockstep.store.InMemoryControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

        assertThat(lane.putOff("rita", Optional.of(turn))).contains(turn);
        now = turn;
        assertThat(lane.putOff("rita", Optional.of(turn))).isEmpty();
    }

    @Test
    void whoHasNoTurnIsGivenOne() {
        assertThat(lane.putOff("rita", Optional.empty())).isEmpty();
        Turns many = lane.reserve(100);

        assertThat(lane.putOff("rita", Optional.empty()).orElseThrow()).isAfterOrEqualTo(many.of(100));
    }

    @Test
    void aThrottledPlatformPausesTheLaneForEverybodyUntilTheTimeThatItNamed() {
        lane.pause("dynamics", "rita", Duration.ofSeconds(45));

        assertThat(another().reserve(10).first()).isEqualTo(START.plusSeconds(45));
        assertThat(another().putOff("rita", Optional.of(START)).orElseThrow()).isAfter(START.plusSeconds(45));
        now = now.plusSeconds(45);
        assertThat(another().putOff("rita", Optional.of(START))).isEmpty();
    }

    @Test
    void turnsThatFallIntoAPauseMoveBehindAllThatAreReserved() {
        Turns many = lane.reserve(1_000);
        lane.pause("dynamics", "rita", Duration.ofSeconds(20));

        Instant first = lane.putOff("rita", Optional.of(many.of(0))).orElseThrow();
        assertThat(first).isBetween(many.of(1_000), many.of(1_000).plusMillis(1));
        assertThat(lane.putOff("rita", Optional.of(many.of(0))).orElseThrow()).isAfter(first);
    }

    @Test
    void theLongerOfTwoPausesCounts() {
        lane.pause("dynamics", "rita", Duration.ofSeconds(20));
        lane.pause("teams", "rita", Duration.ofSeconds(50));

        assertThat(lane.reserve(1).first()).isEqualTo(START.plusSeconds(50));
    }

    @Test
    void aPauseThatWasNamedLaterDoesNotShortenTheOneBefore() {
        lane.pause("dynamics", "rita", Duration.ofSeconds(60));
        lane.pause("dynamics", "rita", Duration.ofSeconds(5));

        assertThat(lane.reserve(1).first()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void whereHardlyAnythingIsLeftNobodyOfTheManyBegins() {
        lane.left("dynamics", left(181, 40));
        assertThat(lane.putOff("rita", Optional.of(START))).isEmpty();

        lane.left("dynamics", left(179, 40));
        assertThat(lane.putOff("rita", Optional.of(START)).orElseThrow()).isAfterOrEqualTo(START.plusSeconds(10));
        assertThat(another().putOff("rita", Optional.of(START))).isPresent();

        now = now.plusSeconds(10);
        assertThat(lane.putOff("rita", Optional.of(START))).isEmpty();
        lane.left("dynamics", left(181, 35));
        assertThat(lane.putOff("rita", Optional.of(START))).isPresent();
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

    private static final Shares TWO = new Shares(List.of("one", "two"));

    private BulkLane shared() {
        return new BulkLane(GivenPlatforms.shared(TWO), control, () -> now);
    }

    private static String agentOf(String share) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "agent" + i)
                .filter(agent -> TWO.of(agent).equals(share))
                .findFirst()
                .orElseThrow();
    }

    /** Of two, one alone would give 14 a second: here Teams' 17.5 are the narrower place. */
    @Test
    void twoApplicationsTakeMoreThanOne() {
        assertThat(1e9 / another(shared()).apart().toNanos()).isBetween(17.4, 17.6);
    }

    /** Half of what is used up in one counts for both: agents come in any order. */
    @Test
    void theBusierOneSetsThePace() {
        BulkLane shared = shared();
        shared.left("dynamics#one", left(6_000, 1_200));
        shared.left("dynamics#two", left(3_000, 1_000));

        // Twice (0.95 - 0.5) * 6,000 in five minutes would be 18.
        assertThat(1e9 / another(shared).apart().toNanos()).isBetween(17.4, 17.6);

        now = now.plusSeconds(600);
        shared.left("dynamics#two", left(1_500, 1_000));
        assertThat(1e9 / another(shared).apart().toNanos()).isBetween(7.9, 8.1);
    }

    @Test
    void onlyWhoBelongsToTheApplicationThatMustWaitIsPutOff() {
        BulkLane shared = shared();
        shared.pause("dynamics", agentOf("one"), Duration.ofSeconds(45));

        assertThat(shared().putOff(agentOf("two"), Optional.of(START))).isEmpty();
        assertThat(shared().putOff(agentOf("one"), Optional.of(START)).orElseThrow())
                .isAfterOrEqualTo(START.plusSeconds(45));
        assertThat(control.get("pause#dynamics#one")).isPresent();
        assertThat(control.get("pause#dynamics#two")).isEmpty();
    }

    @Test
    void turnsBeginWhileAnyApplicationTakesWork() {
        BulkLane shared = shared();
        shared.pause("dynamics", agentOf("one"), Duration.ofSeconds(45));
        assertThat(shared.reserve(1).first()).isEqualTo(START);

        shared.pause("dynamics", agentOf("two"), Duration.ofSeconds(30));
        assertThat(shared.reserve(1).first()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void onlyTheApplicationWithLittleLeftWaits() {
        BulkLane shared = shared();
        shared.left("dynamics#two", left(100, 1_000));

        assertThat(shared.putOff(agentOf("one"), Optional.of(START))).isEmpty();
        assertThat(shared.putOff(agentOf("two"), Optional.of(START))).isPresent();
    }
}
