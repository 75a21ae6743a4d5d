package dev.lockstep.function;

import dev.lockstep.shift.ShiftPoll;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Reads the schedules: whose shift ended, began or was changed. */
@Invocation
public class ShiftEndFunction {
    @Inject
    ShiftPoll shiftEnd;

    @Funq("shift-end")
    public ScheduleResult run(ScheduleEvent tick) {
        return new ScheduleResult(shiftEnd.run());
    }
}
