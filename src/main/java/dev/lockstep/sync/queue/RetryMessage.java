package dev.lockstep.sync.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.intake.Trigger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A message of the retry queue. It names the agent and not what is to be done: that is decided when it is read.
 *
 * @param bulk whether it waits for its turn in the bulk lane
 * @param correlationId of the event that made it necessary; none in messages of releases that gave none
 * @param hops how often what was queued led to another message, this one included; 0 in messages of releases that did
 *     not count
 * @param turn of the bulk lane that was reserved; none in messages of releases that reserved none
 */
public record RetryMessage(
        String agentId, boolean bulk, Optional<String> correlationId, int hops, Optional<Instant> turn) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an event or a message made necessary. */
    public static RetryMessage after(Trigger trigger, String agentId) {
        return new RetryMessage(
                agentId, false, Optional.of(trigger.correlationId()), trigger.hops() + 1, Optional.empty());
    }

    public static RetryMessage inBulk(String agentId, String correlationId, Instant turn) {
        return new RetryMessage(agentId, true, Optional.of(correlationId), 1, Optional.of(turn));
    }

    /** The same, put back because its turn is only then. */
    public RetryMessage at(Instant next) {
        return new RetryMessage(agentId, bulk, correlationId, hops + 1, Optional.of(next));
    }

    /** @return empty if it is none of ours */
    public static Optional<RetryMessage> parse(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            String agentId = message == null ? "" : message.path("agentId").asText("");
            return agentId.isBlank()
                    ? Optional.empty()
                    : Optional.of(new RetryMessage(
                            agentId,
                            message.path("lane").asText("").equals("bulk"),
                            Optional.of(message.path("correlationId").asText(""))
                                    .filter(id -> !id.isBlank()),
                            Math.max(0, message.path("hops").asInt(0)),
                            turn(message.path("turn").asText(""))));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> turn(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    String text() {
        ObjectNode message = JSON.createObjectNode().put("agentId", agentId);
        correlationId.ifPresent(id -> message.put("correlationId", id));
        if (hops > 0) {
            message.put("hops", hops);
        }
        turn.ifPresent(at -> message.put("turn", at.toString()));
        return (bulk ? message.put("lane", "bulk") : message).toString();
    }
}
