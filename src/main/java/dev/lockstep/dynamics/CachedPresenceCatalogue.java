package dev.lockstep.dynamics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.Control;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The organisation's presences as last read, kept in the store too: an instance that starts while Dynamics is slow
 * must still know which presence says "On a call".
 */
final class CachedPresenceCatalogue implements Supplier<PresenceCatalogue> {
    private static final Logger LOG = Logger.getLogger(CachedPresenceCatalogue.class);
    private static final String KEY = "dynamics-presences";
    private static final Duration AGE = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OmnichannelApi api;
    private final Control control;
    private final InstantSource clock;
    private PresenceCatalogue known = new PresenceCatalogue(List.of());
    private Instant readAt = Instant.MIN;

    CachedPresenceCatalogue(OmnichannelApi api, Control control, InstantSource clock) {
        this.api = api;
        this.control = control;
        this.clock = clock;
    }

    @Override
    public synchronized PresenceCatalogue get() {
        Instant now = clock.instant();
        if (readAt.equals(Instant.MIN)) {
            stored().ifPresent(rows -> {
                known = new PresenceCatalogue(rows);
                readAt = now;
            });
        }
        if (readAt.equals(Instant.MIN) || readAt.plus(AGE).isBefore(now)) {
            refresh(now);
        }
        return known;
    }

    /** Reads them again now; what is known stays if Dynamics does not answer. */
    synchronized void refresh(Instant now) {
        try {
            List<PresenceRow> rows = api.presences();
            readAt = now;
            if (!rows.equals(known.rows())) {
                known = new PresenceCatalogue(rows);
                control.put(KEY, JSON.writeValueAsString(rows), Optional.empty());
            }
        } catch (PlatformException e) {
            LOG.warnf("presences were not read: %s", e.getMessage());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<List<PresenceRow>> stored() {
        return control.get(KEY).flatMap(text -> {
            try {
                return Optional.of(List.of(JSON.readValue(text, PresenceRow[].class)));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        });
    }
}
