package dev.lockstep.sync;

import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.platform.Subject;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The mode as it is configured under {@code mode}, {@code mode#platform#…}, {@code mode#team#…} and
 * {@code mode#agent#…}. The most careful one that applies counts, a word that is none means observe, and a scope that is
 * none means everywhere: whoever wrote it wanted to hold something back. Read anew every half minute; while the store does
 * not answer, what was read last holds.
 */
@Singleton
public final class StoredWriteModes implements WriteModes {
    private static final Duration AGE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RefreshingValue<ScopedModes> modes;

    @Inject
    public StoredWriteModes(Control control, InstantSource clock) {
        this.modes = new RefreshingValue<>(
                () -> ScopedModes.of(control.withPrefix(ControlKeys.MODE)),
                RefreshRules.every(AGE, PAUSE, StoreUnavailable.class),
                clock);
    }

    @Override
    public Mode of(Subject subject, String platform) {
        return modes.get().of(subject, platform);
    }
}
