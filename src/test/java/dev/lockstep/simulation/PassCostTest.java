package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it costs to pass over everybody once a minute where nothing is new: read units, time without the network, heap. */
@ExtendWith(MutedLogs.class)
class PassCostTest {
    private static CrowdPass pass;

    @BeforeAll
    static void anOrdinaryDayHasPassed() {
        OrdinaryDay day = new OrdinaryDay(3, OrdinaryDay.Phone.DESK);
        day.bill();
        pass = new CrowdPass(day);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void whereNothingIsNewHardlyAnybodyIsLoaded(int agents) {
        CrowdPass.Bill bill = pass.over(agents);
        System.out.printf(
                "%d agents of %d B in the index: a pass takes %.1f read units and %.0f ms, and holds %.1f MB twice;"
                        + " %d polls of Teams load %d agents for %.1f units, %.0f ms each%n",
                agents,
                bill.entrySize(),
                bill.units(),
                bill.tookMillis(),
                bill.heap() / 1e6,
                CrowdPass.POLLS,
                bill.loaded(),
                bill.pollUnits(),
                bill.pollMillis());

        assertThat(bill.everybody())
                .hasSize(agents)
                .allSatisfy(pulse -> assertThat(pulse.isComplete()).isTrue());
        assertThat(bill.units()).isLessThan(16 + agents * 0.03);
        assertThat(bill.tookMillis()).isLessThan(2_000);
        assertThat(bill.heap()).isLessThan(64_000_000);
        assertThat(bill.loaded()).isLessThanOrEqualTo(5 + agents / 100);
    }
}
