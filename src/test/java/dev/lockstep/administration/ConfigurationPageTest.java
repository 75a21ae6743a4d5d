package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/configuration.md work, one after the other. */
class ConfigurationPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleIsTakenInTurn() throws IOException {
        ConfigurationFixture world = new ConfigurationFixture(true);
        Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("docs/configuration.md")));
        int count = 0;
        while (examples.find()) {
            JsonNode request = ConfigurationFixture.json(examples.group(1));
            JsonNode answer = ConfigurationFixture.json(world.configuration().answer(request));
            assertThat(answer.get("mistakes")).as(examples.group(1)).isEmpty();
            assertThat(answer.get("warnings")).as(examples.group(1)).isEmpty();
            boolean applies = request.get("action").asText().equals("apply");
            assertThat(answer.get("applied").asBoolean()).isEqualTo(applies);
            assertThat(answer.get("changes").isEmpty()).isEqualTo(!applies);
            count++;
        }
        assertThat(count).isEqualTo(4);
        assertThat(world.documents.all().keySet())
                .containsExactlyInAnyOrder("connection#desk", "connection#pbx", "default");
    }
}
