package dev.lockstep.local.teams.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A subscription to change notifications, learn.microsoft.com/graph/api/resources/subscription.
 *
 * @param creator the signed-in user of the token that made it, or the application without one
 * @param authorizedUntil when the token of its creation or last renewal lapses: deliveries pause from then on
 * @param challenged when reauthorization was last asked for
 * @param patched when it was last renewed
 * @param reauthorized when it was last reauthorized without renewal
 */
public record Subscription(
        String id,
        String appId,
        String creator,
        Watched watched,
        String resource,
        String changeType,
        String notificationUrl,
        Optional<String> lifecycleUrl,
        Instant expires,
        Optional<String> clientState,
        Optional<EncryptionKey> encryption,
        Instant authorizedUntil,
        Instant challenged,
        Instant patched,
        Instant reauthorized) {

    public boolean isLiveAt(Instant time) {
        return time.isBefore(expires);
    }

    public boolean deliversAt(Instant time) {
        return isLiveAt(time) && time.isBefore(authorizedUntil);
    }

    public boolean isOf(String application, String user) {
        return appId.equalsIgnoreCase(application) && creator.equalsIgnoreCase(user);
    }

    public Subscription renewed(Instant until, Instant authorized, Instant now) {
        return new Subscription(
                id,
                appId,
                creator,
                watched,
                resource,
                changeType,
                notificationUrl,
                lifecycleUrl,
                until,
                clientState,
                encryption,
                authorized,
                Instant.MIN,
                now,
                reauthorized);
    }

    public Subscription reauthorized(Instant authorized, Instant now) {
        return new Subscription(
                id,
                appId,
                creator,
                watched,
                resource,
                changeType,
                notificationUrl,
                lifecycleUrl,
                expires,
                clientState,
                encryption,
                authorized,
                Instant.MIN,
                patched,
                now);
    }

    public Subscription challengedAt(Instant now) {
        return new Subscription(
                id,
                appId,
                creator,
                watched,
                resource,
                changeType,
                notificationUrl,
                lifecycleUrl,
                expires,
                clientState,
                encryption,
                authorizedUntil,
                now,
                patched,
                reauthorized);
    }

    public Subscription sentTo(String url) {
        return new Subscription(
                id,
                appId,
                creator,
                watched,
                resource,
                changeType,
                url,
                lifecycleUrl,
                expires,
                clientState,
                encryption,
                authorizedUntil,
                challenged,
                patched,
                reauthorized);
    }

    public Subscription encryptedFor(EncryptionKey key) {
        return new Subscription(
                id,
                appId,
                creator,
                watched,
                resource,
                changeType,
                notificationUrl,
                lifecycleUrl,
                expires,
                clientState,
                Optional.of(key),
                authorizedUntil,
                challenged,
                patched,
                reauthorized);
    }

    /** @param secrets with clientState, which only the answer to the creation shows */
    public ObjectNode write(boolean secrets) {
        ObjectNode json = Json.object().put("id", id).put("resource", resource);
        json.put("applicationId", appId).put("changeType", changeType);
        json.put("clientState", secrets ? clientState.orElse(null) : null);
        json.put("notificationUrl", notificationUrl).put("lifecycleNotificationUrl", lifecycleUrl.orElse(null));
        json.put("expirationDateTime", expires.toString()).put("creatorId", creator);
        json.put("includeResourceData", encryption.isPresent()).put("latestSupportedTlsVersion", "v1_2");
        json.put("encryptionCertificateId", encryption.map(EncryptionKey::id).orElse(null));
        return json.putNull("encryptionCertificate");
    }
}
