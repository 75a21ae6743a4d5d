package dev.lockstep.platform;

/** How much work that concerns many agents a platform takes, so that interactive events always find room. */
public sealed interface BulkLimit {
    /**
     * At most so many agents.
     *
     * @param agents four fifths of what the platform publishes as its limit, for all instances of Lockstep together
     */
    record PerTenSeconds(int agents) implements BulkLimit {
        public PerTenSeconds {
            if (agents < 1) {
                throw new IllegalArgumentException("a limit of " + agents + " agents would never let anybody through");
            }
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
