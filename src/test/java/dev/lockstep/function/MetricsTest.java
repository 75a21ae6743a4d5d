package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.platform.ReadMeter;
import dev.lockstep.sync.SyncHealth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What CloudWatch reads in our output. */
class MetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Metrics metrics =
            new Metrics(() -> NOW, JSON, true, new PrintStream(printed, true, StandardCharsets.UTF_8));

    private List<JsonNode> lines() throws IOException {
        metrics.publish();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : printed.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private void publishEverything() {
        TreeMap<String, Duration> silences = new TreeMap<>(Map.of("dynamics", Duration.ofSeconds(90)));
        metrics.counted(new SyncHealth.Count(3, 0, silences, silences));
        metrics.credentialLeft(Duration.ofHours(-25));
        metrics.refused("api", "MALFORMED");
        metrics.unknown("desk", "1042");
        metrics.failed("api");
        metrics.wrote("teams", "Throttled", Duration.ofMillis(120));
        metrics.wrote("teams", "PermissionMissing", Duration.ofMillis(120));
        metrics.read("teams", ReadMeter.DONE);
        metrics.handled(IntakeOutcome.UNKNOWN_AGENT);
        metrics.decided("sweep");
        metrics.converged("teams", "protecting", Duration.ofMillis(900));
        metrics.loopSuspected("teams");
        metrics.worked("sweep", 2, 1);
        metrics.leftToSweep();
        metrics.leftOut(2);
        metrics.waiting(40);
        metrics.full("calls");
        metrics.write("agents");
    }

    @Test
    void whatGoesTogetherIsOneDocument() throws IOException {
        metrics.counted(
                new SyncHealth.Count(3, 0, new TreeMap<>(Map.of("dynamics", Duration.ofSeconds(90))), new TreeMap<>()));
        metrics.credentialLeft(Duration.ofDays(20).plusHours(5));

        JsonNode document = only(lines());
        assertThat(document.path("_aws").path("Timestamp").asLong()).isEqualTo(NOW.toEpochMilli());
        assertThat(document.path("_aws").path("CloudWatchMetrics"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"Namespace\":\"Lockstep\",\"Metrics\":[{\"Name\":\"OutOfSync\",\"Unit\":\"Count\"},"
                                + "{\"Name\":\"UnreadableAgents\",\"Unit\":\"Count\"},"
                                + "{\"Name\":\"CredentialDaysLeft\",\"Unit\":\"Count\"}],\"Dimensions\":[[]]}",
                        "{\"Namespace\":\"Lockstep\",\"Metrics\":[{\"Name\":\"LastHeard\",\"Unit\":\"Seconds\"}],"
                                + "\"Dimensions\":[[\"Source\"]]}");
        assertThat(document.path("OutOfSync").asLong()).isEqualTo(3);
        assertThat(document.path("LastHeard").asLong()).isEqualTo(90);
        assertThat(document.path("Source").asText()).isEqualTo("dynamics");
        assertThat(document.path("CredentialDaysLeft").asLong()).isEqualTo(20);
        assertThat(lines()).as("published once").hasSize(1);
    }

    @Test
    void aMetricThatIsCountedAgainHasAllItsValues() throws IOException {
        metrics.write("agents");
        metrics.write("agents");
        metrics.write("timeline");

        assertThat(lines())
                .extracting(line -> line.path("Table").asText() + line.path("StoreWrites"))
                .containsExactly("agents[1,1]", "timeline1");
    }

    @Test
    void aMetricOfManyValuesNeedsAnotherDocument() throws IOException {
        IntStream.range(0, 101).forEach(i -> metrics.write("agents"));

        assertThat(lines()).extracting(line -> line.path("StoreWrites").size()).containsExactly(100, 0);
    }

    private static JsonNode only(List<JsonNode> lines) {
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private Map<String, Set<String>> dimensionsOfEverything() throws IOException {
        publishEverything();
        Map<String, Set<String>> published = new HashMap<>();
        for (JsonNode line : lines()) {
            for (JsonNode directive : line.path("_aws").path("CloudWatchMetrics")) {
                for (JsonNode metric : directive.path("Metrics")) {
                    Set<String> dimensions =
                            published.computeIfAbsent(metric.path("Name").asText(), any -> new TreeSet<>());
                    directive.path("Dimensions").path(0).forEach(name -> dimensions.add(name.asText()));
                }
            }
        }
        return published;
    }

    /**
     * An alarm on a metric that nobody publishes never goes off, and a metric that stands nowhere is seen by nobody.
     * Metrics of AWS stand behind their namespace.
     */
    @Test
    void everyMetricIsAlarmedOrShownAndNoneThatIsNotThere() throws IOException {
        String dashboard = Files.readString(Path.of("terraform/dashboard.tf"));
        Set<String> named =
                found("(?m)^ *metric +=\\s*\"([A-Za-z]+)\"", Files.readString(Path.of("terraform/observability.tf")));
        named.addAll(found("SUM\\(([A-Za-z]+)\\)", dashboard));
        named.addAll(found("local\\.own_metrics, \"([A-Za-z]+)\"", dashboard));
        named.addAll(found("MetricName=\\\\\"([A-Za-z]+)", dashboard));

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(dimensionsOfEverything().keySet());
    }

    /** In the table of the documents, with what it is counted by. */
    @Test
    void everyMetricIsInTheDocuments() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| \\*([A-Za-z]+)\\* \\| ([^|]*) \\|")
                .matcher(section(Files.readString(Path.of("docs/limits-and-tuning.md")), "## Metrics"));
        while (row.find()) {
            documented.put(row.group(1), row.group(2).strip());
        }
        Map<String, String> published = new TreeMap<>();
        dimensionsOfEverything()
                .forEach((name, dimensions) ->
                        published.put(name, dimensions.isEmpty() ? "-" : String.join(", ", dimensions)));

        assertThat(documented).isEqualTo(published);
    }

    /** What {@code publishEverything} forgets would be held to nothing. */
    @Test
    void everyMetricOfTheCodeIsPublishedHere() throws IOException {
        String code = Files.readString(Path.of("src/main/java/dev/lockstep/function/Metrics.java"));

        assertThat(dimensionsOfEverything().keySet()).isEqualTo(found("(?:count|ages)\\(\"([A-Za-z]+)\"", code));
    }

    private static String section(String document, String heading) {
        String rest = document.substring(document.indexOf(heading) + heading.length());
        int next = rest.indexOf("\n## ");
        return next < 0 ? rest : rest.substring(0, next);
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
