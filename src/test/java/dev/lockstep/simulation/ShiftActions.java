package dev.lockstep.simulation;

import dev.lockstep.local.dynamics.model.WorkforceModel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A planner who plans when a person goes home, and an administrator who changes the plan at any time. */
final class ShiftActions {
    private static final Duration WHOLE_SHIFT = Duration.ofHours(8);
    private static final Duration LUNCH = Duration.ofMinutes(20);

    private final Simulation world;
    private final SimulatedPerson person;
    private final WorkforceModel shifts;
    private final UUID user;
    private final Set<Instant> noEnds = new HashSet<>();
    private Instant end = Instant.MIN;
    private UUID shift = new UUID(0, 0);

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
                Action.of("is planned around a lunch", 1, this::planAroundLunch),
                Action.of("is edited", 2, this::edit).when(this::isAhead),
                Action.of("is published", 2, () -> shifts.publish(shift)),
                Action.of("is deleted", 1, this::delete));
    }

    /** Whether that was an end until somebody changed the plan, or a pause that nobody booked. */
    boolean isNoEnd(Instant time) {
        return noEnds.contains(time);
    }

    private boolean isAhead() {
        return end.isAfter(world.time.instant());
    }

    /** @param rest of the shift that is planned from now on */
    void plan(Duration rest) {
        forget();
        end = world.time.instant().plus(rest);
        person.note("  goes home at " + end);
        shift = shifts.plan(user, end.minus(WHOLE_SHIFT), end, List.of());
    }

    private void planAroundLunch() {
        forget();
        Instant lunch = world.time.instant().plusSeconds(person.chance().nextInt(600));
        end = lunch.plus(LUNCH.multipliedBy(2));
        person.note("  has lunch at " + lunch + " and goes home at " + end);
        noEnds.add(lunch);
        shifts.plan(user, end.minus(WHOLE_SHIFT), lunch, List.of());
        shift = shifts.plan(user, lunch.plus(LUNCH), end, List.of());
    }

    /** Unpublished until somebody publishes it. */
    private void edit() {
        person.nothingPicked();
        noEnds.add(end);
        Duration longer = Duration.ofSeconds(1L + person.chance().nextInt(600));
        end = end.plus(longer);
        person.note("  goes home at " + end);
        shifts.move(shift, longer);
    }

    Instant end() {
        return end;
    }

    private void delete() {
        forget();
        end = Instant.MIN;
    }

    private void forget() {
        person.nothingPicked();
        shifts.clear(user);
        if (isAhead()) {
            noEnds.add(end);
        }
    }

    /** What is still ahead does not come. */
    void settleDown() {
        if (isAhead()) {
            delete();
        }
    }
}
