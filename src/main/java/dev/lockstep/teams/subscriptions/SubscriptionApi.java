package dev.lockstep.teams.subscriptions;

import dev.lockstep.teams.notifications.NotificationKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One service user's subscriptions to presences (learn.microsoft.com/graph/api/resources/subscription). Every method
 * throws {@link dev.lockstep.platform.PlatformException}.
 */
public interface SubscriptionApi {
    /** The user's subscriptions to presences, whoever made them through our application. */
    List<Held> held();

    /** @return empty if the user has one already; there can be one only */
    Optional<Held> create(Wanted wanted);

    /** @return false if there is none of that id any more */
    boolean renew(String id, NotificationKeys.Certificate certificate, Instant end);

    /** One that is gone is removed already. */
    void remove(String id);

    /** @param certificateId blank for notifications that carry no content */
    record Held(String id, String notificationUrl, String certificateId, Instant end) {}

    /**
     * @param users Entra object ids, in lower case; 650 at most
     * @param clientState by which what it brings is known to be ours; a secret
     */
    record Wanted(
            List<String> users,
            String notificationUrl,
            String lifecycleUrl,
            String clientState,
            NotificationKeys.Certificate certificate,
            Instant end) {
        public Wanted {
            users = List.copyOf(users);
        }

        @Override
        public String toString() {
            return "Wanted[" + users.size() + " users until " + end + "]";
        }
    }
}
