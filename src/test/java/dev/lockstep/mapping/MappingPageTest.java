package dev.lockstep.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.Diagnostic;
import dev.lockstep.platform.GivenPlatforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/mapping.md are what they say. */
class MappingPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REFUSED =
            Pattern.compile("```yaml refused\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/mapping.md"));
    }

    private static List<Diagnostic> mistakes(String text) {
        return GivenPlatforms.SCHEMA
                .check(List.of(MappingDocument.read("default", text)))
                .mistakes();
    }

    @Test
    void everyExampleIsAValidMapping() throws IOException {
        Matcher examples = EXAMPLE.matcher(page());
        int count = 0;
        while (examples.find()) {
            assertThat(mistakes(examples.group(1))).as(examples.group(1)).isEmpty();
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(5);
    }

    @Test
    void everyRefusedExampleIsRefusedInTheWordsOfThePage() throws IOException {
        Matcher examples = REFUSED.matcher(page());
        int count = 0;
        while (examples.find()) {
            assertThat(mistakes(examples.group(1)))
                    .extracting(Diagnostic::toString)
                    .containsExactlyInAnyOrderElementsOf(
                            examples.group(2).lines().toList());
            count++;
        }
        assertThat(count).isEqualTo(2);
    }
}
