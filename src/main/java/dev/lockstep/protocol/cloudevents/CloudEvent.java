package dev.lockstep.protocol.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event of CloudEvents 1.0 (github.com/cloudevents/spec).
 *
 * @param id unique within its source; the same when the event is sent again
 * @param data JSON; text for text types, a binary node for what came as {@code data_base64} and is no JSON, a missing
 *     node for none
 * @param extensions other attributes, as text
 * @param hasUnreadableTime whether there is a time that cannot be read
 */
public record CloudEvent(
        String id,
        String source,
        String type,
        Optional<String> subject,
        Optional<Instant> time,
        Optional<String> dataContentType,
        Optional<String> dataSchema,
        JsonNode data,
        Map<String, String> extensions,
        boolean hasUnreadableTime) {
    public CloudEvent {
        extensions = Map.copyOf(extensions);
    }

    public Optional<String> extension(String name) {
        return Optional.ofNullable(extensions.get(name));
    }

    /** Names the event, but shows nothing of what it holds. */
    @Override
    public String toString() {
        return "CloudEvent " + type;
    }
}
