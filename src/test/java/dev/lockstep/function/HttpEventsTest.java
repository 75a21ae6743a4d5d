package dev.lockstep.function;

import static dev.lockstep.function.GatewaySettings.Authorization.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static GatewayEvent event(String requestId) {
        return event(
                "aGVsbG8=", Map.of(), new GatewayEvent.RequestContext(post("/phone/desk"), requestId, null, 0, null));
    }

    private static GatewayEvent.Http post(String path) {
        return new GatewayEvent.Http("POST", path);
    }

    private static GatewayEvent event(
            String body, Map<String, String> parameters, GatewayEvent.RequestContext context) {
        return new GatewayEvent(
                "ev=idle", Map.of("X-Key", "a"), List.of("lockstep=x", "other=y"), parameters, context, body, true);
    }

    private static GatewayEvent withBody(String body) {
        return event(body, null, event("r").requestContext());
    }

    @Test
    void anEventIsACallWithTheGatewaysRequestId() {
        HttpCall call = HttpEvents.call(event("JKJaXmPLvHcESHA="), NOW, REQUIRED);

        assertThat(call.requestId()).isEqualTo("JKJaXmPLvHcESHA=");
        assertThat(call.body()).isEqualTo(Body.of("hello"));
        assertThat(call.header("x-key")).contains("a");
        assertThat(call.header("cookie")).contains("lockstep=x; other=y");
        assertThat(call.pathPart(2)).isEqualTo("desk");
        assertThat(call.pathPart(3)).isEmpty();
        assertThat(call.receivedAt()).isEqualTo(NOW);
    }

    private static HttpCall at(long timeEpoch, String path, String stage, Map<String, String> parameters) {
        return HttpEvents.call(
                event("aGVsbG8=", parameters, new GatewayEvent.RequestContext(post(path), "r", stage, timeEpoch, null)),
                NOW,
                REQUIRED);
    }

    /** A function that is started for a call is late. */
    @Test
    void itCameWhenTheGatewayTookIt() {
        assertThat(at(NOW.minusSeconds(4).toEpochMilli(), "/", null, null).receivedAt())
                .isEqualTo(NOW.minusSeconds(4));
        assertThat(at(NOW.plusSeconds(4).toEpochMilli(), "/", null, null).receivedAt())
                .isEqualTo(NOW);
        assertThat(at(NOW.minusSeconds(86_400).toEpochMilli(), "/", null, null).receivedAt())
                .isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "/presence/api/agents,$default,agents,/api/agents",
        "/api/agents/rita/timeline,$default,agents/rita/timeline,/api/agents/rita/timeline",
        "/prod/phone/desk,prod,desk,/phone/desk",
        "/phone/desk,$default,desk,/phone/desk",
        "/prod/teams/lifecycle,prod,,/teams/lifecycle",
        "/prod,prod,,/prod",
        "/presence/api/agents/rita%40contoso.com/status,$default,agents/rita@contoso.com/status,/api/agents/rita%40contoso.com/status",
        "/presence/api/agents/rita@contoso.com,$default,agents/rita%40contoso.com,/api/agents/rita@contoso.com",
        "/presence/api/agents/,$default,agents/,/api/agents/"
    })
    void aStageOrABasePathIsNoPartOfTheRoute(String path, String stage, String parameter, String route) {
        Map<String, String> parameters = parameter == null ? null : Map.of("name", parameter);

        assertThat(at(0, path, stage, parameters).path()).isEqualTo(route);
    }

    @Test
    void base64MayHaveLineBreaks() {
        assertThat(HttpEvents.call(withBody("aGVs\r\nbG8=\r\n"), NOW, REQUIRED).body())
                .isEqualTo(Body.of("hello"));
    }

    @Test
    void whatIsSaidToBeBase64AndIsNotIsMalformed() {
        assertThatThrownBy(() -> HttpEvents.call(withBody("???"), NOW, REQUIRED))
                .isInstanceOf(RejectedRequest.class);
    }

    @Test
    void withoutAGatewayThereIsNoRequestId() {
        assertThat(HttpEvents.call(event(null), NOW, REQUIRED).requestId()).isEmpty();
    }

    /** What is told of people is kept by nobody on the way. */
    @Test
    void anAnswerIsNotKeptUnlessItSaysSo() {
        HttpAnswer answer = HttpAnswer.text(200, "");

        assertThat(HttpEvents.response(answer).getHeaders()).containsEntry("Cache-Control", "no-store");
        assertThat(HttpEvents.response(answer.with(Map.of("Cache-Control", "public")))
                        .getHeaders())
                .containsEntry("Cache-Control", "public");
    }
}
