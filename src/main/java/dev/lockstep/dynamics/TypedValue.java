package dev.lockstep.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An attribute of a webhook body as text: plain, or inside an EntityReference ({@code Id}), an OptionSetValue ({@code
 * Value}) or a typed scalar ({@code {"__type":"Guid:#System","__value":…}}).
 */
final class TypedValue {
    private static final String[] HOLDERS = {"__value", "Id", "Value"};

    private TypedValue() {}

    /** Empty if it is missing, null, or nothing that has one value. */
    static Optional<String> of(JsonNode value) {
        if (value == null || !value.isObject()) {
            return scalar(value);
        }
        for (String holder : HOLDERS) {
            if (value.has(holder)) {
                return scalar(value.get(holder));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> scalar(JsonNode value) {
        return value == null || value.isNull() || !value.isValueNode() ? Optional.empty() : Optional.of(value.asText());
    }
}
