package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of documents does. */
public abstract class DocumentsContract {
    private Documents documents;

    public abstract Documents empty();

    @BeforeEach
    void begin() {
        documents = empty();
    }

    @Test
    void hasNoneAtFirst() {
        assertThat(documents.get("default")).isEmpty();
        assertThat(documents.all()).isEmpty();
        documents.put(Map.of());
        documents.put(Map.of("default", ""));
        assertThat(documents.all()).isEmpty();
    }

    @Test
    void givesBackWhatWasPut() {
        documents.put(Map.of("default", "order: []\n", "team#priority", "ünïcode: ☎"));
        assertThat(documents.get("default")).contains("order: []\n");
        assertThat(documents.all()).isEqualTo(Map.of("default", "order: []\n", "team#priority", "ünïcode: ☎"));
    }

    @Test
    void replacesWhatIsNamedAndKeepsTheRest() {
        documents.put(Map.of("default", "a", "team#x", "b", "connection#desk", "c"));
        documents.put(Map.of("default", "A", "team#x", ""));
        assertThat(documents.all()).isEqualTo(Map.of("default", "A", "connection#desk", "c"));
    }

    @Test
    void takesAHundredAtOnce() {
        documents.put(many(100));
        assertThat(documents.all()).isEqualTo(many(100));
    }

    @Test
    void refusesMoreThanItCanPutWholeOrNotAtAll() {
        assertThatThrownBy(() -> documents.put(many(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 100 documents")
                .hasMessageContaining("101");
        assertThat(documents.all()).isEmpty();
    }

    @Test
    void refusesADocumentThatIsTooLong() {
        documents.put(Map.of("default", "a"));
        assertThatThrownBy(() -> documents.put(Map.of("default", "b", "team#x", "☎".repeat(130_001))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("team#x has 390003");
        assertThat(documents.all()).isEqualTo(Map.of("default", "a"));
    }

    @Test
    void refusesTooMuchInAll() {
        Map<String, String> all =
                IntStream.range(0, 11).boxed().collect(Collectors.toMap(i -> "team#" + i, i -> "x".repeat(380_000)));
        assertThatThrownBy(() -> documents.put(all))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4180000");
    }

    @Test
    void takesTheLongestDocument() {
        documents.put(Map.of("default", "x".repeat(390_000)));
        assertThat(documents.get("default").orElseThrow()).hasSize(390_000);
    }

    private static Map<String, String> many(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "team#" + i, i -> "text " + i));
    }
}
