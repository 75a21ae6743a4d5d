package dev.lockstep.dynamics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The organisation's presences as last read, kept in the store too: an instance that starts while Dynamics is slow
 * must still know which presence says "On a call".
 */
@Singleton
final class CachedPresenceCatalogue implements Presences {
    private static final Logger LOG = Logger.getLogger(CachedPresenceCatalogue.class);
    static final Duration AGE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** A presence that is in no list, such as one that was switched off, must not make us read the list each time. */
    private static final Duration BETWEEN_LOOKUPS = Duration.ofSeconds(30);

    private static final PresenceCatalogue NONE = new PresenceCatalogue(List.of());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OmnichannelApi api;
    private final Control control;
    private final RefreshingValue<PresenceCatalogue> presences;
    private final InstantSource clock;
    private PresenceCatalogue last = NONE;
    private volatile Instant askedAt = Instant.MIN;

    @Inject
    CachedPresenceCatalogue(OmnichannelApi api, Control control, InstantSource clock) {
        this.api = api;
        this.control = control;
        this.clock = clock;
        this.presences = new RefreshingValue<>(
                this::read, RefreshRules.every(AGE, PAUSE, PlatformException.class, StoreUnavailable.class), clock);
    }

    /** Without any presence if none was ever read and Dynamics does not answer. */
    @Override
    public PresenceCatalogue get() {
        try {
            return presences.get();
        } catch (PlatformException e) {
            return NONE;
        }
    }

    /** Somebody made a presence and picked it: what it means is read at once, not when the list is due. */
    @Override
    public PresenceCatalogue knowing(String presenceId) {
        return readAnewIf(held -> !held.isThere(presenceId));
    }

    /** An administrator switched it off: calls are shown by the next one at once. */
    @Override
    public PresenceCatalogue doubting(String presenceId) {
        return readAnewIf(held -> held.isThere(presenceId));
    }

    private PresenceCatalogue readAnewIf(Predicate<PresenceCatalogue> isOld) {
        PresenceCatalogue known = get();
        if (!isOld.test(known)) {
            return known;
        }
        try {
            return presences.replaced((held, readAt) -> isOld.test(held) && mayAskAgain());
        } catch (PlatformException | StoreUnavailable e) {
            return known;
        }
    }

    private boolean mayAskAgain() {
        return !clock.instant().isBefore(askedAt.plus(BETWEEN_LOOKUPS));
    }

    /** What is stored will do for a start. */
    private PresenceCatalogue read() {
        last = last.equals(NONE) ? stored().orElseGet(this::asked) : asked();
        return last;
    }

    private PresenceCatalogue asked() {
        askedAt = clock.instant();
        try {
            PresenceCatalogue read = new PresenceCatalogue(api.presences());
            if (!read.equals(last)) {
                control.put(ControlKeys.DYNAMICS_PRESENCES, JSON.writeValueAsString(read.rows()), Optional.empty());
            }
            return read;
        } catch (PlatformException e) {
            LOG.warnf("presences were not read: %s", e.getMessage());
            throw e;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<PresenceCatalogue> stored() {
        return control.get(ControlKeys.DYNAMICS_PRESENCES).flatMap(text -> {
            try {
                return Optional.of(new PresenceCatalogue(List.of(JSON.readValue(text, PresenceRow[].class))));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        });
    }
}
