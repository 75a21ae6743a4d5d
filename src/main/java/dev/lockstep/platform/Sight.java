package dev.lockstep.platform;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a platform may go on showing without telling anything: who reads it again and finds the same need not look at
 * the agent.
 *
 * @param digest of 48 bits: of what shows and how that is read ({@link ReadablePlatform#digest})
 * @param until from then on the same may mean something else; empty if it never does. In whole seconds, rounded down:
 *     rather is the agent looked at once too often
 */
public record Sight(long digest, Optional<Instant> until) {
    public Sight {
        until = until.map(exact -> exact.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Of all that is shown, whenever it was asked for.
     *
     * @param meaning how it is read, by whatever may be changed without the agent's item being changed
     */
    public static long digest(Observation again, Object meaning) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : new TreeMap<>(again.shown()).entrySet()) {
            text.append(field.getKey()).append('\n').append(field.getValue()).append('\n');
        }
        return Sha256.first64Bits(text.append(meaning).toString()) >>> Short.SIZE;
    }

    public boolean isOf(long seen, Instant now) {
        return digest == seen && until.map(now::isBefore).orElse(true);
    }
}
