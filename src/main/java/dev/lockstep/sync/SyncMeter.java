package dev.lockstep.sync;

import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.platform.ReadMeter;
import java.time.Duration;

/** Counts what the synchroniser does, its reads before a release among it. */
public interface SyncMeter extends ReadMeter {
    /** @param platform that was written to; {@code outcome} is the condition's label, or {@code Done} */
    void wrote(String platform, String outcome, Duration took);

    /** What became of an event, a retry or a visit of the sweep. */
    void handled(IntakeOutcome outcome);

    /** An agent was decided anew and settled, or left to the queue. */
    void decided(String trigger);

    /**
     * A platform has come to show what is wanted.
     *
     * @param way {@code protecting} where that keeps work away, {@code releasing} where it lets work in, or
     *     {@code leaving}
     * @param took since that which changed it came here, retries and all
     */
    void converged(String platform, String way, Duration took);

    /** An agent's item holds as many of something as it may: what matters least of it is forgotten from now on. */
    void full(String what);

    void loopSuspected(String platform);
}
