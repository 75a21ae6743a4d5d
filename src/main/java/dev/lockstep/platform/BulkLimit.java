package dev.lockstep.platform;

import java.time.Duration;
import java.util.Optional;

/** How much work that concerns many agents a platform takes, so that interactive events always find room. */
public sealed interface BulkLimit {
    /**
     * What the platform publishes as its limit, for all instances of Lockstep together.
     *
     * @param requests in any window
     * @param window that slides
     * @param requestsPerAgent how many an agent takes at most
     * @param execution how long it works for us in any window; empty where that is not limited
     */
    record Quota(int requests, Duration window, int requestsPerAgent, Optional<Duration> execution)
            implements BulkLimit {
        public Quota {
            if (requests < 1 || requestsPerAgent < 1 || !window.isPositive()) {
                throw new IllegalArgumentException(requests + " requests in " + window + ", " + requestsPerAgent
                        + " for an agent, would never let anybody through");
            }
        }

        /** One that limits nothing but the number of requests. */
        public static Quota of(int requests, Duration window, int requestsPerAgent) {
            return new Quota(requests, window, requestsPerAgent, Optional.empty());
        }
    }

    /**
     * It neither paces nor pauses the work for others.
     *
     * @param reason why it need not
     */
    record Unlimited(String reason) implements BulkLimit {
        public Unlimited {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("say why no limit is needed");
            }
        }
    }
}
