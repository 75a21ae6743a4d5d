package dev.lockstep.local.dynamics.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkforceModelTest {
    private static final UUID RITA = UUID.randomUUID();
    private static final Instant EIGHT = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T08:00:00Z"));
    private final DynamicsModel model = new DynamicsModel(time, time::after, DynamicsBehaviour.harsh());
    private final WorkforceModel shifts = new WorkforceModel(model);

    @Test
    void bookOneRowPerActivity() {
        shift();
        assertThat(shifts.bookings())
                .extracting(WorkforceBooking::activity)
                .containsExactly(
                        WorkforceBooking.Activity.WORK,
                        WorkforceBooking.Activity.LUNCH,
                        WorkforceBooking.Activity.WORK);
        assertThat(shifts.bookings())
                .extracting(WorkforceBooking::state)
                .containsOnly(WorkforceBooking.State.COMMITTED);
        assertThat(shifts.bookings().get(2).end()).isEqualTo(EIGHT.plus(HOUR.multipliedBy(8)));
    }

    @Test
    void unpublishWhatIsMovedUntilPublishedAgain() {
        UUID shift = shift();
        shifts.move(shift, HOUR);
        assertThat(shifts.bookings()).extracting(WorkforceBooking::state).containsOnly(WorkforceBooking.State.PROPOSED);
        assertThat(shifts.bookings().get(0).start()).isEqualTo(EIGHT.plus(HOUR));

        shifts.publish(shift);
        assertThat(shifts.bookings())
                .extracting(WorkforceBooking::state)
                .containsOnly(WorkforceBooking.State.COMMITTED);
    }

    @Test
    void addOvertimeCancelAndDelete() {
        UUID shift = shift();
        shifts.overtime(shift, HOUR);
        assertThat(shifts.bookings().get(3).activity()).isEqualTo(WorkforceBooking.Activity.OVERTIME);
        assertThat(shifts.bookings().get(3).end()).isEqualTo(EIGHT.plus(HOUR.multipliedBy(9)));

        shifts.cancel(shift);
        assertThat(shifts.bookings()).extracting(WorkforceBooking::state).containsOnly(WorkforceBooking.State.CANCELED);
        shifts.delete(shift);
        assertThat(shifts.bookings()).isEmpty();
    }

    @Test
    void tellOfEveryChange() {
        List<String> told = new ArrayList<>();
        model.listen(change -> told.add(change.message() + " " + change.logicalName()));
        UUID elsewhere = shifts.bookElsewhere(RITA, EIGHT, EIGHT.plus(HOUR));
        shifts.move(elsewhere, HOUR);
        shifts.delete(elsewhere);

        assertThat(told)
                .containsExactly(
                        "Create bookableresourcebooking",
                        "Update bookableresourcebooking",
                        "Delete bookableresourcebooking");
    }

    @Test
    void leaveOtherBookingsAloneWhenShiftsAreCleared() {
        shift();
        UUID elsewhere = shifts.bookElsewhere(RITA, EIGHT, EIGHT.plus(HOUR));
        shifts.clear(RITA);
        assertThat(shifts.bookings()).extracting(WorkforceBooking::id).containsExactly(elsewhere);
    }

    private UUID shift() {
        Instant noon = EIGHT.plus(HOUR.multipliedBy(4));
        var lunch = new WorkforceModel.Pause(WorkforceBooking.Activity.LUNCH, noon, noon.plus(HOUR));
        return shifts.plan(RITA, EIGHT, EIGHT.plus(HOUR.multipliedBy(8)), List.of(lunch));
    }
}
