package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of spreadsheets: what is written is read as the same again, and mistakes have their place. */
class CsvTest {
    private final Diagnostics mistakes = new Diagnostics();

    private String read(String text) {
        return Csv.read("csv", text, mistakes).stream()
                .map(row -> row.place().line() + ":"
                        + row.fields().stream()
                                .map(cell -> cell.name() + "=" + ((DocumentNode.Scalar) cell.value()).text() + "@"
                                        + cell.place().column())
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining(" | "));
    }

    @Test
    void everyCellHasItsNameAndItsPlace() {
        assertThat(read("line,agent\r\n1042, rita \r\n\r\n,max\r\n\"a, \"\"b\"\"\nc\",tom\n7,eve"))
                .isEqualTo(
                        "2:line=1042@1,agent=rita@6 | 4:agent=max@2 | 5:line=a, \"b\"\nc@1,agent=tom@4 | 7:line=7@1,agent=eve@3");
        assertThat(read("\ufeffline;agent\n1;rita\n")).isEqualTo("2:line=1@1,agent=rita@3");
        assertThat(read("line,agent\n")).isEmpty();
        assertThat(mistakes.isEmpty()).isTrue();
    }

    @Test
    void whatIsWrongIsToldWithItsLine() {
        read("line,line,\n1,2,3,4\n\"open\n");

        assertThat(mistakes.list())
                .extracting(one -> one.line() + ":" + one.column() + " " + one.message())
                .containsExactly(
                        "1:6 the column \"line\" stands here twice; keep one",
                        "2:5 \"3\" stands in a column without a name; take it out, or name the column",
                        "2:7 \"4\" stands in a column without a name; take it out, or name the column",
                        "3:1 this begins with a quotation mark and has none at its end; add it");
        Diagnostics nothing = new Diagnostics();
        assertThat(Csv.read("csv", "", nothing)).isEmpty();
        assertThat(nothing.list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "+49 30 1",
                "=1+1",
                "@x",
                "-1",
                "'",
                "'+1",
                "''=1",
                "a,b",
                "a;b",
                "a\"b",
                "\"",
                "a\nb",
                "ä",
                "x y"
            })
    void whateverACellIsItIsReadAgain(String cell) {
        String text = Csv.write(List.of("a", "b"), List.of(List.of(cell, "z")));

        assertThat(((DocumentNode.Scalar) Csv.read("csv", text, mistakes)
                                .getFirst()
                                .get("a")
                                .orElseThrow())
                        .text())
                .isEqualTo(cell);
        assertThat(text.split("\r\n")[1].replace("\"", ""))
                .doesNotStartWith("=")
                .doesNotStartWith("@")
                .doesNotStartWith("+");
    }
}
