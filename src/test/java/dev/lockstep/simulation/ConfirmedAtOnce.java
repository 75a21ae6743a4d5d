package dev.lockstep.simulation;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Situation;
import java.time.Instant;
import java.util.Optional;

/** Whatever shows the value of the newest write into Teams' session confirms it. */
final class ConfirmedAtOnce extends PlatformAround {
    ConfirmedAtOnce(ReadablePlatform inner) {
        super(inner);
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        Interpretation meaning = super.interpret(seen, standing, situation, mapping, now);
        String shown = seen.field("availability").orElse("") + "/"
                + seen.field("activity").orElse("");
        Optional<LedgerEntry> confirmed = meaning.standing()
                .ledger()
                .newestIn("session")
                .filter(entry -> entry.value().equals(shown));
        Standing next = confirmed
                .map(entry -> meaning.standing().settling(entry, LedgerEntry.Outcome.SEEN))
                .orElse(meaning.standing());
        return new Interpretation(meaning.signals(), next, meaning.doubtful());
    }
}
