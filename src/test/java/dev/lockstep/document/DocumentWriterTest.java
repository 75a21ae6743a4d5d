package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.configured.StoredJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read as the same again. */
class DocumentWriterTest {
    private static DocumentNode read(String yaml) {
        Diagnostics mistakes = new Diagnostics();
        DocumentNode tree = DocumentReader.read("test", yaml, 100_000, mistakes).orElseThrow();
        assertThat(mistakes.list()).isEmpty();
        return tree;
    }

    @Test
    void itIsWrittenAsPeopleWriteIt() {
        String yaml = """
                order: [available, away]
                dynamics:
                  read:
                    Wrap-up: {means: busy, as: choice}
                    Out sick: ignore
                  write:
                    onACall: [On the phone, Busy - DND]
                    busy:
                teams:
                  read:
                    DoNotDisturb/Focusing: ignore
                    Focusing/*: ignore
                """;

        assertThat(DocumentWriter.yaml(read(yaml))).isEqualTo(yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "null",
                "~",
                "Null",
                "- x",
                "a: b",
                "a #b",
                " x",
                "x ",
                "*",
                "&a",
                "!tag",
                "'",
                "\"",
                "\\",
                "true",
                "007",
                "<<",
                "=",
                "line\nend",
                "tab\t",
                "\u2028",
                "\u0085",
                "\u007f",
                "\u0001",
                "\ufeff",
                "é ü 漢",
                "\ud83d\ude00",
                "%",
                "@",
                "`",
                "a, b",
                "[x]",
                "{y}",
                "---",
                "...",
                "?",
                "|",
                ">",
                "-",
                "a-",
                "no",
                "1e3",
                "0x1f",
                "a: ",
                "#",
                "a:b"
            })
    void whateverANameOrAValueIs(String text) {
        DocumentNode.Scalar scalar = new DocumentNode.Scalar(text, SourceLocation.in("test"));
        DocumentNode.Field field = new DocumentNode.Field(text, scalar, scalar.place());
        DocumentNode.Field nested = new DocumentNode.Field(
                "in",
                new DocumentNode.Fields(
                        List.of(
                                field,
                                new DocumentNode.Field(
                                        "list",
                                        new DocumentNode.Sequence(List.of(scalar, scalar), scalar.place()),
                                        scalar.place())),
                        scalar.place()),
                scalar.place());
        DocumentNode tree = new DocumentNode.Fields(List.of(nested), scalar.place());

        assertThat(StoredJson.of(read(DocumentWriter.yaml(tree)))).isEqualTo(StoredJson.of(tree));
    }

    @Test
    void nothingIsAnEmptyText() {
        assertThat(DocumentWriter.yaml(read(""))).isEmpty();
        assertThat(DocumentWriter.yaml(read("{}"))).isEqualTo("{}\n");
    }
}
