package dev.lockstep.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.Defaults;
import dev.lockstep.presence.Shift;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShiftBookTest {
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final String RITA = "11111111-0000-0000-0000-000000000001";
    private static final String OTTO = "11111111-0000-0000-0000-000000000002";

    private final ShiftBook book = new ShiftBook(Duration.ofMinutes(15));

    @Test
    void breaksAndLunchAreInsideTheShift() {
        List<Booking> day =
                List.of(booking(0, 120), booking(120, 135), booking(135, 240), booking(240, 270), booking(270, 480));

        assertThat(shiftsOf(day)).containsExactly(shift(0, 480));
    }

    @Test
    void aGapUpToTheLimitBelongsToTheShiftAndALongerOneDoesNot() {
        assertThat(shiftsOf(List.of(booking(0, 60), booking(75, 120)))).containsExactly(shift(0, 120));
        assertThat(shiftsOf(List.of(booking(0, 60), booking(76, 120)))).containsExactly(shift(0, 60), shift(76, 120));
    }

    @Test
    void theLastEndCountsEvenIfAnEarlierBookingHasIt() {
        assertThat(shiftsOf(List.of(booking(0, 480), booking(60, 75), booking(470, 475))))
                .containsExactly(shift(0, 480));
        assertThat(shiftsOf(List.of(booking(0, 480), booking(60, 75), booking(490, 500))))
                .containsExactly(shift(0, 500));
    }

    @Test
    @DisplayName("what is being edited bridges what it covers, and alone is no shift")
    void edited() {
        Booking edited =
                new Booking(RITA, booking(60, 240).start(), booking(60, 240).end(), false);

        assertThat(shiftsOf(List.of(booking(0, 60), edited, booking(240, 480)))).containsExactly(shift(0, 480));
        assertThat(shiftsOf(List.of(booking(0, 60), edited))).containsExactly(shift(0, 240));
        assertThat(shiftsOf(List.of(edited))).isEmpty();
        assertThat(shiftsOf(List.of(booking(-240, -60), edited))).containsExactly(shift(-240, -60));
    }

    @Test
    @DisplayName("a lunch that is not booked, time off and a pause at midday end nothing, a night does")
    void holes() {
        ShiftBook shipped = new ShiftBook(Defaults.of(ShiftSettings.class).gap());

        assertThat(shipped.shifts(List.of(booking(0, 180), booking(225, 300), booking(540, 700)))
                        .get(RITA))
                .containsExactly(shift(0, 700));
        assertThat(shipped.shifts(List.of(booking(0, 480), booking(480 + 480, 1440)))
                        .get(RITA))
                .containsExactly(shift(0, 480), shift(960, 1440));
    }

    @Test
    void aSplitDayIsTwoShifts() {
        assertThat(shiftsOf(List.of(booking(600, 840), booking(0, 240))))
                .containsExactly(shift(0, 240), shift(600, 840));
    }

    @Test
    void aNightShiftIsOne() {
        Instant evening = Instant.parse("2026-11-23T21:00:00Z");
        Booking before = new Booking(RITA, evening, evening.plus(Duration.ofHours(3)));
        Booking after = new Booking(RITA, evening.plus(Duration.ofHours(3)), evening.plus(Duration.ofHours(9)));

        assertThat(shiftsOf(List.of(after, before))).containsExactly(new Shift(before.start(), after.end()));
    }

    @Test
    void theHourThatIsLeftOutOrComesTwiceChangesNothing() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        // 29 March 2026 has no 02:00 to 03:00; 25 October has it twice.
        Booking spring = local(berlin, "2026-03-28T22:00", "2026-03-29T02:00");
        Booking springRest = local(berlin, "2026-03-29T03:00", "2026-03-29T06:00");
        Booking autumn = local(berlin, "2026-10-24T22:00", "2026-10-25T02:00");
        Booking autumnRest = local(berlin, "2026-10-25T03:00", "2026-10-25T06:00");

        assertThat(shiftsOf(List.of(spring, springRest)))
                .as("02:00 and 03:00 are the same instant in spring")
                .containsExactly(new Shift(spring.start(), springRest.end()))
                .allMatch(shift -> hours(shift) == 7);
        assertThat(shiftsOf(List.of(autumn, autumnRest)))
                .as("between the first 02:00 and the only 03:00 lie two hours in autumn")
                .hasSize(2);
        assertThat(shiftsOf(List.of(local(berlin, "2026-10-24T22:00", "2026-10-25T06:00"))))
                .allMatch(shift -> hours(shift) == 9);
    }

    @Test
    void whatDoesNotLastIsLeftOut() {
        assertThat(shiftsOf(List.of(booking(0, 60), booking(300, 300), booking(400, 390))))
                .containsExactly(shift(0, 60));
        assertThat(book.shifts(List.of(booking(10, 10)))).isEmpty();
        assertThat(book.shifts(List.of())).isEmpty();
    }

    @Test
    void everybodyHasTheirOwn() {
        Booking ritas = booking(0, 60);
        Booking ottos = new Booking(OTTO, at(60), at(120));

        assertThat(book.shifts(List.of(ottos, ritas)))
                .containsEntry(RITA, List.of(shift(0, 60)))
                .containsEntry(OTTO, List.of(shift(60, 120)))
                .hasSize(2);
    }

    @Test
    void orderAndRepetitionDoNotMatterAndShiftsLieApart() {
        Random random = new Random(20261122);
        for (int round = 0; round < 500; round++) {
            List<Booking> day = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                int start = random.nextInt(2000);
                day.add(booking(start, start + random.nextInt(1, 200)));
            }
            List<Shift> shifts = shiftsOf(day);
            List<Booking> shuffled =
                    new ArrayList<>(Stream.concat(day.stream(), day.stream()).toList());
            Collections.shuffle(shuffled, random);

            assertThat(shiftsOf(shuffled)).isEqualTo(shifts);
            assertThat(day)
                    .allMatch(booking -> shifts.stream()
                            .anyMatch(shift -> !booking.start().isBefore(shift.start())
                                    && !booking.end().isAfter(shift.end())));
            for (int i = 1; i < shifts.size(); i++) {
                assertThat(Duration.between(
                                shifts.get(i - 1).end(), shifts.get(i).start()))
                        .isGreaterThan(Duration.ofMinutes(15));
            }
        }
    }

    @Test
    void refusesANegativeGap() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShiftBook(Duration.ofMinutes(-1)));
    }

    private List<Shift> shiftsOf(List<Booking> bookings) {
        return book.shifts(bookings).get(RITA);
    }

    private static long hours(Shift shift) {
        return Duration.between(shift.start(), shift.end()).toHours();
    }

    private static Booking local(ZoneId zone, String start, String end) {
        return new Booking(
                RITA,
                LocalDateTime.parse(start).atZone(zone).toInstant(),
                LocalDateTime.parse(end).atZone(zone).toInstant());
    }

    private static Booking booking(int fromMinute, int toMinute) {
        return new Booking(RITA, at(fromMinute), at(toMinute));
    }

    private static Shift shift(int fromMinute, int toMinute) {
        return new Shift(at(fromMinute), at(toMinute));
    }

    private static Instant at(int minute) {
        return NINE.plus(Duration.ofMinutes(minute));
    }
}
