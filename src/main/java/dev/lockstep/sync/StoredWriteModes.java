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
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The mode as it is configured under {@code mode}, {@code mode#platform#…}, {@code mode#team#…} and
 * {@code mode#agent#…}. The most careful one that applies counts, a word that is none means observe, and a scope that is
 * none means everywhere: whoever wrote it wanted to hold something back. Read anew every half minute; while the store does
 * not answer, what was read last holds.
 */
@Singleton
public final class StoredWriteModes implements WriteModes {
    private static final Logger LOG = Logger.getLogger(StoredWriteModes.class);

    private static final Duration AGE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RefreshingValue<List<ScopedMode>> modes;

    private record ScopedMode(ModeScope scope, Mode mode) {}

    @Inject
    public StoredWriteModes(Control control, InstantSource clock) {
        this.modes = new RefreshingValue<>(
                () -> read(control.withPrefix(ControlKeys.MODE)),
                RefreshRules.every(AGE, PAUSE, StoreUnavailable.class),
                clock);
    }

    @Override
    public Mode of(Subject subject, String platform) {
        return modes.get().stream()
                .filter(mode -> mode.scope().covers(subject, platform))
                .map(ScopedMode::mode)
                .max(Mode::compareTo)
                .orElse(Mode.ON);
    }

    private static List<ScopedMode> read(Map<String, String> stored) {
        return stored.entrySet().stream()
                .map(entry -> new ScopedMode(ModeScope.of(entry.getKey()), checked(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static Mode checked(String key, String text) {
        return Mode.of(text).orElseGet(() -> {
            LOG.errorf("what is stored under %s is no mode, so nothing is written there: put on, observe or off", key);
            return Mode.OBSERVE;
        });
    }
}
