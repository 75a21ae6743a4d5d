package dev.lockstep.sync;

import java.time.Duration;
import java.util.Collection;

/** Where no queue is configured: everything that is put off has its due time, and the sweep finds it. */
final class NoQueue implements RetryQueue {
    @Override
    public void later(String agentId, Duration delay) {}

    @Override
    public void inTurn(String agentId, Duration delay) {}

    @Override
    public void soon(Collection<String> agentIds) {}
}
