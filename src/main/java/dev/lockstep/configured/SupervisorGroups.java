package dev.lockstep.configured;

import java.util.List;

/** Which groups supervise which teams, at most a minute old. */
@FunctionalInterface
public interface SupervisorGroups {
    /** Empty if nothing is configured: then whoever supervises does so for everybody. */
    List<SupervisorGroup> all();
}
