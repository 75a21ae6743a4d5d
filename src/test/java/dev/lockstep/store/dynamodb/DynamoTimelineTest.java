package dev.lockstep.store.dynamodb;

import dev.lockstep.store.Timeline;
import dev.lockstep.store.TimelineContract;
import java.time.InstantSource;

class DynamoTimelineTest extends TimelineContract {
    @Override
    public Timeline empty(InstantSource clock) {
        return DynamoLocal.freshStore(clock, StoreMeter.NONE).timeline();
    }
}
