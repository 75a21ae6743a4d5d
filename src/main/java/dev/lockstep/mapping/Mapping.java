package dev.lockstep.mapping;

import dev.lockstep.presence.Status;
import dev.lockstep.presence.Strictness;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What each platform calls a status, both ways, for the agents of one scope.
 *
 * @param platforms by the platform's name
 */
public record Mapping(Strictness strictness, Map<String, PlatformMapping> platforms) {
    public Mapping {
        platforms = Map.copyOf(platforms);
    }

    /** What it means that a platform shows this; empty if the mapping does not know it. */
    public Optional<InboundRule> read(String platform, String shown) {
        return Optional.ofNullable(platforms.get(platform)).flatMap(mapping -> mapping.reading(folded(shown)));
    }

    /** How a platform shows this status; empty if nothing carries it there. */
    public Optional<OutboundRule> write(String platform, Status status) {
        return Optional.ofNullable(platforms.get(platform))
                .flatMap(mapping -> Optional.ofNullable(mapping.write().get(status)));
    }

    /** Platforms write their own names in any case. */
    static String folded(String shown) {
        return shown.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * One platform's part.
     *
     * @param read by the platform's name of a status, whatever its case
     * @param write by status
     */
    public record PlatformMapping(Map<String, InboundRule> read, Map<Status, OutboundRule> write) {
        public PlatformMapping {
            Function<Map.Entry<String, InboundRule>, String> name = entry -> folded(entry.getKey());
            read = read.entrySet().stream().collect(Collectors.toUnmodifiableMap(name, Map.Entry::getValue));
            write = Map.copyOf(write);
        }

        /**
         * Of a name in two parts, {@code general/special}, the second may be left open in the mapping: a platform may
         * add special ones without asking.
         */
        Optional<InboundRule> reading(String shown) {
            int slash = shown.indexOf('/');
            String open = slash < 0 ? shown : shown.substring(0, slash) + "/*";
            return Optional.ofNullable(read.get(shown)).or(() -> Optional.ofNullable(read.get(open)));
        }
    }
}
