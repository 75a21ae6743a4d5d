package dev.lockstep.agent;

import dev.lockstep.platform.Subject;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who an agent is.
 *
 * @param name for people to read
 * @param team blank if none is configured
 * @param externalIds by platform: the agent's id there
 * @param entraObjectId of the person, as the directory last read it: an id that equals it was not configured
 */
public record Profile(String name, String team, SortedMap<String, String> externalIds, Optional<String> entraObjectId) {
    public Profile(String name, String team, Map<String, String> externalIds) {
        this(name, team, externalIds, Optional.empty());
    }

    public Profile(String name, String team, Map<String, String> externalIds, Optional<String> entraObjectId) {
        this(name, team, (SortedMap<String, String>) new TreeMap<>(externalIds), entraObjectId);
    }

    public Optional<String> externalId(String platform) {
        return Optional.ofNullable(externalIds.get(platform));
    }

    /** The agent as that platform knows them; empty if it does not. */
    public Optional<Subject> on(String platform, String agentId) {
        return externalId(platform).map(id -> new Subject(agentId, id, name, team));
    }
}
