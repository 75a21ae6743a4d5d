package dev.lockstep.platform;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a platform showed for one agent, in the platform's own words.
 *
 * @param platform the platform's name
 * @param askedAt when we asked, or when the platform's message came: it says nothing about what was written later
 * @param shown the platform's fields, as its adapter names them
 */
public record Observation(String platform, Instant askedAt, Map<String, String> shown) {
    public Observation {
        shown = Map.copyOf(shown);
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(shown.get(name));
    }

    /** Whether the platform shows the same, whenever it was asked. */
    public boolean showsTheSameAs(Observation other) {
        return platform.equals(other.platform) && shown.equals(other.shown);
    }
}
