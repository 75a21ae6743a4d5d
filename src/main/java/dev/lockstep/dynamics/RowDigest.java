package dev.lockstep.dynamics;

import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Sight;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * By what a row is known again: by what it shows and by what the organisation calls that, for a presence that was made
 * anew, or renamed, means something else in the same row.
 */
record RowDigest(Presences catalogue) {
    private static final String CALLED = "called";

    /** @return empty if it shows a presence that is not known */
    Optional<Long> of(Observation row) {
        PresenceCatalogue known = catalogue.get();
        Optional<String> id = new StatusView(row).presenceId();
        if (id.filter(shown -> !known.isThere(shown)).isPresent()) {
            return Optional.empty();
        }
        Observation again = new StatusView(row).asReadAt(row.askedAt());
        Map<String, String> columns = new HashMap<>(again.shown());
        id.flatMap(known::row).ifPresent(presence -> columns.put(CALLED, presence.toString()));
        return Optional.of(Sight.digest(new Observation(again.platform(), again.askedAt(), columns)));
    }
}
