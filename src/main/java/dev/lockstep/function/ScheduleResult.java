package dev.lockstep.function;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a scheduled function did.
 *
 * @param agents how many agents it had news of
 */
@RegisterForReflection
public record ScheduleResult(int agents) {}
