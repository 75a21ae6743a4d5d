package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.Shares;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of a shift of thousands takes what quotas leave, and not what calls need. */
class WaveTest {
    private static final Duration QUICK = Duration.ofMillis(150);
    private static final int DATAVERSE = 6_000;

    private static void assertNobodyIsRefused(WaveWorld world, int agents) {
        assertThat(world.refused).isZero();
        assertThat(world.callWritesRefused).isZero();
        assertThat(world.offline()).isEqualTo(agents);
    }

    /** 6,000 requests in five minutes, less what calls take: 10,000 agents need at least 11 minutes. */
    @Test
    void tenThousandLeaveBesideFiveCallsASecond() {
        WaveWorld world = new WaveWorld(10_000, 5, QUICK);
        world.run(Duration.ofMinutes(20));

        assertNobodyIsRefused(world, 10_000);
        assertThat(world.callWrites).isGreaterThan(8_000);
        assertThat(world.took()).isBetween(Duration.ofMinutes(11), Duration.ofMinutes(13));
        assertThat(world.fullest).isBetween(DATAVERSE * 94 / 100, DATAVERSE * 98 / 100);
        assertThat(world.messages).isLessThan(11_000);
        assertThat(world.mostSent()).isLessThanOrEqualTo(3);
    }

    /** Of four seconds of execution time a second, calls take a quarter. */
    @Test
    void whereWritesAreSlowExecutionTimeSetsThePace() {
        WaveWorld world = new WaveWorld(3_000, 3, Duration.ofMillis(300));
        world.run(Duration.ofMinutes(12));

        assertNobodyIsRefused(world, 3_000);
        assertThat(world.took()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
        assertThat(world.mostSent()).isLessThanOrEqualTo(3);
    }

    @Test
    void aPauseMovesTurnsBehindTheOthersOnce() {
        WaveWorld world = new WaveWorld(2_000, 1, QUICK);
        world.askToWait(Duration.ofSeconds(60), Duration.ofSeconds(45));
        world.run(Duration.ofMinutes(8));

        assertNobodyIsRefused(world, 2_000);
        assertThat(world.took()).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(240));
        assertThat(world.messages).isBetween(2_500, 2_800);
        assertThat(world.mostSent()).isEqualTo(2);
    }

    @Test
    void whoseMessageWasLostIsFoundByTheSweepSoonAfterTheirTurn() {
        WaveWorld world = new WaveWorld(2_000, 1, QUICK);
        world.lose(50);
        world.run(Duration.ofMinutes(8));

        assertNobodyIsRefused(world, 2_000);
        assertThat(world.took()).isBetween(Duration.ofSeconds(110), Duration.ofSeconds(240));
        assertThat(world.mostSent()).isLessThanOrEqualTo(2);
    }

    private static WaveWorld dynamicsAlone(Shares shares) {
        WaveWorld world = new WaveWorld(4_000, 2, QUICK, shares, false);
        world.run(Duration.ofMinutes(10));
        assertNobodyIsRefused(world, 4_000);
        return world;
    }

    /** Each application has a quota of its own. */
    @Test
    void twoApplicationsEndTheWaveInHalfTheTime() {
        Duration one = dynamicsAlone(Shares.ONE).took();
        Duration two = dynamicsAlone(new Shares(List.of("one", "two"))).took();

        assertThat(two.toMillis() / (double) one.toMillis()).isBetween(0.4, 0.6);
    }

    /** 35 requests a second, two for each agent, are what Teams takes beside calls. */
    @Test
    void withSeveralApplicationsInDynamicsTeamsSetsThePace() {
        WaveWorld world = new WaveWorld(10_000, 5, QUICK, new Shares(List.of("one", "two", "three")), true);
        world.run(Duration.ofMinutes(20));

        assertNobodyIsRefused(world, 10_000);
        assertThat(world.took()).isBetween(Duration.ofMinutes(9), Duration.ofSeconds(630));
    }
}
