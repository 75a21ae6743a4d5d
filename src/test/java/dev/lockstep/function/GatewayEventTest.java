package dev.lockstep.function;

import static dev.lockstep.function.GatewaySettings.Authorization.NONE;
import static dev.lockstep.function.GatewaySettings.Authorization.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's events as text, up to the endpoint behind them: what nobody looks at must not keep a call out. */
class GatewayEventTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:01Z");

    /** Set up as the Lambda extension sets up its own. */
    private static final ObjectMapper LAMBDA = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .findAndAddModules()
            .build();

    private final List<HttpCall> calls = new ArrayList<>();

    private final Endpoint endpoint = new Endpoint() {
        @Override
        public String name() {
            return "api";
        }

        @Override
        public HttpAnswer handle(HttpCall call) {
            calls.add(call);
            return HttpAnswer.text(200, "{}");
        }
    };

    private static final EdgeMeter NOBODY_COUNTS = new EdgeMeter() {
        @Override
        public void refused(String name, String reason) {
            throw new AssertionError(name + " refused: " + reason);
        }

        @Override
        public void failed(String name) {
            throw new AssertionError(name + " failed");
        }
    };

    private static ObjectNode sample(String name) throws IOException {
        return (ObjectNode) LAMBDA.readTree(Files.readString(Path.of("events", name + ".json")));
    }

    private APIGatewayV2HTTPResponse answer(ObjectNode event) throws JsonProcessingException {
        return answer(event, REQUIRED);
    }

    private APIGatewayV2HTTPResponse answer(ObjectNode event, GatewaySettings.Authorization authorization)
            throws JsonProcessingException {
        HttpTrigger trigger = new HttpTrigger(
                () -> NOW, NOBODY_COUNTS, new CorrelationIds(new SplittableRandom(1)), () -> authorization);
        return trigger.answer(endpoint, LAMBDA.readValue(event.toString(), GatewayEvent.class));
    }

    /** What stands there for the JWT authorizer of the Terraform module, and for others that an installation may use. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jwt\":{\"claims\":{\"aud\":\"x\",\"roles\":\"[Presence.Read Presence.Write]\",\"exp\":\"1795338000\"},\"scopes\":null}}",
                "{\"jwt\":{\"claims\":{\"scp\":\"Presence.Read\"},\"scopes\":[\"Presence.Read\"]}}",
                "{\"jwt\":{\"claims\":{\"roles\":[\"Presence.Read\",\"Presence.Write\"],\"exp\":1795338000,\"admin\":true}}}",
                "{\"jwt\":{\"claims\":{\"address\":{\"country\":\"NL\"},\"groups\":[{\"id\":1}],\"nonce\":null},\"scopes\":\"a b\"}}",
                "{\"jwt\":null,\"principalId\":\"app\"}",
                "{\"lambda\":{\"roles\":[\"a\"],\"context\":{\"tenant\":{\"id\":7}}}}",
                "{\"iam\":{\"accessKey\":\"AKIA\",\"cognitoIdentity\":{\"amr\":[\"foo\"],\"identityId\":\"bar\"},\"principalOrgId\":null}}",
                "[\"none of these\"]",
                "null"
            })
    void whateverTheAuthorizerSaysTheCallComesThrough(String authorizer) throws IOException {
        ObjectNode event = sample("api.put-status");
        event.withObject("/requestContext").set("authorizer", LAMBDA.readTree(authorizer));

        assertThat(answer(event).getStatusCode()).isEqualTo(200);
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/api/agents/rita@contoso.com/status");
            assertThat(call.method()).isEqualTo("PUT");
            assertThat(call.requestId()).isEqualTo("JKJaXmPLvHcESHA=");
            assertThat(call.header("content-type")).contains("application/json");
            assertThat(call.body().text()).contains("crm");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"[G1 g2]\"", "[\"g1\",\"G2\"]"})
    void theVerifiedTokenNamesGroups(String groups) throws IOException {
        ObjectNode event = sample("api.put-status");
        event.withObject("/requestContext/authorizer/jwt/claims").set("groups", LAMBDA.readTree(groups));
        answer(event);

        assertThat(calls)
                .singleElement()
                .satisfies(call ->
                        assertThat(((Requester.Holder) call.caller()).groups()).containsExactlyInAnyOrder("g1", "g2"));
    }

    /** An HTTP API writes a list of roles as one text; whoever tests by hand may write a list. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"azp\":\"B2\",\"roles\":\"[Presence.Read Presence.Write]\"}; false; b2; Presence.Read Presence.Write",
                "{\"appid\":\"b2\",\"roles\":[\"Presence.Read\",\"Presence.Write\"]}; false; b2; Presence.Read Presence.Write",
                "{\"azp\":\"b2\",\"oid\":\"c3\",\"scp\":\"access\",\"roles\":\"Presence.Read\"}; true; c3; Presence.Read",
                "{\"azp\":\"b2\",\"scp\":\"Presence.Write\"}; true; ''; ''",
                "{\"azp\":\"b2 user:c3\",\"roles\":\"[]\"}; false; ''; ''",
                "{\"azp\":{\"a\":1},\"roles\":{\"a\":{}}}; false; ''; ''"
            })
    void theVerifiedTokenSaysWhoCallsAndWhatTheyMay(String claims, boolean person, String id, String roles)
            throws IOException {
        ObjectNode event = sample("api.put-status");
        event.withObject("/requestContext").set("authorizer", LAMBDA.readTree("{\"jwt\":{\"claims\":" + claims + "}}"));
        answer(event);

        assertThat(calls).singleElement().satisfies(call -> {
            Requester.Holder holder = (Requester.Holder) call.caller();
            assertThat(holder.person()).isEqualTo(person);
            assertThat(holder.id()).isEqualTo(id);
            assertThat(holder.roles())
                    .filteredOn(role -> !role.isEmpty())
                    .containsExactlyInAnyOrder(roles.isEmpty() ? new String[0] : roles.split(" "));
        });
    }

    /** Unknown is never permission, nor is an authorizer that somebody took away. */
    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "{\"jwt\":null}", "{\"lambda\":{\"roles\":[\"Presence.Read\"]}}", "[1]", "\"x\""})
    void anAuthorizerThatShowsNoTokenGivesNoRole(String authorizer) throws IOException {
        ObjectNode event = sample("api.put-status");
        event.withObject("/requestContext").set("authorizer", LAMBDA.readTree(authorizer));
        answer(event);

        assertThat(calls)
                .singleElement()
                .satisfies(call -> assertThat(call.caller().hasOne("Presence.Read", "Presence.Write", ""))
                        .isFalse());
    }

    @Test
    void onlyWhereThatIsSetNobodyIsAsked() throws IOException {
        ObjectNode event = sample("api.put-status");
        event.withObject("/requestContext").remove("authorizer");
        answer(event, REQUIRED);
        answer(event, NONE);

        assertThat(calls)
                .extracting(HttpCall::caller)
                .containsExactly(new Requester.Unverified(), new Requester.Unasked());
    }

    /** Every call to these two that the gateway lets through carries what it found in the token. */
    @Test
    void theSamplesOfWhatNeedsATokenCarryItsClaims() throws IOException {
        for (String name : SampleEvent.names()) {
            boolean forEverybody = sample(name).path("rawPath").asText().endsWith("api.json");
            if ((name.startsWith("api.") || name.startsWith("board.")) && !forEverybody) {
                assertThat(sample(name)
                                .at("/requestContext/authorizer/jwt/claims/roles")
                                .isTextual())
                        .as(name)
                        .isTrue();
                assertThat(answer(sample(name)).getStatusCode()).as(name).isEqualTo(200);
            }
        }
    }
}
