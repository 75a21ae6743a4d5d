package dev.lockstep.teams.subscriptions;

import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.teams.notifications.NotificationKeys;
import dev.lockstep.teams.notifications.NotificationSettings;
import dev.lockstep.teams.subscriptions.SubscriptionApi.Wanted;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** What all our subscriptions have in common. */
public record SubscriptionTerms(
        String notificationUrl, String lifecycleUrl, String clientState, NotificationKeys.Certificate certificate) {
    private static final int LONGEST_STATE = 128;

    /**
     * The newest certificate and the last client state: what is being replaced stands before it.
     *
     * @throws PlatformException.PermissionMissing if something is not configured, saying what
     */
    static SubscriptionTerms of(
            SubscriptionSettings settings, NotificationSettings notifications, Secrets secrets, NotificationKeys keys) {
        URI url = settings.notificationUrl()
                .orElseThrow(() -> missing("lockstep.teams.notification-url: the address at which Graph reaches us"));
        String state = clientStates(notifications, secrets).stream()
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> missing("lockstep.teams.client-state: a random text"));
        if (state.length() > LONGEST_STATE) {
            throw new PlatformException.PermissionMissing(
                    "lockstep.teams.client-state is longer than Graph's 128 characters");
        }
        NotificationKeys.Certificate newest = keys.certificates().stream()
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> missing("lockstep.teams.notification-keys: a certificate with its key"));
        String base = url.toString().replaceAll("/+$", "");
        return new SubscriptionTerms(base + "/teams", base + "/teams/lifecycle", state, newest);
    }

    /** Each one that notifications may carry. */
    public static List<String> clientStates(NotificationSettings settings, Secrets secrets) {
        return secrets.revealAll(settings.clientState().orElse(List.of()));
    }

    private static PlatformException missing(String what) {
        return new PlatformException.PermissionMissing("no subscription can be made; set " + what);
    }

    Wanted wanted(List<String> users, Instant end) {
        return new Wanted(users, notificationUrl, lifecycleUrl, clientState, certificate, end);
    }

    /** Of what cannot be changed in a subscription, only in a new one. */
    String digest(List<String> users) {
        return SubscriptionRecord.digest(String.join("\n", lifecycleUrl, clientState, String.join("\n", users)));
    }

    @Override
    public String toString() {
        return "SubscriptionTerms[" + notificationUrl + ", " + certificate.id() + "]";
    }
}
