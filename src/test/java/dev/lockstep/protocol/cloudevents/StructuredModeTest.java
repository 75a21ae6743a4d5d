package dev.lockstep.protocol.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.fuzz.Fuzz;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Against the vectors of the CloudEvents project, and against its own library as an independent judge. */
class StructuredModeTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MINIMAL = "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"/s\"";

    private static byte[] vector(String name) {
        try (InputStream file = StructuredModeTest.class.getResourceAsStream("/vectors/cloudevents/" + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode expected() {
        try {
            return JSON.readTree(vector("expected.json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertMalformed(byte[] body) {
        assertThatThrownBy(() -> StructuredMode.read(Body.of(body)))
                .isInstanceOfSatisfying(
                        RejectedRequest.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RejectionReason.MALFORMED));
    }

    private static void assertMalformed(String body) {
        assertMalformed(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the vectors leave the choice, wrong names of attributes are refused. */
    @TestFactory
    Stream<DynamicTest> everyPublishedEventGivesWhatItMust() {
        return expected().path("structured").properties().stream()
                .map(entry ->
                        dynamicTest(entry.getKey() + ": " + entry.getValue().asText(), () -> {
                            byte[] body = vector("structured/" + entry.getKey());
                            if (entry.getValue().asText().startsWith("valid")) {
                                CloudEvent event = StructuredMode.read(Body.of(body));
                                assertSameAsLibrary(event, body);
                                assertThat(StructuredMode.read(StructuredMode.write(event)))
                                        .isEqualTo(event);
                            } else {
                                assertMalformed(body);
                            }
                        }));
    }

    private static void assertSameAsLibrary(CloudEvent event, byte[] body) throws IOException {
        JsonNode written = JSON.readTree(body);
        io.cloudevents.CloudEvent judge = new JsonFormat().deserialize(body);
        assertThat(event.id()).isEqualTo(judge.getId());
        assertThat(event.source()).isEqualTo(judge.getSource().toString());
        assertThat(event.type()).isEqualTo(judge.getType());
        assertThat(event.subject())
                .isEqualTo(Optional.ofNullable(judge.getSubject()).filter(subject -> !subject.isBlank()));
        assertThat(event.time()).isEqualTo(Optional.ofNullable(judge.getTime()).map(time -> time.toInstant()));
        // The library fills in what the specification implies for data without a type.
        String implied = judge.getData() == null ? null : "application/json";
        assertThat(event.dataContentType().or(() -> Optional.ofNullable(implied)))
                .isEqualTo(Optional.ofNullable(judge.getDataContentType()).or(() -> Optional.ofNullable(implied)));
        assertThat(event.dataSchema())
                .isEqualTo(Optional.ofNullable(judge.getDataSchema()).map(Object::toString));
        // The library names an attribute that is null; the JSON event format calls it unset.
        List<String> extensions = judge.getExtensionNames().stream()
                .filter(name -> !written.path(name).isNull())
                .toList();
        assertThat(event.extensions()).containsOnlyKeys(extensions);
        extensions.forEach(
                name -> assertThat(event.extension(name)).contains(String.valueOf(judge.getExtension(name))));
    }

    @TestFactory
    Stream<DynamicTest> inlineEventsAreRefused() {
        return expected()
                .path("inline")
                .valueStream()
                .map(inline -> dynamicTest(
                        inline.path("expected").asText(),
                        () -> assertMalformed(inline.path("body").asText())));
    }

    @Test
    void countsTheAttributesThatTheVectorsTellOf() {
        assertThat(StructuredMode.read(Body.of(vector("structured/json_data_with_ext.json")))
                        .extensions())
                .isEqualTo(Map.of("astring", "aaa", "aboolean", "true", "anumber", "10"));
        assertThat(StructuredMode.read(Body.of(vector("structured/min_subject_null.json")))
                        .subject())
                .isEmpty();
        assertThat(StructuredMode.read(Body.of(vector("structured/base64_json_data.json")))
                        .data())
                .isEqualTo(JSON.createObjectNode());
        assertThat(StructuredMode.read(Body.of(vector("structured/base64_text_data.json")))
                        .data())
                .isEqualTo(BinaryNode.valueOf("Hello World Lorena!".getBytes(StandardCharsets.UTF_8)));
        assertThat(StructuredMode.read(Body.of(vector("structured/json_data_with_fractional_time.json")))
                        .time())
                .contains(Instant.parse("2018-04-26T14:48:09.1234Z"));
    }

    /** The structured scenario of the conformance suite, as it stands there. */
    @Test
    void readsTheConformanceScenario() throws IOException {
        String feature = new String(vector("http-protocol-binding.feature"), StandardCharsets.UTF_8);
        String scenario = feature.substring(feature.indexOf("Structured content mode"));
        Matcher json = Pattern.compile("(?s)Content-Length: \\d+\\s+(\\{.*?\\n        \\})")
                .matcher(scenario);
        assertThat(json.find()).isTrue();
        CloudEvent event = StructuredMode.read(Body.of(json.group(1)));
        Matcher attributes =
                Pattern.compile("(?m)^ *\\| +([a-z]+) \\| (\\S+) +\\|$").matcher(scenario);
        Map<String, String> actual = Map.of(
                "id", event.id(),
                "specversion", "1.0",
                "type", event.type(),
                "source", event.source(),
                "time", event.time().orElseThrow().toString(),
                "datacontenttype", event.dataContentType().orElseThrow());
        int checked = 0;
        while (attributes.find()) {
            if (!attributes.group(1).equals("key")) {
                assertThat(actual).containsEntry(attributes.group(1), attributes.group(2));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(actual.size());
        assertThat(event.data()).isEqualTo(JSON.readTree("{\"message\": \"Hello World!\"}"));
    }

    /** Each event of the conformance files, put into structured mode and read back. */
    @TestFactory
    Stream<DynamicTest> readsTheConformanceEvents() {
        return Stream.of("v1_minimum.yaml", "v1.yaml")
                .flatMap(file -> documents(new String(vector(file), StandardCharsets.UTF_8)))
                .map(document -> dynamicTest(document.toString(), () -> {
                    Map<?, ?> attributes = (Map<?, ?>) document.get("ContextAttributes");
                    ObjectNode json = JSON.createObjectNode();
                    attributes.forEach((name, value) -> {
                        if (value instanceof Map<?, ?> extensions) {
                            extensions.forEach((key, text) -> json.put((String) key, (String) text));
                        } else {
                            json.put((String) name, value instanceof Double ? "1.0" : text(value));
                        }
                    });
                    json.put("data", (String) document.get("Data"));
                    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
                    CloudEvent event = StructuredMode.read(Body.of(body));
                    assertSameAsLibrary(event, body);
                    assertThat(event.data().asText()).isEqualTo(document.get("Data"));
                    assertThat(StructuredMode.read(StructuredMode.write(event))).isEqualTo(event);
                }));
    }

    private static String text(Object value) {
        return value instanceof java.util.Date date ? date.toInstant().toString() : (String) value;
    }

    private static Stream<Map<?, ?>> documents(String yaml) {
        List<Map<?, ?>> documents = new java.util.ArrayList<>();
        new Yaml().loadAll(yaml).forEach(document -> documents.add((Map<?, ?>) document));
        return documents.stream();
    }

    /** Libraries write times that RFC 3339 does not know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T08:00:00.123456GMT",
                "2026-11-22T08:00:00.123456+0000",
                "2026-11-22 08:00:00.123456Z",
                "2026-11-22t09:00:00.123456+01:00",
                "2026-11-22 08:00:00.123456 UTC",
                "2026-11-22T08:00:00.123456Z"
            })
    void readsTimesAsLibrariesWriteThem(String time) {
        CloudEvent event = StructuredMode.read(Body.of(MINIMAL + ",\"time\":\"" + time + "\"}"));

        assertThat(event.time()).contains(Instant.parse("2026-11-22T08:00:00.123456Z"));
        assertThat(event.hasUnreadableTime()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "\"2026-13-01T00:00:00Z\"",
                "\"2026-01-01T00:00:00\"",
                "1795327012",
                "\"+999999999-01-01T00:00:00Z\"",
                "\"\"",
                "{}"
            })
    void anEventCanDoWithoutATimeThatNobodyCanRead(String time) {
        CloudEvent event = StructuredMode.read(Body.of(MINIMAL + ",\"time\":" + time + "}"));

        assertThat(event.time()).isEmpty();
        assertThat(event.hasUnreadableTime()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{",
                MINIMAL,
                MINIMAL + "} trailing",
                MINIMAL + "}{}",
                MINIMAL + ",\"id\":\"2\"}",
                MINIMAL + ",\"subject\":7}",
                MINIMAL + ",\"ext\":{}}",
                MINIMAL + ",\"ext\":[1]}",
                MINIMAL + ",\"data\":{},\"data_base64\":\"e30=\"}",
                MINIMAL + ",\"data_base64\":\"???\"}",
                MINIMAL + ",\"data_base64\":7}",
                MINIMAL + ",\"datacontenttype\":\"application/json\",\"data_base64\":\"eyI=\"}",
                "{\"specversion\":\"1.0\",\"id\":null,\"type\":\"t\",\"source\":\"/s\"}",
                "{\"specversion\":1.0,\"id\":\"1\",\"type\":\"t\",\"source\":\"/s\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"not a reference\"}",
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"type\":\"t\",\"source\":\"/s\"}"
            })
    void refusesWhatIsNoEvent(String body) {
        assertMalformed(body);
    }

    /** A template whose variable is empty sends it so. */
    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "null"})
    void anEmptySubjectIsNone(String subject) {
        assertThat(StructuredMode.read(Body.of(MINIMAL + ",\"subject\":" + subject + "}"))
                        .subject())
                .isEmpty();
    }

    /** Milliseconds as a sequence are past 32 bits; of other attributes the specification decides. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "-1", "1795348800123", "123456789012345678901234567890"})
    void aSequenceMayBeAnyInteger(String number) {
        assertThat(StructuredMode.read(Body.of(MINIMAL + ",\"sequence\":" + number + "}"))
                        .extension("sequence"))
                .contains(number);
        assertMalformed(MINIMAL + ",\"sequence\":" + number + ".5}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1795327011.25", "1795327011.250", "0.10", "123456789012345678.123456789"})
    void aDecimalInTheDataIsReadAsItIsWritten(String number) {
        assertThat(StructuredMode.read(Body.of(MINIMAL + ",\"data\":" + number + "}"))
                        .data()
                        .asText())
                .isEqualTo(number);
    }

    @Test
    void refusesTextThatIsNoUtf8() {
        byte[] body = (MINIMAL + ",\"subject\":\"x\"}").getBytes(StandardCharsets.UTF_8);
        body[body.length - 3] = (byte) 0xC0;
        assertMalformed(body);
    }

    @Test
    void whatIsWrittenIsReadBySomebodyElse() throws IOException {
        CloudEvent event = new CloudEvent(
                "prs_1",
                "/lockstep",
                "dev.lockstep.presence.changed.v1",
                Optional.of("rita"),
                Optional.of(Instant.parse("2026-11-22T05:56:51.250Z")),
                Optional.of("application/json"),
                Optional.empty(),
                JSON.createObjectNode().put("status", "onACall").put("name", "Ríta \"R\" Rep"),
                Map.of("sequence", "0007"),
                false);
        Body body = StructuredMode.write(event);
        assertSameAsLibrary(event, body.bytes());
        assertThat(StructuredMode.read(body)).isEqualTo(event);
    }

    /**
     * Whatever comes, the answer is an event or the documented refusal; and where the CloudEvents library takes it for
     * an event too (it knows fewer content types), for the same.
     */
    @Test
    void everyDamagedEventIsUnderstoodOrRefused() {
        List<byte[]> events = expected()
                .path("structured")
                .propertyStream()
                .map(entry -> vector("structured/" + entry.getKey()))
                .toList();
        AtomicInteger accepted = new AtomicInteger();
        Fuzz.bytes(events, (damaged, random) -> {
            try {
                CloudEvent event = StructuredMode.read(Body.of(damaged));
                if (isReadByLibrary(damaged)) {
                    assertSameAsLibrary(event, damaged);
                    accepted.incrementAndGet();
                }
            } catch (RejectedRequest refused) {
                assertThat(refused.reason()).isEqualTo(RejectionReason.MALFORMED);
            }
        });
        assertThat(accepted).hasPositiveValue();
    }

    @Test
    void nothingButDepthIsRefusedAtAnySizeThatIsRead() {
        for (int size : List.of(2_000, HttpCall.MAX_BYTES)) {
            Fuzz.depths(MINIMAL + ",\"data\":", "}", size).forEach(StructuredModeTest::assertMalformed);
        }
    }

    private static boolean isReadByLibrary(byte[] body) {
        try {
            new JsonFormat().deserialize(body);
            return true;
        } catch (EventDeserializationException e) {
            return false;
        }
    }
}
