package dev.lockstep.teams.graph;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.Guid;
import dev.lockstep.teams.graph.PresenceApi.Presence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads one portion so that an id which Graph refuses costs only itself: a portion that is refused is halved until the
 * refused ids are alone. Whether it was for their sake is for {@link PortionedRead} to say, which knows the other portions.
 *
 * @param once one request
 * @param readsLeft how many further requests all portions together may cost; what is not found now is found next time
 */
record PortionReader(Function<List<String>, Map<String, Presence>> once, RefusedIds refused, AtomicInteger readsLeft) {
    /**
     * What became of a portion.
     *
     * @param answered an id of those for whom Graph answered, whether it shows anything of them or not
     * @param culprits ids that were refused alone
     * @param failure why the portion as a whole was not answered
     */
    record Reading(
            Optional<String> answered,
            Map<String, Presence> found,
            List<String> culprits,
            Optional<PlatformException> failure) {
        private static Reading answered(List<String> ids, Map<String, Presence> found) {
            return new Reading(ids.stream().findFirst(), found, List.of(), Optional.empty());
        }

        static Reading failed(PlatformException failure) {
            return new Reading(Optional.empty(), Map.of(), List.of(), Optional.of(failure));
        }

        private static Reading nothing() {
            return new Reading(Optional.empty(), Map.of(), List.of(), Optional.empty());
        }

        private static Reading alone(List<String> culprit) {
            return new Reading(Optional.empty(), Map.of(), culprit, Optional.empty());
        }

        private Reading and(Reading other) {
            Map<String, Presence> both = new LinkedHashMap<>(found);
            both.putAll(other.found);
            return new Reading(
                    answered.or(() -> other.answered),
                    both,
                    Stream.concat(culprits.stream(), other.culprits.stream()).toList(),
                    Optional.empty());
        }

        private Reading because(PlatformException refusal) {
            return new Reading(answered, found, culprits, Optional.of(refusal));
        }
    }

    /** What is wrong otherwise is thrown: only a refusal can be for the sake of an id. */
    Reading read(List<String> ids) {
        try {
            return Reading.answered(ids, once.apply(ids));
        } catch (PlatformException.Rejected | PlatformException.PermissionMissing e) {
            List<String> wellFormed = ids.stream().filter(Guid::isBare).toList();
            refused.remember(ids.stream().filter(id -> !Guid.isBare(id)).toList());
            return wellFormed.size() == ids.size() ? halves(ids).because(e) : readAgain(wellFormed);
        }
    }

    private Reading readAgain(List<String> wellFormed) {
        return wellFormed.isEmpty() ? Reading.nothing() : read(wellFormed);
    }

    private Reading halves(List<String> ids) {
        if (ids.size() == 1) {
            return Reading.alone(ids);
        }
        int half = ids.size() / 2;
        return search(ids.subList(0, half)).and(search(ids.subList(half, ids.size())));
    }

    private Reading search(List<String> ids) {
        if (readsLeft.decrementAndGet() < 0) {
            return Reading.nothing();
        }
        try {
            return Reading.answered(ids, once.apply(ids));
        } catch (PlatformException.Rejected | PlatformException.PermissionMissing e) {
            return halves(ids);
        }
    }
}
