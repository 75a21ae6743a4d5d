package dev.lockstep.teams.subscriptions;

import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.teams.notifications.Notification.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What Graph says of a subscription's life, left in {@link Control} for whoever renews subscriptions
 * ({@link ControlKeys#SUBSCRIPTION_LIFECYCLE}; learn.microsoft.com/graph/change-notifications-lifecycle-events).
 */
public record SubscriptionLifecycle(Control control) {
    private static final Set<String> KNOWN = Set.of("reauthorizationRequired", "subscriptionRemoved", "missed");
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int LONGEST_ID = 128;

    /** What was last said of it, such as {@code reauthorizationRequired}, and is not {@link #heeded} yet. */
    Optional<String> of(String subscriptionId) {
        return control.get(ControlKeys.SUBSCRIPTION_LIFECYCLE + subscriptionId).map(told -> told.split(" ", 2)[0]);
    }

    void heeded(String subscriptionId) {
        control.remove(ControlKeys.SUBSCRIPTION_LIFECYCLE + subscriptionId);
    }

    /** @return false if it is none that we know */
    public boolean take(Item item, Instant now) {
        Optional<String> event = item.lifecycleEvent().filter(KNOWN::contains);
        Optional<String> id = item.subscriptionId().filter(text -> text.length() <= LONGEST_ID);
        if (event.isEmpty() || id.isEmpty()) {
            return false;
        }
        String end = item.subscriptionEnd().map(at -> " " + at).orElse("");
        control.put(
                ControlKeys.SUBSCRIPTION_LIFECYCLE + id.get(),
                event.get() + " " + now + end,
                Optional.of(now.plus(KEPT)));
        return true;
    }
}
