package dev.lockstep.function;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.administration.Configuration;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.util.Map;

/** Validates, shows, applies and exports mappings, connections, lines and agents. */
@Invocation
public class ConfigFunction {
    @Inject
    Configuration configuration;

    @Inject
    ObjectMapper json;

    @Funq("config")
    public Map<String, Object> configure(Map<String, Object> request) {
        return json.convertValue(
                configuration.answer(json.<JsonNode>valueToTree(request)), new TypeReference<Map<String, Object>>() {});
    }
}
