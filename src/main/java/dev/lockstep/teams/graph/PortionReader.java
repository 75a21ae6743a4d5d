package dev.lockstep.teams.graph;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.Guid;
import dev.lockstep.teams.graph.PresenceApi.Presence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads one portion so that an id which Graph refuses costs only itself: a portion that is refused is halved until the
 * refused ids are alone. A portion of which nothing at all is answered is refused for another reason.
 *
 * @param once one request
 * @param readsLeft how many further requests all portions together may cost; what is not found now is found next time
 */
record PortionReader(Function<List<String>, Map<String, Presence>> once, RefusedIds refused, AtomicInteger readsLeft) {
    private static final Logger LOG = Logger.getLogger(PortionReader.class);

    Map<String, Presence> read(List<String> ids) {
        try {
            return once.apply(ids);
        } catch (PlatformException.Rejected e) {
            List<String> wellFormed = ids.stream().filter(Guid::isBare).toList();
            remember(ids.stream().filter(id -> !Guid.isBare(id)).toList());
            return wellFormed.size() == ids.size() ? searched(ids, e) : readAgain(wellFormed);
        }
    }

    private Map<String, Presence> readAgain(List<String> wellFormed) {
        return wellFormed.isEmpty() ? Map.of() : read(wellFormed);
    }

    private Map<String, Presence> searched(List<String> ids, PlatformException.Rejected refusal) {
        Search search = halves(ids);
        if (!search.isAnswered()) {
            throw refusal;
        }
        remember(search.culprits());
        return search.found();
    }

    private Search halves(List<String> ids) {
        if (ids.size() == 1) {
            return new Search(false, Map.of(), ids);
        }
        int half = ids.size() / 2;
        return search(ids.subList(0, half)).and(search(ids.subList(half, ids.size())));
    }

    private Search search(List<String> ids) {
        if (readsLeft.decrementAndGet() < 0) {
            return Search.NOTHING;
        }
        try {
            return new Search(true, once.apply(ids), List.of());
        } catch (PlatformException.Rejected e) {
            return halves(ids);
        }
    }

    private void remember(List<String> culprits) {
        if (!culprits.isEmpty()) {
            refused.remember(culprits);
            LOG.warnf(
                    "Teams refuses to read %d ids, %d with those found before; they are left out for an hour: %s",
                    culprits.size(), refused.count(), String.join(", ", culprits));
        }
    }

    private record Search(boolean isAnswered, Map<String, Presence> found, List<String> culprits) {
        private static final Search NOTHING = new Search(false, Map.of(), List.of());

        private Search and(Search other) {
            Map<String, Presence> both = new LinkedHashMap<>(found);
            both.putAll(other.found);
            return new Search(
                    isAnswered || other.isAnswered,
                    both,
                    Stream.concat(culprits.stream(), other.culprits.stream()).toList());
        }
    }
}
