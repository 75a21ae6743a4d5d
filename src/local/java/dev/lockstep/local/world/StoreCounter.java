package dev.lockstep.local.world;

import dev.lockstep.store.dynamodb.StoreMeter;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls of the store, for the benchmark. */
@Alternative
@Priority(1)
@Singleton
class StoreCounter implements StoreMeter {
    private final LongAdder reads = new LongAdder();
    private final LongAdder writes = new LongAdder();

    @Override
    public void read(String table) {
        reads.increment();
    }

    @Override
    public void write(String table) {
        writes.increment();
    }

    long reads() {
        return reads.sum();
    }

    long writes() {
        return writes.sum();
    }
}
