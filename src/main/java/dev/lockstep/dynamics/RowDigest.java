package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Sight;
import java.util.Optional;

/**
 * By what a row is known again: by what it shows, by what the organisation calls that, for a presence that was made
 * anew, or renamed, means something else in the same row, and by how it is read.
 */
record RowDigest(PresenceMeanings meanings) {
    private record Meaning(Optional<PresenceRow> presence, Optional<InboundRule> reading) {}

    /** @return empty if it shows a presence that is not known */
    Optional<Long> of(Observation row) {
        StatusView view = new StatusView(row);
        Optional<String> shown = view.presenceId();
        if (shown.filter(id -> !meanings.isKnown(id)).isPresent()) {
            return Optional.empty();
        }
        Meaning meaning = new Meaning(shown.flatMap(meanings.presences()::row), shown.map(meanings::of));
        return Optional.of(Sight.digest(view.asReadAt(row.askedAt()), meaning));
    }
}
