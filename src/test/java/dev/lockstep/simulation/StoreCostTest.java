package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.dynamodb.StoreBill;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an ordinary day costs in the store: how large the item is, and how many write units a change takes. */
@ExtendWith(MutedLogs.class)
class StoreCostTest {
    private static final long SEED = 3;
    private static final int UNIT = 1024;

    @ParameterizedTest
    @EnumSource
    void anOrdinaryDay(OrdinaryDay.Phone phone) {
        StoreBill bill = new OrdinaryDay(SEED, phone).bill();
        long changes = changes(bill);
        tell(phone, bill, changes);

        assertThat(changes).isEqualTo(140);
        assertThat(bill.sizes().get(bill.sizes().size() * 9 / 10)).isLessThanOrEqualTo(UNIT);
        assertThat(bill.sizes().getLast()).as("with news waiting").isLessThan(2 * UNIT);
        assertThat((double) bill.saves() / changes).isLessThan(5);
        assertThat((double) bill.units().withoutPulse() / changes).isLessThan(8);
        assertThat((double) bill.units().all() / changes).isLessThan(12);
    }

    private static long changes(StoreBill bill) {
        return bill.events().stream()
                .filter(event -> !event.before().equals(event.after()))
                .count();
    }

    private static void tell(OrdinaryDay.Phone phone, StoreBill bill, long changes) {
        List<Integer> sizes = bill.sizes();
        System.out.printf(
                "%s: item %d B in the median, %d in nine of ten, %d at most; %d saves, %d appends and %d entries in the"
                        + " timeline for %d changes of status; %s: %d in all, %.1f a change, %.1f without the index of pulses; %d passes, %d looks%n",
                phone,
                sizes.get(sizes.size() / 2),
                sizes.get(sizes.size() * 9 / 10),
                sizes.getLast(),
                bill.saves(),
                bill.appends(),
                bill.events().size(),
                changes,
                bill.units(),
                bill.units().all(),
                (double) bill.units().all() / changes,
                (double) bill.units().withoutPulse() / changes,
                bill.passes(),
                bill.looks());
    }
}
