package dev.lockstep.function;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request as API Gateway hands it on (HTTP API, payload format 2.0; API Gateway, http-api-develop-integrations-lambda),
 * as far as anybody here looks at it.
 *
 * <p>The rest is not read, whatever its form. What an authorizer says of the caller is kept as it is and read by {@link
 * VerifiedToken}: lists or objects among the claims would make the whole event unreadable for AWS's own class.
 *
 * @param cookies each as {@code name=value}; the gateway leaves their header out
 * @param body null if there is none
 */
@RegisterForReflection
public record GatewayEvent(
        String rawQueryString,
        Map<String, String> headers,
        List<String> cookies,
        Map<String, String> pathParameters,
        RequestContext requestContext,
        String body,
        @JsonProperty("isBase64Encoded") boolean isBase64Encoded) {
    public GatewayEvent {
        rawQueryString = Objects.requireNonNullElse(rawQueryString, "");
        headers = Objects.requireNonNullElse(headers, Map.of());
        cookies = Objects.requireNonNullElse(cookies, List.of());
        pathParameters = Objects.requireNonNullElse(pathParameters, Map.of());
    }

    /**
     * @param timeEpoch when the gateway took the request, in milliseconds; 0 if it does not say
     * @param authorizer what verified the caller says of them; missing for a route that asks for no token
     */
    @RegisterForReflection
    public record RequestContext(Http http, String requestId, String stage, long timeEpoch, JsonNode authorizer) {
        public RequestContext {
            requestId = Objects.requireNonNullElse(requestId, "");
            stage = Objects.requireNonNullElse(stage, "");
            authorizer = Objects.requireNonNullElse(authorizer, MissingNode.getInstance());
        }
    }

    @RegisterForReflection
    public record Http(String method, String path) {}
}
