package dev.lockstep.sync.queue;

import java.time.Duration;
import java.util.Collection;

/** Where no queue is configured: everything that is put off has its due time, and the sweep finds it. */
public final class NoQueue implements RetryQueue {
    @Override
    public void retry(RetryMessage message, Duration delay) {}

    @Override
    public void enqueueBulk(Collection<String> agentIds, String correlationId) {}
}
