package dev.lockstep.store.dynamodb;

import dev.lockstep.store.Control;
import dev.lockstep.store.ControlContract;
import java.time.InstantSource;

class DynamoControlTest extends ControlContract {
    @Override
    public Control empty(InstantSource clock) {
        return DynamoLocal.freshStore(clock, StoreMeter.NONE).control();
    }
}
