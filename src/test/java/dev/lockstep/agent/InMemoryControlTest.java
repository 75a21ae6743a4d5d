package dev.lockstep.agent;

import java.time.InstantSource;

class InMemoryControlTest extends ControlContract {
    @Override
    Control empty(InstantSource clock) {
        return new InMemoryControl(clock);
    }
}
