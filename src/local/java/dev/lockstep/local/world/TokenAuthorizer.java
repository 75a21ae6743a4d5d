package dev.lockstep.local.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.entra.TokenRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The JWT authorizer of an HTTP API in front of the simulated Entra: it hands on what the token says as texts, lists in
 * square brackets (API Gateway, http-api-jwt-authorizer).
 *
 * @param audience that a token must be for: the client id of <i>Lockstep API</i>
 */
record TokenAuthorizer(TokenIssuer tokens, String audience) {
    /** @return {@code requestContext.authorizer}; empty if the gateway answers 401 itself */
    Optional<JsonNode> authorizer(Optional<String> authorization) {
        try {
            ObjectNode block = JsonNodeFactory.instance.objectNode();
            ObjectNode jwt = block.putObject("jwt");
            jwt.set("claims", texts(tokens.claims(authorization, 2, Set.of(audience))));
            jwt.putNull("scopes");
            return Optional.of(block);
        } catch (TokenRefused refused) {
            return Optional.empty();
        }
    }

    private static ObjectNode texts(JsonNode claims) {
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        claims.properties().forEach(claim -> texts.put(claim.getKey(), text(claim.getValue())));
        return texts;
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> parts = new ArrayList<>();
        value.forEach(part -> parts.add(part.asText()));
        return "[" + String.join(" ", parts) + "]";
    }
}
