package dev.lockstep.sync.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A message of the retry queue. It names the agent and nothing else: what is to be done is decided when it is read.
 *
 * @param bulk whether it waits for its turn in the bulk lane
 */
public record RetryMessage(String agentId, boolean bulk) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static RetryMessage of(String agentId) {
        return new RetryMessage(agentId, false);
    }

    static RetryMessage inBulk(String agentId) {
        return new RetryMessage(agentId, true);
    }

    /** @return empty if it is none of ours */
    public static Optional<RetryMessage> parse(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            String agentId = message == null ? "" : message.path("agentId").asText("");
            return agentId.isBlank()
                    ? Optional.empty()
                    : Optional.of(new RetryMessage(
                            agentId, message.path("lane").asText("").equals("bulk")));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    String text() {
        ObjectNode message = JSON.createObjectNode().put("agentId", agentId);
        return (bulk ? message.put("lane", "bulk") : message).toString();
    }
}
