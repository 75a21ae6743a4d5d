package dev.lockstep.local.world;

import java.util.Locale;
import java.util.Optional;

/**
 * What was configured before the functions start: a system property, or the environment variable of the same name in
 * capitals. What the world itself decides is set as a system property, where the functions find it.
 */
final class LaunchSettings {
    private LaunchSettings() {}

    static Optional<String> of(String name) {
        String variable = name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }

    static int port(String name, int usual) {
        return of(name).map(Integer::valueOf).orElse(usual);
    }

    /** Where nobody has configured anything else. */
    static void offer(String name, String value) {
        if (of(name).isEmpty()) {
            System.setProperty(name, value);
        }
    }
}
