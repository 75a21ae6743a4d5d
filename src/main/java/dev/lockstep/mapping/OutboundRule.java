package dev.lockstep.mapping;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a platform shows a status.
 *
 * @param slot where it is written on a platform that has more than one place for it
 * @param values the platform's own name of it; of several the first that exists there
 * @param expiry after which the platform ends it by itself
 */
public record OutboundRule(String slot, List<String> values, Optional<Duration> expiry) {
    public OutboundRule {
        values = List.copyOf(values);
    }
}
