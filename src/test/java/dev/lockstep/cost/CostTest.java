package dev.lockstep.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.simulation.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/limits-and-tuning.md says that an agent costs is what comes out of a day's run and of the list prices. */
class CostTest {
    private static final Path PAGE = Path.of("docs/limits-and-tuning.md");
    private static final String BEGIN = "<!-- computed by CostTest -->\n";
    private static final String END = "\n<!-- end -->";
    private static final boolean REWRITES = Boolean.getBoolean("lockstep.cost.rewrite");

    private static CostTables tables;

    @BeforeAll
    static void aDayHasPassed() {
        tables = new CostTables(new Measured(), new Deployed());
    }

    @Test
    void thePageSaysWhatIsComputed() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END, from);
        assertThat(List.of(page.indexOf(BEGIN), to)).as("marks in the page").doesNotContain(-1);
        if (REWRITES) {
            Files.writeString(PAGE, page.substring(0, from) + tables.text() + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("rewritten by ./mvnw test -Dtest=CostTest -Dlockstep.cost.rewrite=true")
                .isEqualTo(tables.text());
    }
}
