package dev.lockstep.agent;

import dev.lockstep.platform.Subject;
import java.util.Locale;
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
 * @param entraObjectId of the person, as the directory last read it: an id that equals it came from there, unless it is
 *     among what is configured
 * @param configured what an administrator gave of it
 * @param removed whether an administrator removed them: what we hold is taken back, nothing more is written, nobody is
 *     shown them, and the directory does not take them in again
 */
public record Profile(
        String name,
        String team,
        SortedMap<String, String> externalIds,
        Optional<String> entraObjectId,
        Configured configured,
        boolean removed) {
    public Profile(String name, String team, Map<String, String> externalIds) {
        this(name, team, externalIds, Optional.empty());
    }

    public Profile(String name, String team, Map<String, String> externalIds, Optional<String> entraObjectId) {
        this(name, team, externalIds, entraObjectId, Configured.NOTHING);
    }

    public Profile(
            String name,
            String team,
            Map<String, String> externalIds,
            Optional<String> entraObjectId,
            Configured configured) {
        this(name, team, new TreeMap<>(externalIds), entraObjectId, configured, false);
    }

    public Profile with(Configured next) {
        return new Profile(name, team, externalIds, entraObjectId, next, removed);
    }

    /** Nothing but the ids by which they are recognised, and whose they are. */
    public Profile remove() {
        return new Profile("", "", externalIds, Optional.empty(), configured.withName(false), true);
    }

    /** What a team's name is compared by: people write it in whatever case. */
    public static String teamKey(String team) {
        return team.strip().toLowerCase(Locale.ROOT);
    }

    public Optional<String> externalId(String platform) {
        return Optional.ofNullable(externalIds.get(platform));
    }

    /** The agent as that platform knows them; empty if it does not. */
    public Optional<Subject> on(String platform, String agentId) {
        return externalId(platform).map(id -> new Subject(agentId, id, name, team));
    }
}
