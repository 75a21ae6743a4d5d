package dev.lockstep.simulation;

import dev.lockstep.store.dynamodb.StoreBill;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What an ordinary day at a desk phone and a pass over everybody take, found by running them. */
public final class Measured {
    private static final long SEED = 3;
    private static final Logger PRODUCT = Logger.getLogger("dev.lockstep");

    private final OrdinaryDay day = new OrdinaryDay(SEED, OrdinaryDay.Phone.DESK);
    private final CrowdPass pass;
    private final StoreBill bill;

    /** @param units read units of a pass, and of the polls of Teams until the next one */
    public record Pass(double units, double pollUnits, int polls) {}

    /**
     * How long it took until a platform was known to show what an event had changed.
     *
     * @param what the platform and the way
     * @param half of all, in seconds
     * @param most all but one in a hundred, in seconds
     */
    public record Shown(String what, double half, double most, long times) {}

    /** Runs the day. */
    public Measured() {
        Level level = PRODUCT.getLevel();
        boolean isShown = PRODUCT.getUseParentHandlers();
        PRODUCT.setLevel(Level.INFO);
        PRODUCT.setUseParentHandlers(false);
        PRODUCT.addHandler(day.meter());
        try {
            bill = day.bill();
        } finally {
            PRODUCT.removeHandler(day.meter());
            PRODUCT.setUseParentHandlers(isShown);
            PRODUCT.setLevel(level);
        }
        pass = new CrowdPass(day);
    }

    public Duration dayLength() {
        return OrdinaryDay.LENGTH;
    }

    /** By function; of passes, what they did for the agent. */
    public SortedMap<String, FunctionRuns> runs() {
        return new TreeMap<>(day.meter().runs());
    }

    public List<Shown> shown() {
        return day.meter().shownAfter().times();
    }

    /** What the store was asked for the agent's item and timeline. */
    public StoreBill bill() {
        return bill;
    }

    public Pass pass(int agents) {
        CrowdPass.Bill taken = pass.over(agents);
        return new Pass(taken.units(), taken.pollUnits(), CrowdPass.POLLS);
    }
}
