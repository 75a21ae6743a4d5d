package dev.lockstep.sync;

import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.platform.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * For how long a visit asks again where reads lag behind what we wrote.
 *
 * @param until nothing is asked after that: what follows must still be written in time
 * @param pace between two questions
 * @param hasNews whether more was told of the agent since: nobody waits then
 */
record Patience(Instant until, Duration pace, InstantSource clock, Sleeper pause, BooleanSupplier hasNews) {
    /**
     * How many visits in a row ask more than once. A call of theirs that looks like our own write is in doubt for the
     * whole grace, and must not cost so many reads.
     */
    private static final int VISITS = 2;

    static boolean isLeft(Standing standing) {
        return standing.progress().attempts() < VISITS;
    }

    /** For what nobody need wait for who wants an answer: it is left to the queue. */
    Patience leftToTheQueue() {
        return new Patience(Instant.MIN, pace, clock, pause, hasNews);
    }

    /** The same, for somebody who is given less time. */
    Patience within(Duration time) {
        Instant end = clock.instant().plus(time.multipliedBy(2).dividedBy(3));
        return end.isBefore(until) ? new Patience(end, pace, clock, pause, hasNews) : this;
    }

    boolean isOver() {
        return clock.instant().plus(pace).isAfter(until);
    }

    /** Waits a moment. @return whether to ask again */
    boolean goesOn() {
        try {
            pause.of(pace);
            return !hasNews.getAsBoolean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
