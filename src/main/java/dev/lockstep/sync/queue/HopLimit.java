package dev.lockstep.sync.queue;

import java.time.Duration;
import java.util.Collection;
import org.jboss.logging.Logger;

/**
 * Lets nothing go round for ever: with every hop a message waits for longer, and after the last one the agent is left to
 * the sweep, which visits whoever is due anyway. Lambda takes a function that keeps feeding its own queue for a mistake,
 * and stops it after about 16 rounds where nobody allowed it (docs.aws.amazon.com/lambda, recursive loop detection).
 */
public final class HopLimit implements RetryQueue {
    private static final Logger LOG = Logger.getLogger(HopLimit.class);

    /** What is tried again every two seconds, for thirty, takes ten hops: growing must not make it late. */
    private static final Duration LONGER_EACH_HOP = Duration.ofMillis(500);

    /** So thousands of agents go through the bulk lane in twelve hops; whoever is left then is left to the sweep. */
    private static final Duration LONGER_EACH_TURN = Duration.ofSeconds(5);

    private final RetryQueue queue;
    private final int mostHops;
    private final RetryMeter meter;

    public HopLimit(RetryQueue queue, QueueSettings settings, RetryMeter meter) {
        this.queue = queue;
        this.mostHops = settings.mostHops();
        this.meter = meter;
    }

    @Override
    public void retry(RetryMessage message, Duration delay) {
        if (message.hops() > mostHops) {
            LOG.warnf(
                    "agent=%s correlationId=%s is left to the sweep after %d hops",
                    message.agentId(), message.correlationId().orElse(""), mostHops);
            meter.leftToSweep();
            return;
        }
        Duration least = (message.bulk() ? LONGER_EACH_TURN : LONGER_EACH_HOP).multipliedBy(message.hops());
        queue.retry(message, delay.compareTo(least) < 0 ? least : delay);
    }

    @Override
    public void enqueueBulk(Collection<String> agentIds, String correlationId) {
        queue.enqueueBulk(agentIds, correlationId);
    }
}
