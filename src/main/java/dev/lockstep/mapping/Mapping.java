package dev.lockstep.mapping;

import dev.lockstep.presence.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What each platform calls a status, both ways, for the agents of one scope.
 *
 * @param order every status once, from least to most restrictive
 * @param platforms by the platform's name
 */
public record Mapping(List<Status> order, Map<String, PlatformMapping> platforms) {
    public Mapping {
        order = List.copyOf(order);
        platforms = Map.copyOf(platforms);
    }

    /** What it means that a platform shows this; empty if the mapping does not know it. */
    public Optional<Reading> read(String platform, String shown) {
        return Optional.ofNullable(platforms.get(platform))
                .flatMap(mapping -> Optional.ofNullable(mapping.read().get(folded(shown))));
    }

    /** How a platform shows this status; empty if nothing carries it there. */
    public Optional<Writing> write(String platform, Status status) {
        return Optional.ofNullable(platforms.get(platform))
                .flatMap(mapping -> Optional.ofNullable(mapping.write().get(status)));
    }

    /** Platforms write their own names in any case: Graph's pages use both. */
    static String folded(String shown) {
        return shown.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * One platform's part.
     *
     * @param read by the platform's name of a status, whatever its case
     * @param write by status
     */
    public record PlatformMapping(Map<String, Reading> read, Map<Status, Writing> write) {
        public PlatformMapping {
            Function<Map.Entry<String, Reading>, String> name = entry -> folded(entry.getKey());
            read = read.entrySet().stream().collect(Collectors.toUnmodifiableMap(name, Map.Entry::getValue));
            write = Map.copyOf(write);
        }
    }
}
