package dev.lockstep.simulation;

import dev.lockstep.local.dynamics.model.WorkforceModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A planner who plans when a person goes home, and changes the plan. */
final class ShiftActions {
    private static final Duration WHOLE_SHIFT = Duration.ofHours(8);

    private final Simulation world;
    private final SimulatedPerson person;
    private final WorkforceModel shifts;
    private final UUID user;
    private Instant end = Instant.MIN;

    ShiftActions(Simulation world, SimulatedPerson person) {
        this.world = world;
        this.person = person;
        this.shifts = world.center.shifts();
        this.user = person.user();
    }

    Place place() {
        return Place.of(
                "shift",
                6,
                Action.of(
                        "is planned",
                        2,
                        () -> plan(Duration.ofSeconds(person.chance().nextInt(1_200)))),
                Action.of("is deleted", 1, this::delete));
    }

    /** @param rest of the shift that is planned from now on */
    void plan(Duration rest) {
        end = world.time.instant().plus(rest);
        person.note("  goes home at " + end);
        person.nothingPicked();
        shifts.clear(user);
        shifts.plan(user, end.minus(WHOLE_SHIFT), end, List.of());
    }

    Instant end() {
        return end;
    }

    private void delete() {
        person.nothingPicked();
        shifts.clear(user);
    }

    /** What is still ahead does not come. */
    void settleDown() {
        if (end.isAfter(world.time.instant())) {
            shifts.clear(user);
        }
    }
}
