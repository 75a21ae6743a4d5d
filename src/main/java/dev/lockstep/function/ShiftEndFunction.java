package dev.lockstep.function;

import dev.lockstep.shift.ShiftEnd;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Reads the schedules: whose shift ended, began or was changed. */
public class ShiftEndFunction {
    @Inject
    ShiftEnd shiftEnd;

    @Funq("shift-end")
    public Done run(Tick tick) {
        return new Done(shiftEnd.run());
    }
}
