package dev.lockstep.intake;

import dev.lockstep.failure.StackTrace;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.StoreUnavailable;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** One agent's trouble is no other's: what fails for one is logged and left to the next run, and the rest goes on. */
public final class FaultIsolation {
    private static final Logger LOG = Logger.getLogger(FaultIsolation.class);

    private FaultIsolation() {}

    /** @return whether it worked */
    public static boolean attempt(String agentId, Runnable work) {
        return holds(agentId, () -> {
            work.run();
            return true;
        });
    }

    /** @return the answer; no where none could be had */
    public static boolean holds(String agentId, BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (StoreUnavailable | PlatformException e) {
            LOG.warnf("agent=%s left to the next run: %s", agentId, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf("agent=%s left to the next run: %s", agentId, StackTrace.of(e));
        }
        return false;
    }
}
