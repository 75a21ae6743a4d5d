package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What builds the product cannot be exchanged behind our back: a tag of an action can be moved, a commit cannot. */
class SupplyChainTest {
    private static final Path WORKFLOWS = Path.of(".github/workflows");

    @Test
    void everyActionIsNamedByItsCommitAndTellsItsVersion() throws IOException {
        List<String> uses = lines().filter(line -> line.contains("uses:")).toList();

        assertThat(uses)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches(".*uses: [\\w/-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void theWrapperChecksWhatItDownloads() throws IOException {
        assertThat(Files.readAllLines(Path.of(".mvn/wrapper/maven-wrapper.properties")))
                .anyMatch(line -> line.matches("distributionSha256Sum=[0-9a-f]{64}"));
    }

    @Test
    void nothingIsPublishedWithoutTheEnvironmentInWhichPeopleAgree() throws IOException {
        String publish = Files.readString(WORKFLOWS.resolve("release.yml")).split("(?m)^ {2}publish:$")[1];

        assertThat(publish).contains("environment: release");
    }

    private static Stream<String> lines() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.toList().stream().flatMap(SupplyChainTest::lines);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
