package dev.lockstep.local.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who sends an event that no function takes is told what is wrong with it, and what would be right. */
class RefusedEventTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String told(String function, String event) throws JsonProcessingException {
        JsonProcessingException why =
                catchThrowableOfType(JsonProcessingException.class, () -> JSON.readValue(event, Map.class));
        return JSON.readTree(LocalGateway.notTaken(function, why))
                .path("message")
                .asText();
    }

    @Test
    void yamlIsToldHowItIsSent() throws JsonProcessingException {
        assertThat(told("config", "action: apply\nconnections:\n  - name: desk-secret\n"))
                .startsWith("the event is no JSON (line 1, column ")
                .contains("object with action", "jq --null-input --rawfile document")
                .doesNotContain("desk-secret", "apply");
        assertThat(told("config", "{\"action\": \"apply\",\n \"lines\": [")).startsWith("the event is no JSON (line 2");
    }

    @Test
    void jsonOfAnotherFormIsToldWhatIsTaken() throws JsonProcessingException {
        assertThat(told("config", "[1]")).startsWith("the event is JSON of another form than config takes");
        assertThat(told("sync", "7")).contains("than sync takes", "events/sync.*.json");
    }
}
