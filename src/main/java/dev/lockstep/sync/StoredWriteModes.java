package dev.lockstep.sync;

import dev.lockstep.platform.Subject;
import dev.lockstep.store.Control;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The mode as it is configured under {@code mode}, {@code mode#platform#…}, {@code mode#team#…} and
 * {@code mode#agent#…}. The most careful one that applies counts. Read anew every half minute.
 */
public final class StoredWriteModes implements WriteModes {
    private static final Duration AGE = Duration.ofSeconds(30);

    private final Control control;
    private final InstantSource clock;
    private volatile Read read = new Read(Instant.MIN, Map.of());

    private record Read(Instant at, Map<String, String> values) {}

    public StoredWriteModes(Control control, InstantSource clock) {
        this.control = control;
        this.clock = clock;
    }

    @Override
    public Mode of(Subject subject, String platform) {
        Map<String, String> values = values();
        return Stream.of(
                        "mode",
                        "mode#platform#" + platform,
                        "mode#team#" + subject.team(),
                        "mode#agent#" + subject.agentId())
                .flatMap(key -> Optional.ofNullable(values.get(key)).stream())
                .flatMap(text -> mode(text).stream())
                .max(Mode::compareTo)
                .orElse(Mode.ON);
    }

    private Map<String, String> values() {
        Instant now = clock.instant();
        Read last = read;
        if (last.at().equals(Instant.MIN) || last.at().plus(AGE).isBefore(now)) {
            last = new Read(now, control.withPrefix("mode"));
            read = last;
        }
        return last.values();
    }

    private static Optional<Mode> mode(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst();
    }
}
