package dev.lockstep.store;

import java.time.InstantSource;

class InMemoryControlTest extends ControlContract {
    @Override
    public Control empty(InstantSource clock) {
        return new InMemoryControl(clock);
    }
}
