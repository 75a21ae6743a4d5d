package dev.lockstep.simulation;

import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Situation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Each row seems to be one that a person wrote by picking a presence. */
final class AllAreChoices extends PlatformAround {
    private static final String PICKED = "192350006";

    AllAreChoices(ReadablePlatform dynamics) {
        super(dynamics);
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        Map<String, String> columns = new HashMap<>(seen.shown());
        columns.put(StatusFields.MODIFIED_BY, "AGENT");
        columns.put(StatusFields.EVENT, PICKED);
        Observation picked = new Observation(seen.platform(), seen.askedAt(), columns);
        return super.interpret(picked, standing, situation, mapping, now);
    }
}
