package dev.lockstep.settings;

import dev.lockstep.document.Suggestions;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Finds what was set below {@code lockstep}, in whatever source, and means nothing. Quarkus' own check passes over
 * environment variables (quarkusio/quarkus, issue 38479), and a Lambda is told everything by those.
 */
final class UnknownSettings {
    private static final String PREFIX = "LOCKSTEP_";
    private static final Pattern NOT_IN_VARIABLES = Pattern.compile("[^A-Za-z0-9]");
    private static final Pattern INDEX = Pattern.compile("\\[[0-9*]+]|(?<=[A-Z])_[0-9]+_(?=_|$)");

    /** How a variable spells a setting, and the setting's own name. */
    private final SortedMap<String, String> known = new TreeMap<>();

    /** @param names of all settings there are; those that take several values may end in {@code [*]} */
    UnknownSettings(Collection<String> names) {
        names.stream().map(UnknownSettings::withoutIndex).forEach(name -> known.put(variable(name), name));
    }

    /** One line for each: what was written, where, and what was probably meant. Never a value. */
    List<String> in(SmallRyeConfig config) {
        SortedMap<String, String> unknown = new TreeMap<>();
        // A variable is listed by its own name and by a guess at the setting's; both are the same one here.
        new TreeSet<>(StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                        .toList())
                .stream()
                        .filter(name -> variable(name).startsWith(PREFIX))
                        .filter(name -> !known.containsKey(variable(withoutIndex(name))))
                        .forEach(name -> unknown.putIfAbsent(variable(name), line(name, config.getConfigValue(name))));
        return List.copyOf(unknown.values());
    }

    private String line(String name, ConfigValue value) {
        String source = Optional.ofNullable(value.getConfigSourceName()).orElse("an unknown source");
        return source.startsWith(EnvConfigSource.NAME)
                ? variable(name) + " (environment variable)" + hint(variable(name), known.keySet())
                : name + " (" + source + ")" + hint(name, known.values());
    }

    /** What all of them begin with says nothing about how like two of them are. */
    private static String hint(String written, Collection<String> choice) {
        List<String> rests =
                choice.stream().map(name -> name.substring(PREFIX.length())).toList();
        return Suggestions.to(written.substring(PREFIX.length()), rests)
                .map(rest -> ": did you mean " + written.substring(0, PREFIX.length()) + rest + "?")
                .orElse("");
    }

    private static String withoutIndex(String name) {
        return INDEX.matcher(name).replaceAll("");
    }

    /** MicroProfile Config 3.1, environment variables mapping rules. */
    private static String variable(String name) {
        return NOT_IN_VARIABLES.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
    }
}
