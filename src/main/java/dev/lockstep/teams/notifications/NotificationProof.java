package dev.lockstep.teams.notifications;

import dev.lockstep.configured.Secrets;
import dev.lockstep.protocol.signature.SecretMatcher;
import dev.lockstep.teams.notifications.Notification.Item;
import dev.lockstep.teams.subscriptions.SubscriptionTerms;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * By what notifications are known to come from Graph: our client state in each item, and tokens that vouch for all of
 * them.
 */
record NotificationProof(NotificationSettings settings, Secrets secrets, ValidationTokens tokens) {
    /** The items that may be believed; none where one token does not hold, which makes the whole message suspicious. */
    List<Item> genuine(Notification notification, Instant receivedAt, Consumer<Doubt> doubts) {
        SecretMatcher states = SecretMatcher.of(SubscriptionTerms.clientStates(settings, secrets));
        List<Item> ours = notification.items().stream()
                .filter(item -> holds(states.matches(item.clientState()), Doubt.CLIENT_STATE, doubts))
                .toList();
        return ours.isEmpty() || holds(isVouchedFor(notification, receivedAt), Doubt.VALIDATION_TOKEN, doubts)
                ? ours
                : List.of();
    }

    private boolean isVouchedFor(Notification notification, Instant receivedAt) {
        List<String> given = notification.validationTokens();
        return (!given.isEmpty() || !notification.isEncrypted())
                && given.stream().allMatch(token -> tokens.isGenuine(token, receivedAt));
    }

    private static boolean holds(boolean proven, Doubt otherwise, Consumer<Doubt> doubts) {
        if (!proven) {
            doubts.accept(otherwise);
        }
        return proven;
    }
}
