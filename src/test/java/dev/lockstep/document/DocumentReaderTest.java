package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
    private static final int KB = 1024;
    private final Diagnostics mistakes = new Diagnostics();

    private Optional<DocumentNode> read(String text) {
        return DocumentReader.read("test", text, 256 * KB, mistakes);
    }

    private DocumentNode.Fields branch(String text) {
        DocumentNode tree = read(text).orElseThrow();
        assertThat(mistakes.list()).isEmpty();
        return (DocumentNode.Fields) tree;
    }

    private static String text(DocumentNode.Fields branch, String name) {
        return ((DocumentNode.Scalar) branch.get(name).orElseThrow()).text();
    }

    @Test
    void whatLooksLikeANumberOrATruthValueStaysWhatWasWritten() {
        DocumentNode.Fields branch = branch("line: 0042\nname: Off\nmac: 80:5e:c0:11:22:33\nyes: 1e3\n");
        assertThat(text(branch, "line")).isEqualTo("0042");
        assertThat(text(branch, "name")).isEqualTo("Off");
        assertThat(text(branch, "mac")).isEqualTo("80:5e:c0:11:22:33");
        assertThat(text(branch, "yes")).isEqualTo("1e3");
    }

    @Test
    void namesAndValuesKnowTheirPlace() {
        DocumentNode.Fields branch = branch("a:\n  b: c\n");
        DocumentNode.Field inner =
                ((DocumentNode.Fields) branch.get("a").orElseThrow()).field("b").orElseThrow();
        assertThat(inner.place()).isEqualTo(new SourceLocation("test", 2, 3));
        assertThat(inner.value().place()).isEqualTo(new SourceLocation("test", 2, 6));
    }

    @Test
    void jsonIsRead() {
        DocumentNode.Fields branch =
                branch("{\n\t\"url\": \"https:\\/\\/x\\\\\\/\",\n\t\"n\": null, \"l\": [\"\\ud83d\\ude00\"]\n}");
        assertThat(text(branch, "url")).isEqualTo("https://x\\/");
        assertThat(branch.get("n")).isEmpty();
        assertThat(branch.field("n")).isPresent();
        assertThat(branch.get("l"))
                .hasValueSatisfying(list -> assertThat(((DocumentNode.Sequence) list).items())
                        .singleElement()
                        .satisfies(item ->
                                assertThat(((DocumentNode.Scalar) item).text()).isEqualTo("😀")));
    }

    @Test
    void parsedJsonBecomesTheSameTreeWithoutPlaces() throws Exception {
        DocumentNode tree = DocumentReader.of(
                "request", new ObjectMapper().readTree("{\"a\":[1,true,null,\"x\"],\"b\":{\"c\":1.50}}"));
        DocumentNode.Fields branch = (DocumentNode.Fields) tree;
        assertThat(((DocumentNode.Sequence) branch.get("a").orElseThrow()).items())
                .extracting(DocumentNode::kind)
                .containsExactly("\"1\"", "\"true\"", "nothing", "\"x\"");
        assertThat(branch.get("b").orElseThrow().place()).isEqualTo(SourceLocation.in("request"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\na: 2                     | 2 | 1 | given twice",
                "a: &x [1]\\nb: *x               | 1 | 4 | anchors",
                "a: &x 1\\nb: *x                 | 1 | 4 | anchors",
                "a: &x {b: *x}                   | 1 | 4 | anchors",
                "a: !!javax.script.Engine [b]    | 1 | 4 | tags",
                "a: !!int '5'                    | 1 | 4 | tags",
                "? [a]\\n: b                     | 1 | 3 | plain text",
                "a: b: c                         | 1 | 5 | no YAML",
                "a: 1\\n---\\nb: 2               | 2 | 1 | no YAML",
                "a: [1, 2                        | 1 | 9 | no YAML",
                "a: @x                           | 1 | 4 | no YAML",
            })
    void mistakesAreToldWithTheirPlace(String text, int line, int column, String message) {
        read(text.replace("\\n", "\n"));
        assertThat(mistakes.list()).anySatisfy(mistake -> {
            assertThat(mistake.message()).contains(message);
            assertThat(List.of(mistake.line(), mistake.column())).isEqualTo(List.of(line, column));
        });
    }

    @Test
    void aControlCharacterIsToldWithItsLine() {
        assertThat(read("a: b\nc: \u0007")).isEmpty();
        assertThat(mistakes.list())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.line()).isEqualTo(2));
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        read("a: 1\na: 2\nb: &x 3\nc: {d: 1, d: 2}\n");
        assertThat(mistakes.list()).extracting(Diagnostic::path).containsExactly("a", "b", "c.d");
    }

    @Test
    void whatIsTooLongIsNotRead() {
        assertThat(DocumentReader.read("test", "a: " + "é".repeat(600), KB, mistakes))
                .isEmpty();
        assertThat(mistakes.list())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("over 1 KB"));
    }

    @Test
    void aliasesThatWouldUnfoldToGigabytesAreToldQuickly() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> read(bomb.toString()));
        assertThat(mistakes.list())
                .isNotEmpty()
                .allSatisfy(mistake -> assertThat(mistake.message()).contains("aliases"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "!a ", "&a ", "\"", "'", "|\n ", "#", "\t", "- - ", ": "})
    void whatIsRepeatedWithoutEndEndsSoon(String part) {
        String text = part.repeat(200 * KB / part.length());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThatCode(() -> read(text)).doesNotThrowAnyException());
    }

    @Test
    void nothingThatIsReadThrows() {
        long seed = Long.getLong("lockstep.seed", 20261122L);
        Random random = new Random(seed);
        String alphabet = "ab:-[]{}&*!|>'\"%@`#?, \n\t\r\\/~01\u0085\u2028\ud83d\ufeffé";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
            assertThatCode(() -> read(text.toString()))
                    .as("seed %d, text %s", seed, text)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void pathsQuoteWhatNeedsIt() {
        assertThat(KeyPath.ROOT.key("dynamics").key("Busy - DND").item(3).text())
                .isEqualTo("dynamics.\"Busy - DND\"[3]");
        assertThat(KeyPath.ROOT.key("x".repeat(200) + " ").text()).hasSizeLessThan(90);
    }

    @ParameterizedTest
    @CsvSource({"avialable, available", "oncall, onACall", "BUSSY, busy", "'', ''", "spaghetti, ''"})
    void theNearestNameIsSuggested(String written, String meant) {
        List<String> known = List.of("available", "away", "busy", "onACall");
        assertThat(Suggestions.to(written, known).orElse("")).isEqualTo(meant);
    }

    @Test
    void aMistakeReadsWellInOneLine() {
        assertThat(new Diagnostic("team#x", 3, 5, "order", "wrong"))
                .hasToString("team#x, line 3, column 5, order: wrong");
        assertThat(new Diagnostic("request", 0, 0, "", "wrong")).hasToString("request: wrong");
    }
}
