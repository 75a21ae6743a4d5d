package dev.lockstep.store.dynamodb;

import dev.lockstep.Defaults;
import java.util.Map;

/** A test's own limits for one call. */
final class CallLimits {
    private CallLimits() {}

    static StoreSettings of(String call, String attempt) {
        return Defaults.of(
                StoreSettings.class,
                Map.of("lockstep.store.call-timeout", call, "lockstep.store.attempt-timeout", attempt));
    }
}
