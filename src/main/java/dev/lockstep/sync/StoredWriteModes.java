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
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The mode as it is configured under {@code mode}, {@code mode#platform#…}, {@code mode#team#…} and
 * {@code mode#agent#…}. The most careful one that applies counts, and a word that is none means observe: whoever wrote it
 * wanted to hold something back. Read anew every half minute; while the store
 * does not answer, what was read last holds.
 */
@Singleton
public final class StoredWriteModes implements WriteModes {
    private static final Logger LOG = Logger.getLogger(StoredWriteModes.class);

    private static final Duration AGE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RefreshingValue<Map<String, String>> values;

    @Inject
    public StoredWriteModes(Control control, InstantSource clock) {
        this.values = new RefreshingValue<>(
                () -> checked(control.withPrefix(ControlKeys.MODE)),
                RefreshRules.every(AGE, PAUSE, StoreUnavailable.class),
                clock);
    }

    @Override
    public Mode of(Subject subject, String platform) {
        Map<String, String> modes = values.get();
        return Stream.of(
                        ControlKeys.MODE,
                        ControlKeys.MODE_OF_PLATFORM + platform,
                        ControlKeys.MODE_OF_TEAM + subject.team(),
                        ControlKeys.MODE_OF_AGENT + subject.agentId())
                .flatMap(key -> Optional.ofNullable(modes.get(key)).stream())
                .map(text -> mode(text).orElse(Mode.OBSERVE))
                .max(Mode::compareTo)
                .orElse(Mode.ON);
    }

    private static Map<String, String> checked(Map<String, String> modes) {
        modes.forEach((scope, text) -> {
            if (mode(text).isEmpty()) {
                LOG.errorf(
                        "what is stored under %s is no mode, so nothing is written there: put on, observe or off",
                        scope);
            }
        });
        return modes;
    }

    private static Optional<Mode> mode(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst();
    }
}
