package dev.lockstep.configured;

import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What is read of the stored documents: at most {@link #AGE} old, and older only while the store does not answer. */
final class DocumentRefresh {
    static final Duration AGE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private DocumentRefresh() {}

    static <T> RefreshingValue<T> of(Supplier<T> source, InstantSource clock) {
        return new RefreshingValue<>(source, RefreshRules.every(AGE, PAUSE, StoreUnavailable.class), clock);
    }
}
