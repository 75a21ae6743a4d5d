package dev.lockstep.administration;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.configured.StoredJson;
import dev.lockstep.document.Diagnostic;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What a request is answered with. However it is turned into JSON, it is {@link #json}. */
@RegisterForReflection
public sealed interface ConfigResponse {
    @JsonValue
    JsonNode json();

    /**
     * @param applied whether it was asked for and done
     * @param mistakes what must be put right; nothing is applied while there is one
     * @param warnings what was taken, and may not be meant so
     * @param changes what changed, or would
     */
    @RegisterForReflection
    record Result(boolean applied, List<Diagnostic> mistakes, List<Diagnostic> warnings, List<ConfigChange> changes)
            implements ConfigResponse {
        public Result {
            mistakes = List.copyOf(mistakes);
            warnings = List.copyOf(warnings);
            changes = List.copyOf(changes);
        }

        @Override
        public JsonNode json() {
            ObjectNode json = StoredJson.object().put("applied", applied);
            json.set("mistakes", mistakes(mistakes));
            json.set("warnings", mistakes(warnings));
            ArrayNode array = json.putArray("changes");
            changes.forEach(change -> array.add(change(change)));
            return json;
        }

        private static ArrayNode mistakes(List<Diagnostic> mistakes) {
            ArrayNode array = StoredJson.array();
            for (Diagnostic mistake : mistakes) {
                ObjectNode json = array.addObject().put("scope", mistake.scope());
                if (mistake.line() > 0) {
                    json.put("line", mistake.line()).put("column", mistake.column());
                }
                json.put("path", mistake.path()).put("message", mistake.message());
            }
            return array;
        }

        private static ObjectNode change(ConfigChange change) {
            ObjectNode json = StoredJson.object().put("what", change.what()).put("change", change.change());
            if (change.affected() > 0) {
                json.put("affected", change.affected());
                ArrayNode agents = json.putArray("agents");
                change.agents()
                        .forEach(effect -> agents.addObject()
                                .put("agentId", effect.agentId())
                                .put("name", effect.name())
                                .put("status", effect.status())
                                .put("platform", effect.platform())
                                .put("before", effect.before())
                                .put("after", effect.after()));
            }
            return json;
        }
    }

    /** What is configured, in the shape of a request. */
    @RegisterForReflection
    record Export(JsonNode json) implements ConfigResponse {}
}
