package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.PageExamples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The examples of docs/configuration.md work, one after the other. */
class ConfigurationPageTest {
    private static final Pattern JUDGED = Pattern.compile("jq -e '([^']+)'");

    @Test
    void everyExampleIsTakenInTurn() throws IOException {
        ConfigurationFixture world = new ConfigurationFixture(true);
        List<String> examples = PageExamples.of("docs/configuration.md", "json");
        for (String example : examples) {
            JsonNode request = ConfigurationFixture.json(example);
            JsonNode answer = ConfigurationFixture.json(world.configuration().answer(request));
            assertThat(answer.get("mistakes")).as(example).isEmpty();
            assertThat(answer.get("warnings")).as(example).isEmpty();
            boolean applies = request.get("action").asText().equals("apply");
            assertThat(answer.get("applied").asBoolean()).isEqualTo(applies);
            assertThat(answer.get("changes").isEmpty()).isEqualTo(!applies);
        }
        assertThat(examples).hasSize(5);
        assertThat(world.configured().keySet())
                .containsExactlyInAnyOrder("connection#desk", "connection#pbx", "default", "supervisors");
    }

    /** To Lambda a request that was refused is a success like any other. */
    @Test
    void whatThePageGivesAPipelineFailsWhereSomethingIsRefused() throws Exception {
        List<String> filters = JUDGED.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map(filter -> filter.group(1))
                .toList();
        assertThat(filters).hasSize(2);
        ConfigurationFixture world = new ConfigurationFixture(true);
        for (String filter : filters) {
            String action = filter.contains("applied") ? "apply" : "validate";
            assertThat(judged(filter, world, "{\"action\":\"" + action + "\",\"mappings\":{}}"))
                    .as(filter)
                    .isZero();
            assertThat(judged(filter, world, "{\"action\":\"" + action + "\",\"lines\":7}"))
                    .as(filter)
                    .isPositive();
            assertThat(exitOf(filter, "{\"errorMessage\":\"out of memory\"}"))
                    .as(filter)
                    .isPositive();
        }
    }

    private static int judged(String filter, ConfigurationFixture world, String request) throws Exception {
        JsonNode asked = ConfigurationFixture.json(request);
        return exitOf(
                filter,
                ConfigurationFixture.json(world.configuration().answer(asked)).toString());
    }

    private static int exitOf(String filter, String answer) throws IOException, InterruptedException {
        Process jq;
        try {
            jq = new ProcessBuilder("jq", "-e", filter)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort("there is no jq here");
        }
        try (OutputStream in = jq.getOutputStream()) {
            in.write(answer.getBytes(StandardCharsets.UTF_8));
        }
        jq.getInputStream().readAllBytes();
        assertThat(jq.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return jq.exitValue();
    }
}
