package dev.lockstep.sync.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A message of the retry queue. It names the agent and not what is to be done: that is decided when it is read.
 *
 * @param bulk whether it waits for its turn in the bulk lane
 * @param correlationId of the event that made it necessary; none in messages of releases that gave none
 */
public record RetryMessage(String agentId, boolean bulk, Optional<String> correlationId) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static RetryMessage of(String agentId, String correlationId) {
        return new RetryMessage(agentId, false, Optional.of(correlationId));
    }

    public static RetryMessage inBulk(String agentId, String correlationId) {
        return new RetryMessage(agentId, true, Optional.of(correlationId));
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
                                    .filter(id -> !id.isBlank())));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    String text() {
        ObjectNode message = JSON.createObjectNode().put("agentId", agentId);
        correlationId.ifPresent(id -> message.put("correlationId", id));
        return (bulk ? message.put("lane", "bulk") : message).toString();
    }
}
