package dev.lockstep.agent;

import java.time.InstantSource;

class InMemoryTimelineTest extends TimelineContract {
    @Override
    Timeline empty(InstantSource clock) {
        return new InMemoryTimeline(RETENTION, clock);
    }
}
