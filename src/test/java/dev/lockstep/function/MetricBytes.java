package dev.lockstep.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.store.dynamodb.StoreMeter;
import dev.lockstep.sync.SyncMeter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** How large the counts of a run are in its log. */
public final class MetricBytes {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Metrics metrics;

    public MetricBytes(InstantSource clock) {
        metrics = new Metrics(clock, new ObjectMapper(), true, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    public SyncMeter sync() {
        return metrics;
    }

    public StoreMeter store() {
        return metrics;
    }

    /** Publishes what was counted since the last time, and tells its bytes. */
    public long publish() {
        metrics.publish();
        int bytes = printed.size();
        printed.reset();
        return bytes;
    }
}
