package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.PageExamples;
import dev.lockstep.api.AsyncApiDocument;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.cloudevents.StructuredMode;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.RejectedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /asyncapi.json} names every kind of event that is understood, by every word for it, and what each needs. */
class PublishedPhoneEventsTest {
    private static final AsyncApiDocument DOCUMENT = AsyncApiDocument.SERVED;
    private static final String CHANNEL = "phoneEvents";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:01Z");

    /** {@code dndOn} */
    private static String message(PhoneKind kind) {
        return Pattern.compile("_(.)")
                .matcher(kind.name().toLowerCase(Locale.ROOT))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    private static String event(String type, Optional<String> subject, String data) throws IOException {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", "1")
                .put("source", "/pbx")
                .put("type", type);
        subject.ifPresent(line -> event.put("subject", line));
        event.set("data", JSON.readTree(data));
        return event.toString();
    }

    private static String event(String type) throws IOException {
        return event(type, Optional.of("ext/1042"), "{\"call\":{\"id\":\"c\"},\"calls\":[]}");
    }

    /** As the code reads it. */
    private static LineEvidence read(String text) {
        CloudEvent event = StructuredMode.read(Body.of(text));
        return new PhoneEvent(event, new EventTime(event, Optional.empty(), NOW, Duration.ofMinutes(5)), "pbx")
                .news()
                .getFirst();
    }

    @Test
    void everyKindIsAMessageAndNothingElseIs() {
        Stream<String> kinds = Arrays.stream(PhoneKind.values()).map(PublishedPhoneEventsTest::message);

        assertThat(DOCUMENT.messages(CHANNEL))
                .containsExactlyElementsOf(
                        Stream.concat(kinds, Stream.of("snapshot")).toList());
    }

    @ParameterizedTest
    @EnumSource(PhoneKind.class)
    void everyWordForAKindIsThatMessageAlone(PhoneKind kind) throws IOException {
        for (String word : kind.names().toList()) {
            List<String> written = new ArrayList<>(List.of(word));
            if (kind.isAboutOneCall()) {
                written.add("call_" + word);
            }
            for (String as : written) {
                for (String room : List.of("call", "line")) {
                    String type = "phone." + room + "." + as + ".v1";
                    assertThat(DOCUMENT.messagesOf(CHANNEL, event(type)))
                            .as(type)
                            .containsExactly(message(kind));
                    assertThat(read(event(type))).as(type).isInstanceOf(LineEvidence.Said.class);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phone.call.lunch.v1",
                "phone.line.call_idle.v1",
                "phone.call.snapshot.v1",
                "phone.call.connected.v2",
                "phone.call.CONNECTED.v1",
                "xphone.call.connected.v1",
                "phone-call-connected-v1"
            })
    void whatIsNotUnderstoodIsNoMessage(String type) throws IOException {
        assertThat(DOCUMENT.messagesOf(CHANNEL, event(type))).isEmpty();
        assertThat(read(event(type))).isInstanceOf(LineEvidence.NotUnderstood.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phone.call.connected.v1 | ext/1042 | {\"call\":{\"id\":17}}",
                "phone.call.connected.v1 | 1042 | {\"call\":{\"id\":\"c\"},\"more\":[1]}",
                "phone.call.ended.v1 | | {\"call\":{\"id\":\"c\"},\"agent\":{\"value\":1042}}",
                "phone.line.idle.v1 | ext/1042 | {}",
                "phone.line.idle.v1 | | {\"agent\":{\"value\":\"sip:1042@pbx\"}}",
                "phone.line.snapshot.v1 | ext/1042 | {\"calls\":[\"a\",7,{\"id\":\"b\",\"state\":\"held\"}]}",
            })
    void whatIsTakenIsAMessage(String type, String subject, String data) throws IOException {
        String event = event(type, Optional.ofNullable(subject), data);

        assertThat(read(event)).isInstanceOf(LineEvidence.Said.class);
        assertThat(DOCUMENT.messagesOf(CHANNEL, event)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phone.call.connected.v1 | ext/1042 | {}",
                "phone.call.connected.v1 | ext/1042 | {\"call\":{\"id\":\"\"}}",
                "phone.call.connected.v1 | ext/1042 | {\"call\":{\"id\":null}}",
                "phone.call.connected.v1 | | {\"call\":{\"id\":\"c\"}}",
                "phone.call.connected.v1 | ext/ | {\"call\":{\"id\":\"c\"}}",
                "phone.line.idle.v1 | | {\"agent\":{\"value\":\"\"}}",
                "phone.line.idle.v1 | | {\"agent\":{\"value\":true}}",
                "phone.line.snapshot.v1 | ext/1042 | {}",
                "phone.line.snapshot.v1 | ext/1042 | {\"calls\":[{\"state\":\"held\"}]}",
                "phone.line.snapshot.v1 | ext/1042 | {\"calls\":{}}",
            })
    void whatIsRefusedIsNoMessage(String type, String subject, String data) throws IOException {
        String event = event(type, Optional.ofNullable(subject), data);

        assertThatThrownBy(() -> read(event)).isInstanceOf(RejectedRequest.class);
        assertThat(DOCUMENT.messagesOf(CHANNEL, event)).isEmpty();
    }

    @Test
    void everySampleAndTheExampleOfThePageAreMessages() throws IOException {
        List<String> events = new ArrayList<>(PageExamples.of("docs/phone-events.md", "json").stream()
                .filter(example -> example.contains("specversion"))
                .toList());
        for (String name : List.of("connected", "ended", "snapshot")) {
            Path sample = Path.of("events/phone-event.generic-" + name + ".json");
            String body = JSON.readTree(sample.toFile()).path("body").asText();
            assertThat(DOCUMENT.messagesOf(CHANNEL, body)).as(name).containsExactly(name);
            events.add(body);
        }

        assertThat(events)
                .hasSize(4)
                .allSatisfy(
                        event -> assertThat(DOCUMENT.messagesOf(CHANNEL, event)).hasSize(1));
    }

    /** In its own words the document means what the page says. */
    @Test
    void itsExamplesAreUnderstood() {
        Map<String, String> messages = Map.of("connected", "[1042]", "snapshot", "[1042]");

        messages.forEach((message, lines) -> assertThat(DOCUMENT.examples(message))
                .allSatisfy(example -> assertThat(read(example))
                        .isInstanceOfSatisfying(
                                LineEvidence.Said.class,
                                said -> assertThat(said.lines()).hasToString(lines))));
    }
}
