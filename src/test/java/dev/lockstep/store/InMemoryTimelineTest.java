package dev.lockstep.store;

import java.time.InstantSource;

class InMemoryTimelineTest extends TimelineContract {
    @Override
    public Timeline empty(InstantSource clock) {
        return new InMemoryTimeline(RETENTION, clock);
    }
}
