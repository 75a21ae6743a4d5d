package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.protocol.signature.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericTest extends PhoneSystemContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode VECTOR = vector("signatures/phone-event.json");

    private int messages;

    private static JsonNode vector(String name) {
        try (InputStream file = GenericTest.class.getResourceAsStream("/vectors/" + name)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    Connection connection() {
        return new Connection("pbx", "generic", List.of(), credentials(), Optional.empty(), List.of());
    }

    @Override
    List<String> credentials() {
        return List.of(VECTOR.at("/secrets/A").asText(), VECTOR.at("/secrets/B").asText());
    }

    @Override
    String line() {
        return "1042";
    }

    @Override
    PhoneSystem system() {
        return new Generic(desk::reveal, desk.signatures);
    }

    @Override
    Stream<HttpCall> full() {
        ObjectNode connected = event("phone.call.connected.v1", "1042")
                .put("time", desk.now().toString())
                .put("sequence", "0007");
        connected.withObjectProperty("data").putObject("call").put("id", "c-1");
        connected.withObjectProperty("data").putObject("agent").put("value", "sip:1042@pbx.example");
        ObjectNode snapshot = event("phone.line.snapshot.v1", "1042")
                .put("time", desk.now().toString())
                .put("sequence", "0008");
        ArrayNode calls = snapshot.withObjectProperty("data").putArray("calls");
        calls.add("c-1").addObject().put("id", "c-2").put("state", "held");
        return Stream.of(connected, snapshot).map(this::signed);
    }

    @Override
    String other(String credential) {
        return "whsec_b3RoZXItb3RoZXItb3RoZXItb3RoZXI=";
    }

    @Override
    HttpCall event(String kind, String line, String callId, String credential, Instant at) {
        return signed(body("phone.call." + kind + ".v1", line, callId), credential);
    }

    @Override
    HttpCall bare(HttpCall call) {
        return HttpCall.of("POST", call.path(), "", Map.of(), call.body(), call.receivedAt());
    }

    @Override
    HttpCall authentic(HttpCall call, boolean again) {
        if (!again) {
            return call;
        }
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.putAll(desk.signatures.sign(
                "evt", call.body(), List.of(SigningKey.of(credentials().getFirst()))));
        return HttpCall.of(call.method(), call.path(), call.rawQuery(), headers, call.body(), call.receivedAt());
    }

    private static ObjectNode event(String type, String line) {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", "evt-0001");
        event.put("source", "/pbx/site-a");
        event.put("type", type);
        event.put("subject", "ext/" + line);
        event.put("datacontenttype", "application/json");
        event.putObject("data");
        return event;
    }

    private static String body(String type, String line, String callId) {
        ObjectNode event = event(type, line);
        event.withObjectProperty("data").putObject("call").put("id", callId);
        return event.toString();
    }

    private HttpCall signed(String body, String credential) {
        return call("POST", "application/cloudevents+json", Body.of(body), credential);
    }

    private HttpCall signed(JsonNode event) {
        return signed(event.toString(), credentials().getFirst());
    }

    private HttpCall call(String method, String contentType, Body body, String credential) {
        Map<String, String> headers =
                new HashMap<>(desk.signatures.sign("msg-" + ++messages, body, List.of(SigningKey.of(credential))));
        headers.put("Content-Type", contentType);
        return HttpCall.of(method, "/phone/pbx", "", headers, body, desk.now());
    }

    private Signal.Call only(HttpCall call) {
        LineEvidence.Said said =
                (LineEvidence.Said) system().translate(call, connection()).getFirst();
        return (Signal.Call) said.signals().getFirst();
    }

    private SourceTime moment(String time) {
        ObjectNode event = event("phone.call.connected.v1", "1042").put("time", time);
        event.withObjectProperty("data").putObject("call").put("id", "1");
        return only(signed(event)).moment();
    }

    private HttpCall vectorCall(String signature, int offsetSeconds) {
        Instant sent =
                Instant.ofEpochSecond(VECTOR.at("/headers/webhook-timestamp").asLong());
        desk.clock.set(sent.plusSeconds(offsetSeconds));
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/cloudevents+json"));
        VECTOR.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        headers.put("webhook-signature", signature);
        return HttpCall.of(
                "POST", "/phone/pbx", "", headers, Body.of(VECTOR.path("body").asText()), desk.now());
    }

    @Test
    void translatesTheComputedVectorUnderEitherSecret() throws IOException {
        for (String key : List.of("A", "B")) {
            HttpCall call = vectorCall(VECTOR.at("/signatures/" + key).asText(), 1);
            assertThat(desk.handle("pbx", call).answer().status()).isEqualTo(200);
            assertThat(desk.situations).containsOnlyKeys(AGENT);
            assertThat(system().translate(call, connection()))
                    .containsExactly(new LineEvidence.Said(
                            List.of("1042"),
                            List.of(new Signal.Call(
                                    Source.phone("pbx"),
                                    SourceTime.at(Instant.parse("2026-11-22T05:56:51.250Z"))
                                            .numbered(
                                                    Digest.hex(
                                                            JSON.readTree(VECTOR.path("body")
                                                                            .asText())
                                                                    .path("source")
                                                                    .asText(),
                                                            4),
                                                    "00000000000000000007")
                                            .told(Instant.parse("2026-11-22T05:56:51.250Z"), desk.now()),
                                    "1042",
                                    "1795327011.0",
                                    CallState.CONNECTED,
                                    false))));
        }
    }

    @ParameterizedTest
    @CsvSource({"300,200", "301,401", "-300,200", "-301,401"})
    void aStaleMessageIsRefused(int offsetSeconds, int status) {
        HttpCall call = vectorCall(VECTOR.at("/signatures/A").asText(), offsetSeconds);
        assertThat(desk.status("pbx", call)).isEqualTo(status);
    }

    /** A genuine body under other headers, as somebody who listens could send it. */
    @Test
    void binaryModeIsRefusedAsItsAttributesAreNotSigned() {
        Body data = Body.of("{\"call\":{\"id\":\"1\"}}");
        HttpCall plain = call("POST", "application/json", data, credentials().getFirst());
        Map<String, String> headers = new HashMap<>(plain.headers());
        headers.putAll(Map.of(
                "ce-specversion", "1.0",
                "ce-id", "1",
                "ce-type", "phone.call.connected.v1",
                "ce-source", "/pbx",
                "ce-subject", "ext/1042"));
        PhoneFixture.Handled handled =
                desk.handle("pbx", HttpCall.of("POST", "/phone/pbx", "", headers, data, desk.now()));
        assertThat(handled.answer().status()).isEqualTo(415);
        assertThat(handled.answer().body()).contains("application/cloudevents+json");
        assertThat(desk.situations).isEmpty();
    }

    /** The conformance suite's two binary requests, signed. */
    @TestFactory
    Stream<DynamicTest> theConformanceScenariosInBinaryModeAreRefused() throws IOException {
        String feature;
        try (InputStream file = getClass().getResourceAsStream("/vectors/cloudevents/http-protocol-binding.feature")) {
            feature = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        String scenario = feature.substring(feature.indexOf("Binary"), feature.indexOf("Structured"));
        Map<String, String> ce = new HashMap<>();
        Matcher headers = Pattern.compile("(?m)^ +(ce-[a-z]+): (.+)$").matcher(scenario);
        while (headers.find()) {
            ce.put(headers.group(1), headers.group(2));
        }
        assertThat(ce).hasSize(5);
        return Pattern.compile("(?m)^ +\\| (application/.+?) +\\|$")
                .matcher(scenario)
                .results()
                .map(type -> dynamicTest(type.group(1), () -> {
                    Body body = Body.of("{\n    \"message\": \"Hello World!\"\n}\n");
                    HttpCall plain =
                            call("POST", type.group(1), body, credentials().getFirst());
                    Map<String, String> all = new HashMap<>(plain.headers());
                    all.putAll(ce);
                    HttpCall binary = HttpCall.of("POST", "/phone/pbx", "", all, body, desk.now());
                    assertThat(desk.handle("pbx", binary).refusal()).contains(RejectionReason.UNSUPPORTED);
                }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/cloudevents+json|200",
                "Application/CloudEvents+JSON; charset=UTF-8|200",
                "application/cloudevents+json;charset=\"utf-8\"|200",
                "application/json|200",
                "application/x-www-form-urlencoded|200",
                "application/cloudevents+json; charset=iso-8859-1|415",
                "application/cloudevents-batch+json|415",
                "application/cloudevents+xml|415",
                "text/xml|415"
            })
    void takesJsonUnderTheNamesThatSendersGiveIt(String contentType, int status) {
        Body body = Body.of(body("phone.call.connected.v1", "1042", "1"));
        assertThat(desk.status(
                        "pbx", call("POST", contentType, body, credentials().getFirst())))
                .isEqualTo(status);
    }

    /** All published events, signed: the good ones are of a kind that we do not know, the bad ones are malformed. */
    @TestFactory
    Stream<DynamicTest> publishedEventsAreCountedOrRefused() {
        return vector("cloudevents/expected.json")
                .path("structured")
                .propertyStream()
                .map(entry -> dynamicTest(entry.getKey(), () -> {
                    PhoneFixture.Handled handled =
                            desk.handle("pbx", signed(vector("cloudevents/structured/" + entry.getKey())));
                    if (entry.getValue().asText().startsWith("valid")) {
                        assertThat(handled.answer().status()).isEqualTo(200);
                        assertThat(handled.unknown()).containsExactly("mock.test");
                    } else {
                        assertThat(handled.answer().status()).isEqualTo(400);
                    }
                }));
    }

    @Test
    void answersTheHandshakeOfTheSpecification() {
        JsonNode handshake = vector("cloudevents/expected.json").path("webhookHandshake");
        Map<String, String> headers = new HashMap<>();
        handshake
                .at("/request/headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        HttpCall call = HttpCall.of("OPTIONS", "/phone/pbx", "", headers, Body.EMPTY, desk.now());
        PhoneFixture.Handled handled = desk.handle("pbx", call);
        assertThat(handled.answer().status()).isEqualTo(200);
        assertThat(handled.answer().headers())
                .containsEntry(
                        "WebHook-Allowed-Origin",
                        handshake.at("/answer/headers/WebHook-Allowed-Origin").asText())
                .containsKey("WebHook-Allowed-Rate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nSet-Cookie: x", "<script>", "a b"})
    void aHandshakeEchoesNothingButAName(String origin) {
        HttpCall call = HttpCall.of(
                "OPTIONS", "/phone/pbx", "", Map.of("WebHook-Request-Origin", origin), Body.EMPTY, desk.now());
        assertThat(desk.status("pbx", call)).isEqualTo(400);
    }

    @Test
    void theTimeIsTheSourcesUnlessItCannotBeTrue() {
        Instant now = desk.now();
        assertThat(moment(now.minusSeconds(2).toString()).at()).isEqualTo(now.minusSeconds(2));
        assertThat(moment(now.minus(Duration.ofMinutes(85)).toString()).at())
                .isEqualTo(now.minus(Duration.ofMinutes(85)));
        assertThat(moment(now.minus(Duration.ofMinutes(239)).toString()).at()).isEqualTo(now);
        assertThat(moment(now.minus(Duration.ofHours(25)).toString()).at()).isEqualTo(now);
        assertThat(moment(now.plusSeconds(30).toString()).at()).isEqualTo(now);
        assertThat(moment(now.plus(Duration.ofDays(365)).toString()).at()).isEqualTo(now);
        assertThat(moment("2026-11-22T12:59:58+01:00").at()).isEqualTo(now.minusSeconds(2));
    }

    /** A forwarder in New York that writes its local time with a Z. */
    @ParameterizedTest
    @CsvSource({
        "-300,5:00_h_behind",
        "-240,4:00_h_behind",
        "-239,4:00_h_behind",
        "330,5:30_h_ahead",
        "-1500,more_than_a_day_behind"
    })
    void aCallOfAWrongClockCountsAndTheClockIsToldOf(int minutes, String shown) {
        desk.handle("pbx", signed(call("connected", "tz1", desk.now().plus(Duration.ofMinutes(minutes)))));

        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        assertThat(desk.counted()).containsEntry("wrong-time#pbx#" + shown, "1");
        assertThat(found("phone-clocks", new InMemoryConnections())).contains(shown.replace('_', ' ') + " on pbx");
    }

    /** Told in order, delivered in another: only the source's own times tell, however wrong they are. */
    @Test
    void whatAWrongClockTellsIsInItsOrder() {
        Instant wrong = desk.now().minus(Duration.ofHours(5));
        desk.handle("pbx", signed(call("ended", "c", wrong.plusSeconds(9))));
        desk.clock.advance(Duration.ofSeconds(30));
        desk.handle("pbx", signed(call("connected", "c", wrong)));
        assertThat(desk.statusOf(AGENT)).isEmpty();
        desk.handle("pbx", signed(call("connected", "c", wrong.plusSeconds(20))));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    private static ObjectNode call(String kind, String id, Instant time) {
        ObjectNode event = event("phone.call." + kind + ".v1", "1042").put("time", time.toString());
        event.withObjectProperty("data").putObject("call").put("id", id);
        return event;
    }

    private String found(String check, InMemoryConnections connections) {
        return new PhoneChecks(connections, desk::reveal, desk.control)
                .checks().stream()
                        .filter(one -> one.name().equals(check))
                        .map(one -> one.look().get().detail())
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T12:00:01.123456GMT",
                "2026-11-22T12:00:01+0000",
                "2026-11-22 12:00:01Z",
                "2026-11-22T12:00Z",
                "2026-11-22T13:00:01.1+01:00[Europe/Berlin]",
                "2026-11-22T12:00:01,123Z",
                "2026-11-22 12:00:01.123456+00",
                "noon"
            })
    void aHangUpIsTakenWhateverItsTimeIsWrittenLike(String time) {
        desk.handle("pbx", event("connected", line(), "1", credentials().getFirst(), desk.now()));
        desk.clock.advance(Duration.ofSeconds(2));

        assertThat(desk.status("pbx", signed(call("ended", "1", desk.now()).put("time", time))))
                .isEqualTo(200);
        assertThat(desk.statusOf(AGENT)).isEmpty();
        assertThat(desk.counted().containsKey("wrong-time#pbx#unreadable")).isEqualTo(time.equals("noon"));
    }

    @Test
    void aSignedMessageIsTakenOnce() {
        HttpCall on = event("dnd_on", line(), "", credentials().getFirst(), desk.now());
        desk.handle("pbx", on);
        desk.clock.advance(Duration.ofSeconds(5));
        desk.handle("pbx", event("dnd_off", line(), "", credentials().getFirst(), desk.now()));
        desk.clock.advance(Duration.ofSeconds(5));
        PhoneFixture.Handled again = desk.handle("pbx", received(on));

        assertThat(again.answer().status()).isEqualTo(200);
        assertThat(again.recorded()).isEmpty();
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    /** Even where nobody remembers the message, it is as old as its signature. */
    @Test
    void aMessageIsNoYoungerThanItsSignature() {
        HttpCall sent = event("connected", line(), "1", credentials().getFirst(), desk.now());
        Instant then = desk.now();
        desk.clock.advance(Duration.ofMinutes(4));

        assertThat(only(received(sent)).moment().at()).isBetween(then, then.plusSeconds(1));
    }

    @Test
    void aMessageThatWasNotRecordedIsTakenWhenItComesAgain() {
        HttpCall connected = event("connected", line(), "1", credentials().getFirst(), desk.now());
        desk.storeIsDown = true;
        assertThat(desk.status("pbx", connected)).isEqualTo(503);
        desk.storeIsDown = false;

        assertThat(desk.status("pbx", connected)).isEqualTo(200);
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    private HttpCall received(HttpCall call) {
        return HttpCall.of(call.method(), call.path(), "", call.headers(), call.body(), desk.now());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "incoming",
                "alerting",
                "CONNECTING",
                "rejected",
                "error",
                "missed",
                "No Answer",
                "NoCall",
                "finished",
                "disconnecting",
                "Disconnected",
                "contacting",
                "wrapup",
                "Wrap-Up",
                "Free",
                "answered elsewhere"
            })
    void aListedCallThatRingsOrIsOverIsNotUp(String state) {
        assertThat(statusWith(state)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connected", "Active", "on hold", "something else", ""})
    void aListedCallThatMayBeUpIsUp(String state) {
        assertThat(statusWith(state)).contains(Status.ON_A_CALL);
    }

    private Optional<Status> statusWith(String state) {
        ObjectNode snapshot = event("phone.line.snapshot.v1", "1042");
        snapshot.withObjectProperty("data")
                .putArray("calls")
                .addObject()
                .put("id", "c1")
                .put("state", state);
        desk.handle("pbx", signed(snapshot));
        return desk.statusOf(AGENT);
    }

    @Test
    void headersUnderTheNamesOfSvixAreTaken() {
        HttpCall call = event("connected", line(), "1", credentials().getFirst(), desk.now());
        Map<String, String> headers = new HashMap<>();
        call.headers().forEach((header, value) -> headers.put(header.replace("webhook-", "svix-"), value));

        assertThat(desk.status("pbx", HttpCall.of("POST", call.path(), "", headers, call.body(), desk.now())))
                .isEqualTo(200);
    }

    private static Connection pbxWith(String secret) {
        return new Connection("pbx", "generic", List.of(), List.of(secret), Optional.empty(), List.of());
    }

    @Test
    void aSecretIsTakenAsSomeProductsShowIt() {
        desk.with(pbxWith("v1," + credentials().getFirst()));

        assertThat(desk.status(
                        "pbx", event("connected", line(), "1", credentials().getFirst(), desk.now())))
                .isEqualTo(200);
    }

    @Test
    void theDoctorNamesTheConnectionWhoseSecretIsNone() {
        assertThat(found("phone-secrets", new InMemoryConnections().with(pbxWith("whsec_not base64"))))
                .contains("a secret of pbx cannot be used");
    }

    @Test
    void aRefusedEventIsCountedByItsConnection() {
        assertThat(desk.status("pbx", signed(event("phone.call.ended.v1", "1042"))))
                .isEqualTo(400);

        assertThat(found("phone-refusals", new InMemoryConnections()))
                .contains("a call's id is missing".replace("'", " "))
                .contains("on pbx (1 times)");
    }

    @Test
    void aCallEndsUnderAnotherNameOfItsLine() {
        desk.with("pbx", "1044", "805ec0112244", AGENT);
        ObjectNode connected = event("phone.call.connected.v1", "805ec0112244");
        connected.withObjectProperty("data").putObject("call").put("id", "x");
        ObjectNode ended = event("phone.call.ended.v1", "");
        ended.remove("subject");
        ended.withObjectProperty("data").putObject("call").put("id", "x");
        ended.withObjectProperty("data").putObject("agent").put("scheme", "aor").put("value", "sip:1044@pbx.example");
        desk.handle("pbx", signed(connected));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        desk.clock.advance(Duration.ofSeconds(1));
        desk.handle("pbx", signed(ended));
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    private ObjectNode about(String kind, String subject, String agent) {
        desk.clock.advance(Duration.ofSeconds(1));
        ObjectNode event = event("phone.call." + kind + ".v1", "").put("subject", subject);
        event.withObjectProperty("data").putObject("call").put("id", "x");
        if (!agent.isEmpty()) {
            event.withObjectProperty("data").putObject("agent").put("value", agent);
        }
        return event;
    }

    @ParameterizedTest
    @CsvSource({
        "device/base-7,1042,device/base-7",
        "queue/sales,1042,queue/sales",
        "ext/1042,rita@pbx.example,user/rita@pbx.example",
        "ext/1042,sip:rita@pbx.example,user/rita",
        "user/rita@pbx.example,1042,rita@pbx.example"
    })
    void aCallEndsUnderANameThatIsNobodysOwn(String subject, String agent, String atTheEnd) {
        desk.handle("pbx", signed(about("connected", subject, agent)));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        assertThat(desk.handle("pbx", signed(about("ended", atTheEnd, "")))
                        .answer()
                        .body())
                .isEmpty();
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void aCallEndsUnderSuchANameThoughItsConnectionIsWrittenInAnotherCaseSince() {
        desk.handle("pbx", signed(about("connected", "queue/sales", "1042")));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        desk.with(new Connection("PBX", "generic", List.of(), credentials(), Optional.empty(), List.of()));
        desk.handle("PBX", signed(about("ended", "queue/sales", "")));
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    /** A queue's call rings at many, of whom some are not configured. */
    @ParameterizedTest
    @ValueSource(strings = {"9999", "omar@pbx.example", "1045"})
    void anEndUnderSuchANameThatNamesSomebodyElseIsTheirs(String other) {
        desk.with("pbx", "1045", "omar");
        desk.handle("pbx", signed(about("connected", "queue/sales", "1042")));
        desk.handle("pbx", signed(about("missed", "queue/sales", other)));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        desk.handle("pbx", signed(about("ended", "queue/sales", "")));
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void ofTheNamesOfALineOnlyThoseAreRememberedThatLeadToNobody() {
        for (String names : List.of("1042 1042", "ext/1042 sip:1042@pbx.example", "1042@pbx.example 1042")) {
            desk.handle("pbx", signed(about("connected", names.split(" ")[0], names.split(" ")[1])));
        }
        assertThat(desk.counted()).isEmpty();

        desk.handle("pbx", signed(about("connected", "user/rita@pbx.example", "1042")));
        assertThat(desk.counted())
                .containsOnlyKeys("call-on-device#pbx#rita#x", "call-on-device#pbx#rita#x#1042")
                .containsEntry("call-on-device#pbx#rita#x", "1042");
    }

    /** It stands beside every call in the agent's item. */
    @Test
    void anEndlessSequenceIsMalformed() {
        ObjectNode connected = event("phone.call.connected.v1", "1042").put("sequence", "9".repeat(257));
        connected.withObjectProperty("data").putObject("call").put("id", "1");

        assertThat(desk.handle("pbx", signed(connected)).refusal()).contains(RejectionReason.MALFORMED);
        assertThat(desk.status("pbx", signed(connected.put("sequence", "9".repeat(256)))))
                .isEqualTo(200);
    }

    /** Asterisk's ids look like decimals, and a template without quotes makes them so. */
    @Test
    void anIdThatIsADecimalIsTakenAsItIsWritten() {
        String connected = body("phone.call.connected.v1", "1042", "1795327011.250");
        desk.handle(
                "pbx",
                signed(
                        connected.replace("\"1795327011.250\"", "1795327011.250"),
                        credentials().getFirst()));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        desk.handle(
                "pbx",
                signed(
                        body("phone.call.ended.v1", "1042", "1795327011.25"),
                        credentials().getFirst()));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        desk.handle(
                "pbx",
                signed(
                        body("phone.call.ended.v1", "1042", "1795327011.250"),
                        credentials().getFirst()));
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1795327011e2", "1.5E300", "1e999999999", "0.000000000001"})
    void anIdThatCannotBeReadAsItIsWrittenMustBeQuoted(String id) {
        String event = body("phone.call.ended.v1", "1042", "x").replace("\"x\"", id);
        HttpAnswer answer =
                desk.handle("pbx", signed(event, credentials().getFirst())).answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("in quotes");
    }

    @Test
    void anEndWhoseSubjectIsEmptyIsTheAgentsInTheData() {
        desk.handle("pbx", signed(about("connected", "ext/1042", "")));
        desk.handle("pbx", signed(about("ended", "", "1042")));
        assertThat(desk.statusOf(AGENT)).isEmpty();
        assertThat(desk.status("pbx", signed(about("ended", "", "")))).isEqualTo(400);
    }

    @Test
    void sequencesOrderWhatComesOutOfOrder() {
        ObjectNode empty = event("phone.line.snapshot.v1", "1042").put("sequence", "9");
        empty.withObjectProperty("data").putArray("calls");
        ObjectNode connected = event("phone.call.connected.v1", "1042").put("sequence", "8");
        connected.withObjectProperty("data").putObject("call").put("id", "1");
        desk.handle("pbx", signed(empty));
        desk.handle("pbx", signed(connected));
        assertThat(desk.statusOf(AGENT)).isEmpty();
        connected.put("sequence", 10);
        desk.handle("pbx", signed(connected));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    @Test
    void aSnapshotIsTheWholeTruthAboutItsLine() {
        ObjectNode snapshot = event("phone.line.snapshot.v1", "1042");
        snapshot.withObjectProperty("data")
                .putArray("calls")
                .add("a")
                .add(JSON.createObjectNode().put("id", "b").put("state", "held"))
                .add(JSON.createObjectNode().put("id", "c").put("state", "ringing"))
                .add(JSON.createObjectNode().put("id", 1234567890123456L));
        LineEvidence.Said said = (LineEvidence.Said)
                system().translate(signed(snapshot), connection()).getFirst();
        assertThat(said.signals())
                .containsExactly(new Signal.Calls(
                        Source.phone("pbx"),
                        SourceTime.at(desk.now()),
                        "1042",
                        Set.of("a", "b", "1234567890123456"),
                        false));
        desk.handle("pbx", signed(snapshot));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        desk.clock.advance(Duration.ofSeconds(1));
        snapshot.withObjectProperty("data").putArray("calls");
        desk.handle("pbx", signed(snapshot));
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"calls\":null}",
                "{\"calls\":\"a\"}",
                "{\"calls\":{}}",
                "{\"calls\":[null]}",
                "{\"calls\":[{}]}",
                "{\"calls\":[[]]}",
                "{\"calls\":[true]}",
                "{\"calls\":[1e9]}",
                "{\"calls\":[\"\"]}",
                "[]",
                "\"calls\"",
                "null"
            })
    void aSnapshotThatListsNothingReadableIsMalformed(String data) throws IOException {
        ObjectNode event = event("phone.line.snapshot.v1", "1042");
        event.set("data", JSON.readTree(data));
        assertThat(desk.status("pbx", signed(event))).isEqualTo(400);
    }

    @Test
    void aSnapshotIsBounded() {
        ObjectNode event = event("phone.line.snapshot.v1", "1042");
        for (int i = 0; i < 101; i++) {
            event.withObjectProperty("data").withArrayProperty("calls").add("call-" + i);
        }
        assertThat(desk.status("pbx", signed(event))).isEqualTo(400);
    }

    @Test
    void aCallNeedsAnIdAndALine() {
        assertThat(desk.status("pbx", signed(event("phone.call.connected.v1", "1042"))))
                .isEqualTo(400);
        ObjectNode event = event("phone.call.connected.v1", "1042");
        event.withObjectProperty("data").putObject("call").put("id", "x".repeat(257));
        assertThat(desk.status("pbx", signed(event))).isEqualTo(400);
        event.withObjectProperty("data").putObject("call").put("id", "1");
        event.remove("subject");
        assertThat(desk.status("pbx", signed(event))).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "ext,1042",
        "ext,' 1042 '",
        "aor,sip:1042@pbx.example",
        "mac,80:5E:C0:11:22:33",
        "email,Rita@Contoso.com"
    })
    void theAgentMayBeNamedInTheDataInstead(String scheme, String value) {
        desk.with("pbx", "805ec0112233", AGENT).with("pbx", "rita@contoso.com", AGENT);
        ObjectNode event = event("phone.call.connected.v1", "1042");
        event.remove("subject");
        event.withObjectProperty("data").putObject("call").put("id", "1");
        event.withObjectProperty("data")
                .putObject("agent")
                .put("scheme", scheme)
                .put("value", value);
        assertThat(desk.handle("pbx", signed(event)).recorded()).containsOnlyKeys(AGENT);
    }

    @Test
    void aDeviceSpeaksBeforeAnExtension() {
        ObjectNode event = event("phone.call.connected.v1", "1042");
        event.withObjectProperty("data").putObject("call").put("id", "1");
        event.withObjectProperty("data").putObject("agent").put("scheme", "mac").put("value", "80-5E-C0-11-22-33");
        LineEvidence.Said said = (LineEvidence.Said)
                system().translate(signed(event), connection()).getFirst();
        assertThat(said.lines()).containsExactly("805ec0112233", "1042");
    }

    /** Asterisk tells the end of every leg; the call is one. */
    @Test
    void aLegIsNotCountedByItself() {
        ObjectNode event = event("phone.call.connected.v1", "1042");
        event.withObjectProperty("data").putObject("call").put("id", "1").put("leg", "1.1");
        desk.handle("pbx", signed(event));
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        event.put("type", "phone.call.ended.v1");
        event.withObjectProperty("data").putObject("call").put("id", "1").put("leg", "1.2");
        desk.handle("pbx", signed(event));
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phone.call.connected.v2",
                "phone.call..v1",
                "phone.call.CONNECTED.v1",
                "phone.agent.signed_in.v1",
                "com.example.someevent"
            })
    void anotherTypeIsCountedByItsName(String type) {
        PhoneFixture.Handled handled =
                desk.handle("pbx", signed(body(type, "1042", "1"), credentials().getFirst()));
        assertThat(handled.answer().status()).isEqualTo(200);
        assertThat(handled.unknown()).containsExactly(type.toLowerCase(java.util.Locale.ROOT));
        assertThat(desk.situations).isEmpty();
    }

    @Test
    void anEventIsPosted() {
        Body body = Body.of(body("phone.call.connected.v1", "1042", "1"));
        HttpCall put = call("PUT", "application/json", body, credentials().getFirst());
        assertThat(desk.status("pbx", put)).isEqualTo(405);
    }

    @Test
    void aSecretThatIsNoneFitsNobody() {
        desk.with(new Connection(
                "pbx",
                "generic",
                List.of(),
                List.of("not a secret", credentials().getLast()),
                Optional.empty(),
                List.of()));
        String body = body("phone.call.connected.v1", "1042", "1");
        assertThat(desk.status("pbx", signed(body, credentials().getLast()))).isEqualTo(200);
        assertThat(desk.status("pbx", signed(body, credentials().getFirst()))).isEqualTo(401);
    }

    /** A message that comes again, at whatever attempt, changes nothing. */
    @Test
    void aRepetitionLaterChangesNothing() {
        ObjectNode connected = event("phone.call.connected.v1", "1042")
                .put("time", desk.now().minusSeconds(1).toString());
        connected.withObjectProperty("data").putObject("call").put("id", "1");
        desk.handle("pbx", signed(connected));
        Object once = desk.situations.get(AGENT);
        desk.clock.advance(Duration.ofSeconds(240));
        desk.handle("pbx", signed(connected));
        assertThat(desk.situations.get(AGENT)).isEqualTo(once);
    }

    @Test
    void malformedBodiesAreRefused() {
        List<String> bodies = List.of("", "{", "[]", "null", "{}", "{\"specversion\":\"1.0\"}", "\u0000");
        for (String body : bodies) {
            assertThat(desk.status("pbx", signed(body, credentials().getFirst())))
                    .as(body)
                    .isEqualTo(400);
        }
    }
}
