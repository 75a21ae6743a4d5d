package dev.lockstep.teams.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.store.Identities;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsPresence;
import dev.lockstep.teams.notifications.Notification.Item;
import dev.lockstep.teams.subscriptions.SubscriptionLifecycle;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** What one message of Graph says: how agents show, and whom it does not say it of, so that they must be read. */
final class NotificationDelivery {
    private static final Logger LOG = Logger.getLogger(NotificationDelivery.class);

    /** Of what is kept of a presence: it stands in the agent's item. */
    private static final int MAX_CHARACTERS = 128;

    private final NotificationKeys keys;
    private final Identities identities;
    private final SubscriptionLifecycle subscriptions;
    private final Instant receivedAt;
    private final Consumer<Doubt> doubts;
    private final Map<String, List<Evidence>> told = new LinkedHashMap<>();
    private final Map<String, String> toRead = new LinkedHashMap<>();

    /** @param doubts is told what is passed over */
    NotificationDelivery(
            NotificationKeys keys,
            Identities identities,
            SubscriptionLifecycle subscriptions,
            Instant receivedAt,
            Consumer<Doubt> doubts) {
        this.keys = keys;
        this.identities = identities;
        this.subscriptions = subscriptions;
        this.receivedAt = receivedAt;
        this.doubts = doubts;
    }

    /** What agents show, by their id. */
    Map<String, List<Evidence>> told() {
        return told;
    }

    /** The agents whose presence changed without being told, by their id in Teams. */
    Map<String, String> toRead() {
        return toRead;
    }

    /** @param item that is known to be genuine */
    void take(Item item) {
        if (item.lifecycleEvent().isPresent()) {
            if (!subscriptions.take(item, receivedAt)) {
                doubts.accept(Doubt.UNKNOWN_EVENT);
            }
        } else if (item.isEncrypted()) {
            decrypted(item).ifPresent(this::shown);
        } else {
            item.userId().ifPresentOrElse(this::remember, () -> doubts.accept(Doubt.NOT_A_PRESENCE));
        }
    }

    private Optional<JsonNode> decrypted(Item item) {
        String certificate =
                item.encryptedContent().path("encryptionCertificateId").asText("");
        Optional<PrivateKey> key = keys.named(certificate);
        if (key.isEmpty()) {
            LOG.error("Teams encrypts for a certificate that lockstep.teams.notification-keys does not hold");
            doubts.accept(Doubt.UNKNOWN_CERTIFICATE);
            return Optional.empty();
        }
        Optional<JsonNode> content = EncryptedContent.of(item.encryptedContent())
                .flatMap(encrypted -> encrypted.decrypted(key.get()))
                .flatMap(Notification::object);
        if (content.isEmpty()) {
            doubts.accept(Doubt.NOT_DECRYPTED);
        }
        return content;
    }

    private void shown(JsonNode presence) {
        Map<String, String> fields = new HashMap<>();
        put(presence.path("availability"), TeamsPresence.AVAILABILITY, fields);
        put(presence.path("activity"), TeamsPresence.ACTIVITY, fields);
        put(presence.path("sequenceNumber"), TeamsPresence.SEQUENCE, fields);
        String user = presence.path("id").asText("");
        if (user.isBlank() || !fields.containsKey(TeamsPresence.AVAILABILITY)) {
            doubts.accept(Doubt.NOT_A_PRESENCE);
            return;
        }
        fields.putIfAbsent(TeamsPresence.ACTIVITY, fields.get(TeamsPresence.AVAILABILITY));
        Evidence seen =
                new Evidence.Observed(Optional.of(user), new Observation(TeamsPlatform.NAME, receivedAt, fields));
        agentOf(user)
                .ifPresent(agent ->
                        told.computeIfAbsent(agent, any -> new ArrayList<>()).add(seen));
    }

    private static void put(JsonNode value, String field, Map<String, String> fields) {
        if (value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= MAX_CHARACTERS) {
            fields.put(field, value.textValue());
        }
    }

    private void remember(String user) {
        agentOf(user).ifPresent(agent -> toRead.put(user, agent));
    }

    /** Nobody has an id that long, and the store would refuse to look for one. */
    private Optional<String> agentOf(String user) {
        if (user.length() > MAX_CHARACTERS) {
            doubts.accept(Doubt.NOT_A_PRESENCE);
            return Optional.empty();
        }
        return identities.agentOf(Identities.of(TeamsPlatform.NAME, user));
    }
}
