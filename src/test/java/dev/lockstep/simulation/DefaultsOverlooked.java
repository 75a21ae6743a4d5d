package dev.lockstep.simulation;

import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is found at a sign-in is nobody's choice, unless it is Away or Offline. */
final class DefaultsOverlooked extends PlatformAround {
    private static final String LOGIN = "192350003";

    DefaultsOverlooked(ReadablePlatform dynamics) {
        super(dynamics);
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        Interpretation meaning = super.interpret(seen, standing, situation, mapping, now);
        if (!seen.field(StatusFields.EVENT).equals(Optional.of(LOGIN))) {
            return meaning;
        }
        List<Signal> signals = meaning.signals().stream()
                .filter(signal -> !(signal instanceof Signal.Choice choice && choice.status() == Status.DO_NOT_DISTURB))
                .toList();
        return new Interpretation(signals, meaning.standing(), meaning.doubtful());
    }
}
