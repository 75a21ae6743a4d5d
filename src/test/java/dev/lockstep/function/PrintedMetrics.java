package dev.lockstep.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.intake.CrewMeter;
import dev.lockstep.phone.PhoneMeter;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.sync.SyncHealth;
import dev.lockstep.sync.SyncMeter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;

/** The functions' own metrics, and the lines that they print of them. */
public final class PrintedMetrics {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Metrics metrics;

    public PrintedMetrics(InstantSource clock) {
        metrics = new Metrics(clock, new ObjectMapper(), true, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    public SyncMeter sync() {
        return metrics;
    }

    public EdgeMeter edge() {
        return metrics;
    }

    public PhoneMeter phone() {
        return metrics;
    }

    public CrewMeter crew() {
        return metrics;
    }

    public void counted(SyncHealth.Count census) {
        metrics.counted(census);
    }

    public void credentialLeft(Duration left) {
        metrics.credentialLeft(left);
    }

    /** What was counted since the last time. */
    public Stream<String> publish() {
        metrics.publish();
        String lines = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        return lines.lines();
    }
}
