package dev.lockstep.agent;

import java.time.InstantSource;

class DynamoTimelineTest extends TimelineContract {
    @Override
    Timeline empty(InstantSource clock) {
        return DynamoLocal.freshStore(clock, StoreMeter.NONE).timeline();
    }
}
