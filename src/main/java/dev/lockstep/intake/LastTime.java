package dev.lockstep.intake;

import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * When a source last called us ({@link ControlKeys#HEARD}), or was last read ({@link ControlKeys#READ}). Noted at most
 * once a minute by each instance: it tells silence, not traffic.
 */
public final class LastTime {
    private static final Logger LOG = Logger.getLogger(LastTime.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Control control;
    private final String key;
    private Instant noted = Instant.MIN;

    private LastTime(Control control, String key) {
        this.control = control;
        this.key = key;
    }

    /** When the source last called us. */
    public static LastTime heard(Control control, String source) {
        return new LastTime(control, ControlKeys.HEARD + source);
    }

    /** When the source was last read with success. */
    public static LastTime read(Control control, String source) {
        return new LastTime(control, ControlKeys.READ + source);
    }

    /** Whether it ever happened, at any instance. */
    public boolean isNoted() {
        return control.get(key).isPresent();
    }

    /** What happened is more than that it is noted: a note that fails is written the next time. */
    public synchronized void at(Instant now) {
        if (noted.isAfter(now.minus(INTERVAL))) {
            return;
        }
        try {
            control.put(key, now.toString(), Optional.empty());
            noted = now;
        } catch (StoreUnavailable e) {
            LOG.warnf("not noted as %s: %s", key, e.getMessage());
        }
    }
}
