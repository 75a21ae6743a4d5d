package dev.lockstep.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Working small values for tests. */
public final class InMemoryControl implements Control {
    private final SortedMap<String, Value> values = new TreeMap<>();
    private final InstantSource clock;
    private final StoreFaults faults;

    public InMemoryControl(InstantSource clock) {
        this(clock, StoreFaults.NONE);
    }

    public InMemoryControl(InstantSource clock, StoreFaults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    @Override
    public synchronized Optional<String> get(String key) {
        return faults.around("control.get", () -> alive(StoreKeys.checked(key)).map(Value::text));
    }

    @Override
    public synchronized Map<String, String> withPrefix(String prefix) {
        return faults.around("control.withPrefix", () -> {
            Map<String, String> found = new TreeMap<>();
            values.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .forEach(key -> alive(key).ifPresent(value -> found.put(key, value.text())));
            return found;
        });
    }

    @Override
    public synchronized void put(String key, String value, Optional<Instant> expiresAt) {
        faults.run("control.put", () -> values.put(StoreKeys.checked(key), new Value(value, expiresAt)));
    }

    @Override
    public synchronized void remove(String key) {
        faults.run("control.remove", () -> values.remove(key));
    }

    @Override
    public synchronized long add(String key, long amount, Optional<Instant> expiresAt) {
        return faults.around("control.add", () -> {
            Optional<Value> old = alive(StoreKeys.checked(key));
            long sum = old.map(Value::number).orElse(0L) + amount;
            values.put(key, new Value(Long.toString(sum), expiresAt.or(() -> old.flatMap(Value::until))));
            return sum;
        });
    }

    @Override
    public synchronized long reserve(String key, long amount, long floor) {
        return faults.around("control.reserve", () -> {
            long first = Math.max(floor, alive(key).map(Value::number).orElse(floor));
            values.put(key, new Value(Long.toString(first + amount), Optional.empty()));
            return first;
        });
    }

    private Optional<Value> alive(String key) {
        Instant now = clock.instant();
        return Optional.ofNullable(values.get(key))
                .filter(value -> value.until().map(now::isBefore).orElse(true));
    }

    private record Value(String text, Optional<Instant> until) {
        long number() {
            return Long.parseLong(text);
        }
    }
}
