package dev.lockstep.administration;

import dev.lockstep.configured.Line;
import dev.lockstep.phone.LineEvidence;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.Source;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A line that is an agent's no longer. Its JSON has the same names.
 *
 * @param connection as it is written in the connection itself
 * @param line a key under which what it told stands
 */
@RegisterForReflection
record LeftLine(String agentId, String connection, String line) {
    /** What stands under lines of before that are not there any more, or somebody else's. */
    static List<LeftLine> between(String connection, List<Line> before, Collection<Line> after) {
        return before.stream()
                .flatMap(old -> old.keys().stream().map(key -> new LeftLine(old.agentId(), connection, key)))
                .filter(left -> after.stream().noneMatch(left::isHeldBy))
                .toList();
    }

    private boolean isHeldBy(Line other) {
        return other.agentId().equals(agentId) && other.keys().contains(line);
    }

    /** Calls and Do not disturb that were told by it end for its former owner: nobody will tell them so. */
    List<Evidence> news(Instant at) {
        return LineEvidence.whenLineLeaves(Source.phone(connection), at, line).stream()
                .<Evidence>map(Evidence.Reported::new)
                .toList();
    }
}
