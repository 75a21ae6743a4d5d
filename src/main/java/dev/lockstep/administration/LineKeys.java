package dev.lockstep.administration;

import dev.lockstep.configured.Line;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Under which keys what lines tell stands when they are configured otherwise. A line one of whose names led to the same
 * agent before goes on under the key of then, so that its calls go on, and end.
 */
final class LineKeys {
    private final Collection<Line> lines;
    private final Set<Line> before;
    private final Map<String, Set<String>> keys = new LinkedHashMap<>();

    /**
     * @param before the same connection's lines until now
     * @param lines as they are to be, each with a name of its own
     */
    LineKeys(Collection<Line> before, Collection<Line> lines) {
        this.before = new LinkedHashSet<>(before);
        this.lines = lines;
        lines.forEach(line -> keys.put(line.name(), new LinkedHashSet<>()));
    }

    List<Line> kept() {
        inherit((line, old) -> line.name().equals(old.name()));
        inherit((line, old) -> line.names().anyMatch(name -> old.names().anyMatch(name::equals)));
        return lines.stream().map(line -> line.keptUnder(keysOf(line))).toList();
    }

    /** What stands under a line's keys goes to one line only, or what is idle on one phone would end calls of another. */
    private void inherit(BiPredicate<Line, Line> isSame) {
        for (Line line : lines) {
            before.removeIf(old -> old.agentId().equals(line.agentId())
                    && isSame.test(line, old)
                    && keys.get(line.name()).addAll(old.keys()));
        }
    }

    private List<String> keysOf(Line line) {
        Set<String> inherited = keys.get(line.name());
        boolean isAnothers = keys.values().stream().anyMatch(some -> some.contains(line.name()));
        return inherited.isEmpty() ? List.of(isAnothers ? line.name() + "~" : line.name()) : List.copyOf(inherited);
    }
}
