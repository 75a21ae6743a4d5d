package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.teams.model.ShownPresence;
import dev.lockstep.local.teams.model.ShownPresence.StatusMessage;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The presence resource on the wire, learn.microsoft.com/graph/api/resources/presence. */
public final class PresenceJson {
    private PresenceJson() {}

    /** @param own the reader is the user: the status message then shows its dates */
    static ObjectNode read(ShownPresence presence, boolean own) {
        ObjectNode json = Json.object().put("id", presence.userId());
        json.put("availability", presence.pair().availability());
        json.put("activity", presence.pair().activity());
        presence.message()
                .ifPresentOrElse(
                        message -> json.set("statusMessage", message(message, own)),
                        () -> json.putNull("statusMessage"));
        json.putObject("outOfOfficeSettings")
                .put("isOutOfOffice", presence.outOfOffice())
                .putNull("message");
        json.putObject("workLocation")
                .put("workLocationType", "unspecified")
                .put("source", "none")
                .putNull("placeId");
        return json.put("sequenceNumber", presence.sequenceNumber());
    }

    /** The five members of a decrypted notification, learn.microsoft.com/graph/changenotifications-for-presence. */
    public static ObjectNode notified(ShownPresence presence, boolean withSequence) {
        ObjectNode json = reference(presence.userId());
        json.put("availability", presence.pair().availability());
        json.put("activity", presence.pair().activity());
        return withSequence ? json.put("sequenceNumber", presence.sequenceNumber()) : json;
    }

    public static ObjectNode reference(String userId) {
        return Json.object()
                .put("@odata.id", "users/" + userId + "/presence")
                .put("@odata.type", "#microsoft.graph.presence")
                .put("id", userId);
    }

    private static ObjectNode message(StatusMessage message, boolean own) {
        ObjectNode json = Json.object();
        json.putObject("message").put("content", message.text()).put("contentType", "text");
        if (own) {
            json.put("publishedDateTime", message.published().toString());
            message.expires().ifPresent(end -> json.set("expiryDateTime", zoned(end)));
        }
        return json;
    }

    private static ObjectNode zoned(Instant time) {
        String local = LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString();
        return Json.object().put("dateTime", local).put("timeZone", "UTC");
    }
}
