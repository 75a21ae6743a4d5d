package dev.lockstep.sync;

import dev.lockstep.platform.Subject;

/** Whether Lockstep writes: for everybody, or for a platform, a team or an agent apart. */
public interface WriteModes {
    Mode of(Subject subject, String platform);

    /** What may be done. */
    enum Mode {
        ON,
        /** Decide and show what would be written, but write nothing. */
        OBSERVE,
        OFF
    }
}
