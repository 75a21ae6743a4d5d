package dev.lockstep.sync;

import dev.lockstep.platform.Subject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether Lockstep writes: for everybody, or for a platform, a team or an agent apart. */
public interface WriteModes {
    /** By then everybody knows what was changed. */
    Duration KNOWN_TO_ALL = Duration.ofSeconds(60);

    Mode of(Subject subject, String platform);

    /** What may be done. */
    enum Mode {
        ON,
        /** Decide and show what would be written, but write nothing. */
        OBSERVE,
        OFF;

        /** The mode that a word stands for, in whatever case; empty if it is none. */
        public static Optional<Mode> of(String word) {
            String name = word.strip().toUpperCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(mode -> mode.name().equals(name))
                    .findFirst();
        }

        /** As it is stored. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
