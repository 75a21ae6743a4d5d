package dev.lockstep.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.simulation.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/limits-and-tuning.md says an agent costs, and how soon platforms show, comes out of a day's run and of list prices. */
class CostTest {
    private static final Path PAGE = Path.of("docs/limits-and-tuning.md");
    private static final String END = "\n<!-- end -->";
    private static final boolean REWRITES = Boolean.getBoolean("lockstep.cost.rewrite");

    private static CostTables tables;

    @BeforeAll
    static void aDayHasPassed() {
        tables = new CostTables(new Measured(), new Deployed());
    }

    @Test
    void thePageSaysWhatAnAgentCosts() throws IOException {
        thePageSays("<!-- computed by CostTest -->\n", tables.text());
    }

    @Test
    void thePageSaysHowSoonPlatformsShow() throws IOException {
        thePageSays("<!-- computed by CostTest, how soon it shows -->\n", tables.shown());
    }

    private static void thePageSays(String begin, String computed) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(END, from);
        assertThat(List.of(page.indexOf(begin), to)).as("marks in the page").doesNotContain(-1);
        if (REWRITES) {
            Files.writeString(PAGE, page.substring(0, from) + computed + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("rewritten by ./mvnw test -Dtest=CostTest -Dlockstep.cost.rewrite=true")
                .isEqualTo(computed);
    }
}
