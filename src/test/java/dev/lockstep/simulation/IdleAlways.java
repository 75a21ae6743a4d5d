package dev.lockstep.simulation;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;

/** Reads an Away in Teams as the end of what was picked there. */
final class IdleAlways extends PlatformAround {
    IdleAlways(ReadablePlatform inner) {
        super(inner);
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        Interpretation meaning = super.interpret(seen, standing, situation, mapping, now);
        List<Signal> signals =
                meaning.signals().stream().map(IdleAlways::withdrawn).toList();
        return new Interpretation(signals, meaning.standing(), meaning.doubtful());
    }

    private static Signal withdrawn(Signal signal) {
        return signal instanceof Signal.Choice choice && choice.status() == Status.AWAY
                ? new Signal.ChoiceWithdrawn(choice.source(), choice.moment())
                : signal;
    }
}
