package dev.lockstep.simulation;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Situation;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Whatever shows the value of the newest write into a slot confirms it. */
final class ConfirmedAtOnce extends PlatformAround {
    private final String slot;
    private final Function<Observation, String> shown;

    private ConfirmedAtOnce(ReadablePlatform inner, String slot, Function<Observation, String> shown) {
        super(inner);
        this.slot = slot;
        this.shown = shown;
    }

    /** Teams' session. */
    static ConfirmedAtOnce byPresences(ReadablePlatform teams) {
        return new ConfirmedAtOnce(
                teams,
                "session",
                seen -> seen.field("availability").orElse("") + "/"
                        + seen.field("activity").orElse(""));
    }

    /** Dynamics' presence. */
    static ConfirmedAtOnce byRows(ReadablePlatform dynamics) {
        return new ConfirmedAtOnce(
                dynamics, "presence", seen -> seen.field("presenceId").orElse(""));
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        Interpretation meaning = super.interpret(seen, standing, situation, mapping, now);
        Optional<LedgerEntry> confirmed = meaning.standing()
                .ledger()
                .newestIn(slot)
                .filter(entry -> entry.value().equals(shown.apply(seen)));
        Standing next = confirmed
                .map(entry -> meaning.standing().settling(entry, LedgerEntry.Outcome.SEEN))
                .orElse(meaning.standing());
        return new Interpretation(meaning.signals(), next, meaning.doubtful());
    }
}
