package dev.lockstep.agent;

import java.time.InstantSource;

class DynamoControlTest extends ControlContract {
    @Override
    Control empty(InstantSource clock) {
        return DynamoLocal.freshStore(clock, StoreMeter.NONE).control();
    }
}
