package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Between API Gateway's events (HTTP API, payload format 2.0) and calls.
 *
 * <p>Signatures are over the raw bytes, so a body that the gateway encoded in Base64 is decoded and nothing else is done
 * to it.
 */
final class HttpEvents {
    private HttpEvents() {}

    static HttpCall call(APIGatewayV2HTTPEvent event, Instant now) {
        APIGatewayV2HTTPEvent.RequestContext context = event.getRequestContext();
        return HttpCall.of(
                        context.getHttp().getMethod(),
                        context.getHttp().getPath(),
                        Optional.ofNullable(event.getRawQueryString()).orElse(""),
                        Optional.ofNullable(event.getHeaders()).orElse(Map.of()),
                        body(event),
                        now)
                .withRequestId(Optional.ofNullable(context.getRequestId()).orElse(""));
    }

    private static Body body(APIGatewayV2HTTPEvent event) {
        if (event.getBody() == null) {
            return Body.EMPTY;
        }
        return event.getIsBase64Encoded()
                ? Body.of(Base64.getDecoder().decode(event.getBody()))
                : Body.of(event.getBody());
    }

    static APIGatewayV2HTTPResponse response(HttpAnswer answer) {
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.put(
                "Content-Type",
                answer.contentType() + (answer.contentType().contains("charset") ? "" : "; charset=utf-8"));
        headers.put("Cache-Control", "no-store");
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(answer.status())
                .withHeaders(headers)
                .withBody(answer.body())
                .withIsBase64Encoded(false)
                .build();
    }
}
