package dev.lockstep.simulation;

import dev.lockstep.agent.AgentState;
import dev.lockstep.function.MetricBytes;
import dev.lockstep.platform.Sight;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.ForwardingAgentStore;
import dev.lockstep.store.Identities;
import dev.lockstep.store.Timeline;
import dev.lockstep.store.dynamodb.StoreBill;
import dev.lockstep.sync.SyncMeter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;

/** What each function does in a day: its runs, how long they take, what they read, write and log. */
final class DayMeter extends Handler implements Onlooker {
    /** A line of the log as production writes it: what Quarkus puts around the message (see application.properties). */
    private static final String LINE = "{\"timestamp\":\"2026-03-03T08:00:00.000000001Z\",\"loggerName\":\"%s\","
            + "\"level\":\"%s\",\"message\":\"%s\",\"threadName\":\"Lambda Thread (NORMAL)\",\"mdc\":{}}%n";

    private final StoreBill bill;
    private final MetricBytes metrics;
    private final ShownAfter shownAfter;
    private final Map<String, FunctionRuns> runs = new TreeMap<>();
    private String running = "";
    private InstantSource clock = () -> Instant.EPOCH;

    DayMeter(StoreBill bill) {
        this.bill = bill;
        this.metrics = new MetricBytes(() -> clock.instant());
        this.shownAfter = new ShownAfter(Optional.of(metrics.sync()));
    }

    void tellTime(InstantSource time) {
        clock = time;
    }

    /** By function. */
    Map<String, FunctionRuns> runs() {
        return Map.copyOf(runs);
    }

    void beginAnew() {
        runs.clear();
        shownAfter.beginAnew();
    }

    ShownAfter shownAfter() {
        return shownAfter;
    }

    private void add(FunctionRuns more) {
        runs.merge(running, more, FunctionRuns::plus);
    }

    private <T> T read(Supplier<T> what) {
        add(FunctionRuns.SMALL_READ);
        return what.get();
    }

    private <T> T written(String key, Supplier<T> what) {
        metrics.store().write("control");
        boolean isNote = key.startsWith(ControlKeys.HEARD) || key.startsWith(ControlKeys.READ);
        add(isNote ? FunctionRuns.NOTE : FunctionRuns.SMALL_WRITE);
        return what.get();
    }

    @Override
    public void runs(String function) {
        running = function;
    }

    @Override
    public void ran(String function, Duration took, long writes) {
        add(FunctionRuns.one(took, writes));
        add(FunctionRuns.logged(metrics.publish()));
    }

    @Override
    public Optional<SyncMeter> meter() {
        return Optional.of(shownAfter);
    }

    @Override
    public AgentStore over(AgentStore store) {
        return new ForwardingAgentStore(bill.over(store)) {
            @Override
            public Optional<AgentState> load(String agentId) {
                double before = bill.readUnits();
                Optional<AgentState> found = super.load(agentId);
                add(FunctionRuns.agentRead(bill.readUnits() - before));
                return found;
            }

            @Override
            public Stream<AgentState> loadAll(Collection<String> agentIds, Consumer<String> unreadable) {
                double before = bill.readUnits();
                Stream<AgentState> found = super.loadAll(agentIds, unreadable);
                add(FunctionRuns.agentRead(bill.readUnits() - before));
                return found;
            }

            @Override
            public AgentState save(AgentState next, Map<String, Sight> sights) throws Conflict {
                metrics.store().write("agents");
                return super.save(next, sights);
            }

            @Override
            public AgentState saveIntents(AgentState next) throws Conflict {
                metrics.store().write("agents");
                return super.saveIntents(next);
            }
        };
    }

    @Override
    public Timeline over(Timeline timeline) {
        return bill.over(timeline);
    }

    @Override
    public Identities over(Identities identities) {
        return new Identities() {
            @Override
            public Optional<String> agentOf(String identity) {
                return read(() -> identities.agentOf(identity));
            }

            @Override
            public void put(Map<String, String> agentIdByIdentity) {
                identities.put(agentIdByIdentity);
            }

            @Override
            public void remove(String identity) {
                identities.remove(identity);
            }
        };
    }

    @Override
    public Control over(Control control) {
        return new Control() {
            @Override
            public Optional<String> get(String key) {
                return read(() -> control.get(key));
            }

            @Override
            public Map<String, String> withPrefix(String prefix) {
                return read(() -> control.withPrefix(prefix));
            }

            @Override
            public void put(String key, String value, Optional<Instant> expiresAt) {
                written(key, () -> {
                    control.put(key, value, expiresAt);
                    return value;
                });
            }

            @Override
            public void remove(String key) {
                written(key, () -> {
                    control.remove(key);
                    return key;
                });
            }

            @Override
            public long add(String key, long amount, Optional<Instant> expiresAt) {
                return written(key, () -> control.add(key, amount, expiresAt));
            }

            @Override
            public long reserve(String key, long amount, long floor) {
                return written(key, () -> control.reserve(key, amount, floor));
            }
        };
    }

    @Override
    public void publish(LogRecord entry) {
        String message = ExtLogRecord.wrap(entry).getFormattedMessage();
        String line = LINE.formatted(entry.getLoggerName(), entry.getLevel(), message);
        add(FunctionRuns.logged(line.getBytes(StandardCharsets.UTF_8).length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
