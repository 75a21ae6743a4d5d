package dev.lockstep.intake;

import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.InMemoryControl;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Roll calls for tests. */
public final class GivenRoll {
    private GivenRoll() {}

    /** Over a store whose index is known to hold everybody. */
    public static RollCall over(AgentStore store, InstantSource clock) {
        return over(store, clock, new SequentialRunner());
    }

    public static RollCall over(AgentStore store, InstantSource clock, ParallelRunner threads) {
        return over(store, new InMemoryControl(clock), clock, threads);
    }

    public static RollCall over(AgentStore store, Control control, InstantSource clock, ParallelRunner threads) {
        RollCall roll = new RollCall(store, control, threads, clock);
        Listing always = new Listing(Instant.EPOCH, Instant.parse("2999-01-01T00:00:00Z"));
        control.put(ControlKeys.PULSES, always.text(), Optional.empty());
        return roll;
    }

    /** Ids of agents whose time has come, the most overdue first. */
    public static List<String> due(AgentStore store, Instant now) {
        return Pulse.due(over(store, () -> now).everybody(), now)
                .map(Pulse::agentId)
                .toList();
    }
}
