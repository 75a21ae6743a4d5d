package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Between API Gateway's events (HTTP API, payload format 2.0) and calls.
 *
 * <p>Signatures are over the raw bytes, so a body that the gateway encoded in Base64 is decoded and nothing else is done
 * to it.
 */
final class HttpEvents {
    private HttpEvents() {}

    /** A gateway gives up long before; what claims to have waited for longer is a sample, or has a wrong clock. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final String NO_STAGE = "$default";

    static HttpCall call(GatewayEvent event, Instant now, GatewaySettings.Authorization authorization) {
        GatewayEvent.RequestContext context = event.requestContext();
        return HttpCall.of(
                        context.http().method(),
                        path(event),
                        event.rawQueryString(),
                        headers(event),
                        body(event),
                        receivedAt(context, now))
                .withRequestId(context.requestId())
                .withCaller(VerifiedToken.caller(context.authorizer(), authorization));
    }

    /**
     * When the gateway took it: a function that had to be started is late, and another one may have handled meanwhile
     * what came afterwards.
     */
    private static Instant receivedAt(GatewayEvent.RequestContext context, Instant now) {
        Instant taken = Instant.ofEpochMilli(context.timeEpoch());
        return taken.isAfter(now) || taken.isBefore(now.minus(LONGEST_WAIT)) ? now : taken;
    }

    /** The path behind a stage's name or a domain's base path, which stand in it where there are such. */
    private static String path(GatewayEvent event) {
        String path = event.requestContext().http().path();
        return event.pathParameters().values().stream()
                .flatMap(value -> routed(path, value).stream())
                .findFirst()
                .orElseGet(() -> withoutStage(path, event.requestContext().stage()));
    }

    /**
     * What the route's variable stands for, with the one part of the path that every such route has before it. The two may
     * be encoded differently.
     */
    private static Optional<String> routed(String path, String value) {
        String wanted = HttpCall.decoded(value);
        return IntStream.range(0, path.length())
                .filter(slash -> path.charAt(slash) == '/')
                .filter(slash -> HttpCall.decoded(path.substring(slash + 1)).equals(wanted))
                .mapToObj(slash -> path.substring(Math.max(0, path.lastIndexOf('/', slash - 1))))
                .findFirst();
    }

    private static String withoutStage(String path, String stage) {
        boolean named = !stage.isBlank() && !stage.equals(NO_STAGE);
        return named && path.startsWith("/" + stage + "/") ? path.substring(stage.length() + 1) : path;
    }

    private static Map<String, String> headers(GatewayEvent event) {
        if (event.cookies().isEmpty()) {
            return event.headers();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(event.headers());
        headers.put("cookie", String.join("; ", event.cookies()));
        return headers;
    }

    /** Some tools break lines of Base64. */
    private static Body body(GatewayEvent event) {
        if (event.body() == null) {
            return Body.EMPTY;
        }
        return event.isBase64Encoded() ? decoded(event.body()) : Body.of(event.body());
    }

    private static Body decoded(String base64) {
        try {
            return Body.of(Base64.getDecoder().decode(base64.replaceAll("[\\r\\n]", "")));
        } catch (IllegalArgumentException e) {
            throw RejectedRequest.malformed("the body is said to be Base64 and is not");
        }
    }

    static APIGatewayV2HTTPResponse response(HttpAnswer answer) {
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.put(
                "Content-Type",
                answer.contentType() + (answer.contentType().contains("charset") ? "" : "; charset=utf-8"));
        headers.putIfAbsent("Cache-Control", "no-store");
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(answer.status())
                .withHeaders(headers)
                .withCookies(answer.cookies().isEmpty() ? null : answer.cookies())
                .withBody(answer.body())
                .withIsBase64Encoded(false)
                .build();
    }
}
