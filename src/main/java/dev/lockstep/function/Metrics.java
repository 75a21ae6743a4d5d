package dev.lockstep.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.phone.PhoneMeter;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.store.dynamodb.StoreMeter;
import dev.lockstep.sync.SyncHealth;
import dev.lockstep.sync.SyncMeter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Counts for CloudWatch, as lines of embedded metric format on standard output (CloudWatch, embedded metric format
 * specification): no call, no agent, nothing lost when an instance ends.
 */
@Singleton
class Metrics implements SyncMeter, StoreMeter, EdgeMeter, PhoneMeter {
    static final String NAMESPACE = "Lockstep";

    private final InstantSource clock;
    private final ObjectMapper json;
    private final boolean published;
    private final PrintStream out;

    @Inject
    Metrics(
            InstantSource clock,
            ObjectMapper json,
            @ConfigProperty(name = "lockstep.metrics.published", defaultValue = "true") boolean published) {
        this(clock, json, published, System.out);
    }

    Metrics(InstantSource clock, ObjectMapper json, boolean published, PrintStream out) {
        this.clock = clock;
        this.json = json;
        this.published = published;
        this.out = out;
    }

    @Override
    public void refused(String function, String reason) {
        count("Refused", 1, "Count", Map.of("Function", function, "Reason", reason));
    }

    @Override
    public void unknown(String connection, String what) {
        count("UnknownLine", 1, "Count", Map.of("Connection", connection));
    }

    @Override
    public void failed(String function) {
        count("Failed", 1, "Count", Map.of("Function", function));
    }

    void counted(SyncHealth.Count census) {
        count("OutOfSync", census.outOfSync(), "Count", Map.of());
        census.silences()
                .forEach((source, silence) ->
                        count("LastHeard", silence.toSeconds(), "Seconds", Map.of("Source", source)));
    }

    /** @param left until a credential ends, less than nothing when it has */
    void credentialLeft(Duration left) {
        count("CredentialDaysLeft", left.toDays(), "Count", Map.of());
    }

    @Override
    public void wrote(String platform, String outcome, Duration took) {
        count("PlatformWrites", 1, "Count", Map.of("Platform", platform));
        count("PlatformLatency", took.toMillis(), "Milliseconds", Map.of("Platform", platform));
        if (outcome.equals("Throttled")) {
            count("PlatformThrottled", 1, "Count", Map.of("Platform", platform));
        } else if (!outcome.equals("Done")) {
            count("PlatformErrors", 1, "Count", Map.of("Platform", platform, "Condition", outcome));
        }
    }

    @Override
    public void handled(IntakeOutcome outcome) {
        count("IntakeOutcomes", 1, "Count", Map.of("Outcome", outcome.name()));
    }

    @Override
    public void settled(String trigger, Duration took) {
        count("Decisions", 1, "Count", Map.of("Trigger", trigger));
        count("SyncLatency", took.toMillis(), "Milliseconds", Map.of());
    }

    @Override
    public void loopSuspected(String platform) {
        count("LoopSuspected", 1, "Count", Map.of("Platform", platform));
    }

    @Override
    public void read(String table) {}

    @Override
    public void write(String table) {
        count("StoreWrites", 1, "Count", Map.of("Table", table));
    }

    void count(String metric, long value, String unit, Map<String, String> dimensions) {
        if (published) {
            out.println(line(metric, value, unit, new TreeMap<>(dimensions)));
        }
    }

    private ObjectNode line(String metric, long value, String unit, Map<String, String> dimensions) {
        ObjectNode line = json.createObjectNode();
        ObjectNode directive = line.putObject("_aws")
                .put("Timestamp", clock.millis())
                .putArray("CloudWatchMetrics")
                .addObject()
                .put("Namespace", NAMESPACE);
        directive.putArray("Metrics").addObject().put("Name", metric).put("Unit", unit);
        dimensions.keySet().forEach(directive.putArray("Dimensions").addArray()::add);
        dimensions.forEach(line::put);
        return line.put(metric, value);
    }
}
