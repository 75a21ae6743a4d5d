package dev.lockstep.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as each form wrote them, {@code stored/form-<number>/<name>.txt}: an attribute a line, a list in as many lines
 * as it has elements. They are never changed. Whoever has to change them for the present form makes a new form.
 */
class FrozenFormsTest {
    static final String MARK = "mark";

    private final AgentItem items = new AgentItem(new StateJson());

    static Stream<Integer> forms() {
        return IntStream.rangeClosed(1, StateJson.FORM).boxed();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyItemOfEveryFormIsReadAsItWasMeant(int form) {
        StoredSamples.of(form)
                .forEach((name, state) -> assertThat(items.state(item(frozen(form, name))))
                        .as("%s in form %d", name, form)
                        .isEqualTo(state));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatTheBoardShowsOfEveryFormIsReadAsItWasMeant(int form) {
        StoredSamples.of(form).entrySet().stream()
                .filter(sample -> !sample.getValue().isRemoved())
                .forEach(sample -> assertThat(items.readableView(item(frozen(form, sample.getKey())), agentId -> {}))
                        .as("%s in form %d", sample.getKey(), form)
                        .containsExactly(
                                form == 1 ? AgentView.of(sample.getValue()) : AgentView.expected(sample.getValue())));
    }

    @Test
    void thePresentFormIsWrittenAsItWasFrozen() {
        StoredSamples.all()
                .forEach((name, state) -> assertThat(unpacked(written(items, state)))
                        .as("%s is written differently: that is a new form, see StateJson.FORM", name)
                        .isEqualTo(unpacked(withoutPulse(item(frozen(StateJson.FORM, name))))));
    }

    @Test
    void theSamplesHoldEveryPartAndEveryConstantThatCanBeStored() {
        StringBuilder all = new StringBuilder();
        for (AgentState state : StoredSamples.all().values()) {
            all.append(unpacked(written(items, state)));
        }
        for (Class<?> type :
                StoredFormTest.storedUnder(List.of(StateJson.Remembered.class, ShownView.class, Evidence.class))) {
            assertThat(all).as("%s", type).contains(words(type));
        }
    }

    /** Without what is for the index of pulses: that has a form of its own, which {@link PulseFormTest} holds to. */
    static Map<String, AttributeValue> written(AgentItem items, AgentState state) {
        return withoutPulse(items.of(state, MARK, Map.of()));
    }

    private static Map<String, AttributeValue> withoutPulse(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> others = new HashMap<>(item);
        others.keySet().removeAll(Set.of("dueShard", "pulse"));
        return others;
    }

    /** How a type's parts and constants stand in the text; a source stands there as its name alone, and a list has no names. */
    private static List<String> words(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> '"' + ((Enum<?>) constant).name() + '"')
                    .toList();
        }
        if (!type.isRecord() || type.equals(Source.class) || type.isAnnotationPresent(JsonFormat.class)) {
            return List.of("");
        }
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> '"' + name + "\":")
                .toList();
    }

    private static String frozen(int form, String name) {
        String path = "/stored/form-" + form + "/" + name + ".txt";
        try (InputStream file = FrozenFormsTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As it stands in a file. */
    static String text(Map<String, AttributeValue> item) {
        return text(item, Base64.getEncoder()::encodeToString);
    }

    /** What is packed unpacked: other libraries for the same format find other bytes for the same text. */
    private static String unpacked(Map<String, AttributeValue> item) {
        return text(item, new PackedText()::unpack);
    }

    private static String text(Map<String, AttributeValue> item, Function<byte[], String> bytes) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(item).forEach((name, value) -> {
            switch (value.type()) {
                case S -> line(text, name, "S", value.s());
                case N -> line(text, name, "N", value.n());
                case B -> line(text, name, "B", bytes.apply(value.b().asByteArray()));
                case L -> value.l().forEach(each -> line(text, name, "L", each.s()));
                default -> throw new AssertionError(name + " is of another type: " + value.type());
            }
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String type, String value) {
        text.append(name).append(' ').append(type).append(' ').append(value).append('\n');
    }

    private static Map<String, AttributeValue> item(String text) {
        Map<String, AttributeValue> item = new HashMap<>();
        text.lines().map(line -> line.split(" ", 3)).forEach(line -> {
            switch (line[1]) {
                case "S" -> item.put(line[0], AttributeValue.fromS(line[2]));
                case "N" -> item.put(line[0], AttributeValue.fromN(line[2]));
                case "B" ->
                    item.put(line[0], Attributes.bytes(Base64.getDecoder().decode(line[2])));
                default -> item.merge(line[0], Attributes.texts(List.of(line[2])), FrozenFormsTest::joined);
            }
        });
        return item;
    }

    private static AttributeValue joined(AttributeValue list, AttributeValue more) {
        List<AttributeValue> all = new ArrayList<>(list.l());
        all.addAll(more.l());
        return AttributeValue.fromL(all);
    }
}
