package dev.lockstep.intake;

import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * When a source last called us ({@link ControlKeys#HEARD}). Noted at most once a minute by each instance: it tells
 * silence, not traffic.
 */
public final class LastHeard {
    private static final Logger LOG = Logger.getLogger(LastHeard.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Control control;
    private final String source;
    private Instant noted = Instant.MIN;

    public LastHeard(Control control, String source) {
        this.control = control;
        this.source = source;
    }

    /** What was heard is more than that it was heard: a note that fails is written the next time. */
    public synchronized void at(Instant now) {
        if (noted.isAfter(now.minus(INTERVAL))) {
            return;
        }
        try {
            control.put(ControlKeys.HEARD + source, now.toString(), Optional.empty());
            noted = now;
        } catch (StoreUnavailable e) {
            LOG.warnf("not noted that %s was heard: %s", source, e.getMessage());
        }
    }
}
