package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.Timeline;
import dev.lockstep.store.dynamodb.StoreBill;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an ordinary day costs in the store: how large the item is, and how many write units a change takes. */
@ExtendWith(MutedLogs.class)
class StoreCostTest {
    private static final long SEED = 3;

    @ParameterizedTest
    @EnumSource
    void anOrdinaryDay(OrdinaryDay.Phone phone) {
        StoreBill bill = new OrdinaryDay(SEED, phone).bill();
        List<Integer> sizes = bill.sizes();
        List<Timeline.Event> events = bill.events();
        long changes = events.stream()
                .filter(event -> !event.before().equals(event.after()))
                .count();
        StoreBill.Units units = bill.units();
        System.out.printf(
                "%s: item %d B in the median, %d in nine of ten, %d at most; %d saves and %d appends, %d entries in the"
                        + " timeline, for %d changes of status; units: %s = %d, %.1f a change%n",
                phone,
                sizes.get(sizes.size() / 2),
                sizes.get(sizes.size() * 9 / 10),
                sizes.getLast(),
                bill.saves(),
                bill.appends(),
                events.size(),
                changes,
                units,
                units.all(),
                (double) units.all() / changes);
        assertThat(changes).isGreaterThan(100);
    }
}
