package dev.lockstep.sync.queue;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
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

    private final RetryQueue queue;
    private final int mostHops;
    private final RetryMeter meter;
    private final Spread spread;

    /** @param random spreads those who are at the same hop, so that they do not come back together */
    public HopLimit(RetryQueue queue, QueueSettings settings, RetryMeter meter, RandomGenerator random) {
        this.queue = queue;
        this.mostHops = settings.mostHops();
        this.meter = meter;
        this.spread = new Spread(random);
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
        queue.retry(message, message.bulk() ? delay : nextHop(message.hops(), delay));
    }

    /**
     * A wait that is long enough is kept: it is spread already, or is about this agent alone. So is the wait for a turn,
     * which nobody else has.
     */
    private Duration nextHop(int hops, Duration delay) {
        Duration least = LONGER_EACH_HOP.multipliedBy(hops);
        return delay.compareTo(least) < 0 ? spread.over(least) : delay;
    }

    @Override
    public List<Delayed> retryAll(List<Delayed> messages) {
        return queue.retryAll(messages);
    }
}
