package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is served at {@code /asyncapi.json} agrees with itself and with {@code /openapi.json}. That its kinds and members
 * are the code's is held where they are made.
 */
class AsyncApiTest {
    private static final AsyncApiDocument DOCUMENT = AsyncApiDocument.SERVED;

    @Test
    void everyExampleIsItsMessageAndNoOther() {
        Stream.of("phoneEvents", "presenceChanges")
                .forEach(channel -> DOCUMENT.messages(channel)
                        .forEach(message -> assertThat(DOCUMENT.examples(message))
                                .as(message)
                                .isNotEmpty()
                                .allSatisfy(example -> assertThat(DOCUMENT.messagesOf(channel, example))
                                        .containsExactly(message))));
    }

    @Test
    void whatBothDocumentsNameIsTheSame() {
        for (String shared : Set.of("CloudEvent", "Status")) {
            assertThat(DOCUMENT.json().path("components").path("schemas").path(shared))
                    .isEqualTo(OpenApiDocument.SERVED.schema(shared));
        }
        JsonNode events = DOCUMENT.json().path("channels").path("phoneEvents");
        assertThat(OpenApiDocument.SERVED
                        .operation("POST", "/phone/x")
                        .orElseThrow()
                        .path())
                .isEqualTo(events.path("address").asText());
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverythingNamedIsReferredTo() {
        Set<String> referred = new TreeSet<>(DOCUMENT.json().findValuesAsText("$ref"));
        Set<String> named = new TreeSet<>();
        DOCUMENT.json()
                .path("components")
                .properties()
                .forEach(part -> part.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> named.add("#/components/" + part.getKey() + "/" + name)));
        DOCUMENT.json().path("channels").fieldNames().forEachRemaining(name -> named.add("#/channels/" + name));

        assertThat(referred).isEqualTo(named);
    }

    /** Most tools read AsyncAPI's schemas as draft 7, where what stands beside a reference counts for nothing. */
    @Test
    void itsSchemasMeanTheSameInDraft7() {
        DOCUMENT.json().at("/components/schemas").properties().forEach(schema -> {
            assertThat(JsonSchemas.mistakesOf(schema.getValue()))
                    .as(schema.getKey())
                    .isEmpty();
            assertThat(schema.getValue().findParents("$ref"))
                    .as(schema.getKey())
                    .allMatch(parent -> parent.size() == 1);
            assertThat(Stream.of("prefixItems", "unevaluatedProperties", "dependentRequired", "$defs")
                            .filter(word -> schema.getValue().findValue(word) != null))
                    .as(schema.getKey())
                    .isEmpty();
        });
    }

    @Test
    void everyMessageIsToldInOneChannel() {
        Set<String> told = new TreeSet<>();
        DOCUMENT.json()
                .path("channels")
                .forEach(channel -> channel.path("messages").properties().forEach(message -> {
                    assertThat(told.add(message.getKey())).isTrue();
                    assertThat(message.getValue().path("$ref").asText())
                            .isEqualTo("#/components/messages/" + message.getKey());
                }));

        assertThat(DOCUMENT.json().at("/components/messages").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(told);
    }
}
