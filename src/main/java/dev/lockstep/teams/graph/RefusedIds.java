package dev.lockstep.teams.graph;

import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Ids for whose sake Graph refuses every list that names them: left out of lists for an hour, then tried again. They are
 * noted where the doctor finds them, because an agent who is left out is not seen in Teams.
 */
final class RefusedIds {
    private static final Logger LOG = Logger.getLogger(RefusedIds.class);
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MOST = 1000;

    private final Map<String, Instant> until = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Control control;

    RefusedIds(InstantSource clock, Control control) {
        this.clock = clock;
        this.control = control;
    }

    /** Where there are too many, the rest is found anew each time. */
    void remember(List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Instant end = clock.instant().plus(MEMORY);
        ids.stream().filter(id -> until.size() < MOST).forEach(id -> {
            until.put(id, end);
            note(id, end);
        });
        LOG.warnf(
                "Teams refuses to read %d ids, %d with those found before; they are left out for an hour: %s",
                ids.size(), count(), String.join(", ", ids));
    }

    /** That they are left out matters more than that it is noted. */
    private void note(String id, Instant end) {
        try {
            control.put(ControlKeys.REFUSED_ID + id, clock.instant().toString(), Optional.of(end));
        } catch (StoreUnavailable e) {
            LOG.warnf("not noted that Teams refuses an id: %s", e.getMessage());
        }
    }

    boolean isRefused(String id) {
        Instant end = until.get(id);
        if (end != null && !clock.instant().isBefore(end)) {
            until.remove(id);
        }
        return until.containsKey(id);
    }

    int count() {
        return until.size();
    }
}
