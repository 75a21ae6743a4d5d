package dev.lockstep.simulation;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Situation;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Whatever shows in Teams as our newest session confirms it. */
final class ConfirmedAtOnce extends PlatformAround {
    ConfirmedAtOnce(ReadablePlatform teams) {
        super(teams);
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        Interpretation meaning = super.interpret(seen, standing, situation, mapping, now);
        Ledger ledger = meaning.standing().ledger();
        Optional<LedgerEntry> confirmed = ledger.held().keySet().stream()
                .filter(slot -> slot.startsWith("session"))
                .flatMap(slot -> ledger.newestIn(slot).stream())
                .max(Comparator.comparing(LedgerEntry::at))
                .filter(entry -> entry.value().equals(shown(seen)));
        Standing next = confirmed
                .map(entry -> meaning.standing().settling(entry, LedgerEntry.Outcome.SEEN))
                .orElse(meaning.standing());
        return new Interpretation(meaning.signals(), next, meaning.doubtful());
    }

    private static String shown(Observation seen) {
        return seen.field("availability").orElse("") + "/"
                + seen.field("activity").orElse("");
    }
}
