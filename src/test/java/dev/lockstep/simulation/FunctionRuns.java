package dev.lockstep.simulation;

import java.time.Duration;

/**
 * What one function did for one agent in a day.
 *
 * @param writing runs among them that wrote to a platform
 * @param took all runs together, but for their own work: calls of platforms, one after the other, and of the store, and
 *     waits for reads that lag
 * @param writes on platforms
 * @param agentReads read units for the agent's item
 * @param smallReads of identities and of small values, of one read unit each
 * @param smallWrites of small values, of one write unit each
 * @param notes that a source was heard or read, which each instance writes once in a while
 * @param logBytes of its lines, metrics among them
 */
public record FunctionRuns(
        long all,
        long writing,
        Duration took,
        long writes,
        double agentReads,
        long smallReads,
        long smallWrites,
        long notes,
        long logBytes) {
    static final FunctionRuns SMALL_READ = new FunctionRuns(0, 0, Duration.ZERO, 0, 0, 1, 0, 0, 0);
    static final FunctionRuns SMALL_WRITE = new FunctionRuns(0, 0, Duration.ZERO, 0, 0, 0, 1, 0, 0);
    static final FunctionRuns NOTE = new FunctionRuns(0, 0, Duration.ZERO, 0, 0, 0, 0, 1, 0);

    static FunctionRuns agentRead(double units) {
        return new FunctionRuns(0, 0, Duration.ZERO, 0, units, 0, 0, 0, 0);
    }

    static FunctionRuns logged(long bytes) {
        return new FunctionRuns(0, 0, Duration.ZERO, 0, 0, 0, 0, 0, bytes);
    }

    static FunctionRuns one(Duration took, long writes) {
        return new FunctionRuns(1, writes > 0 ? 1 : 0, took, writes, 0, 0, 0, 0, 0);
    }

    public double readUnits() {
        return agentReads + smallReads;
    }

    FunctionRuns plus(FunctionRuns other) {
        return new FunctionRuns(
                all + other.all,
                writing + other.writing,
                took.plus(other.took),
                writes + other.writes,
                agentReads + other.agentReads,
                smallReads + other.smallReads,
                smallWrites + other.smallWrites,
                notes + other.notes,
                logBytes + other.logBytes);
    }
}
