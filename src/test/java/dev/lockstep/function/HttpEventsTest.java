package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static APIGatewayV2HTTPEvent event(String requestId) {
        return APIGatewayV2HTTPEvent.builder()
                .withHeaders(Map.of("X-Key", "a"))
                .withRawQueryString("ev=idle")
                .withBody("aGVsbG8=")
                .withIsBase64Encoded(true)
                .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withRequestId(requestId)
                        .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                .withMethod("POST")
                                .withPath("/phone/desk")
                                .build())
                        .build())
                .build();
    }

    @Test
    void anEventIsACallWithTheGatewaysRequestId() {
        HttpCall call = HttpEvents.call(event("JKJaXmPLvHcESHA="), NOW);

        assertThat(call.requestId()).isEqualTo("JKJaXmPLvHcESHA=");
        assertThat(call.body()).isEqualTo(Body.of("hello"));
        assertThat(call.header("x-key")).contains("a");
        assertThat(call.pathPart(2)).isEqualTo("desk");
        assertThat(call.pathPart(3)).isEmpty();
        assertThat(call.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void withoutAGatewayThereIsNoRequestId() {
        assertThat(HttpEvents.call(event(null), NOW).requestId()).isEmpty();
    }
}
