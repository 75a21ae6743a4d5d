package dev.lockstep.sync.queue;

import java.time.Duration;
import java.util.List;

/** Where no queue is configured: everything that is put off has its due time, and the sweep finds it. */
public final class NoQueue implements RetryQueue {
    @Override
    public void retry(RetryMessage message, Duration delay) {}

    @Override
    public List<Delayed> retryAll(List<Delayed> messages) {
        return List.of();
    }
}
