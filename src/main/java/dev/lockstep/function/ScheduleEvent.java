package dev.lockstep.function;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a schedule sends.
 *
 * @param seconds for how long a watch goes on polling; missing for once
 */
@RegisterForReflection
public record ScheduleEvent(Integer seconds) {
    int secondsOr(int usual) {
        return seconds == null ? usual : seconds;
    }
}
