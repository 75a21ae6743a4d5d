package dev.lockstep.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.intake.CrewMeter;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.phone.PhoneMeter;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.store.dynamodb.StoreMeter;
import dev.lockstep.sync.SyncHealth;
import dev.lockstep.sync.SyncMeter;
import dev.lockstep.sync.queue.RetryMeter;
import dev.lockstep.teams.graph.RefusalMeter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Counts for CloudWatch, as documents of embedded metric format on standard output (CloudWatch, embedded metric format
 * specification): no call and no agent. They are gathered and printed when an invocation ends; those of an invocation
 * that Lambda cuts off are lost.
 */
@Singleton
class Metrics implements SyncMeter, StoreMeter, EdgeMeter, PhoneMeter, CrewMeter, RetryMeter, RefusalMeter {
    static final String NAMESPACE = "Lockstep";

    private final InstantSource clock;
    private final ObjectMapper json;
    private final boolean published;
    private final PrintStream out;
    private final Queue<MetricDocument.Count> counts = new ConcurrentLinkedQueue<>();

    @Inject
    Metrics(InstantSource clock, ObjectMapper json, MetricsSettings settings) {
        this(clock, json, settings.published(), System.out);
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
        count("UnreadableAgents", census.unreadable(), "Count", Map.of());
        ages("LastHeard", census.silences());
        ages("LastRead", census.lastReads());
    }

    private void ages(String metric, Map<String, Duration> bySource) {
        bySource.forEach((source, age) -> count(metric, age.toSeconds(), "Seconds", Map.of("Source", source)));
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
    public void read(String platform, String outcome) {
        count("PlatformReads", 1, "Count", Map.of("Platform", platform, "Outcome", outcome));
    }

    @Override
    public void handled(IntakeOutcome outcome) {
        count("IntakeOutcomes", 1, "Count", Map.of("Outcome", outcome.name()));
    }

    @Override
    public void decided(String trigger) {
        count("Decisions", 1, "Count", Map.of("Trigger", trigger));
    }

    @Override
    public void converged(String platform, String way, Duration took) {
        count("Convergence", took.toMillis(), "Milliseconds", Map.of("Platform", platform, "Way", way));
    }

    @Override
    public void leftOut(int ids) {
        count("RefusedIds", ids, "Count", Map.of());
    }

    @Override
    public void leftToSweep() {
        count("LeftToSweep", 1, "Count", Map.of());
    }

    /** How many turns of the bulk lane are still to come. */
    void waiting(long turns) {
        count("BulkWaiting", turns, "Count", Map.of());
    }

    @Override
    public void worked(String run, int late, int failed) {
        if (late > 0) {
            count("AgentsLeft", late, "Count", Map.of("Run", run));
        }
        if (failed > 0) {
            count("AgentsFailed", failed, "Count", Map.of("Run", run));
        }
    }

    @Override
    public void full(String what) {
        count("FullItems", 1, "Count", Map.of("What", what));
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

    private void count(String metric, long value, String unit, Map<String, String> dimensions) {
        if (published) {
            counts.add(new MetricDocument.Count(metric, value, unit, dimensions));
        }
    }

    /** Prints what was counted since the last time, in as few documents as may be. */
    void publish() {
        List<MetricDocument> documents = new ArrayList<>();
        for (MetricDocument.Count count = counts.poll(); count != null; count = counts.poll()) {
            gather(count, documents);
        }
        documents.forEach(document -> out.println(document.json(json, NAMESPACE, clock.millis())));
    }

    private static void gather(MetricDocument.Count count, List<MetricDocument> documents) {
        if (documents.stream().noneMatch(document -> document.add(count))) {
            MetricDocument another = new MetricDocument();
            another.add(count);
            documents.add(another);
        }
    }
}
