package dev.lockstep.store.dynamodb;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Ids that no other instance gives; those of one instance sort in the order in which they were given. */
final class UniqueIds implements Supplier<String> {
    private final AtomicLong given = new AtomicLong();
    private final String instance;

    /** @param random 64 bits, so that two instances that start at once differ */
    UniqueIds(LongSupplier random) {
        instance = "%016x".formatted(random.getAsLong());
    }

    @Override
    public String get() {
        return "%08x-%s".formatted(given.incrementAndGet(), instance);
    }
}
