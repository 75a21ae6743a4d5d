package dev.lockstep.administration;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.ReasonedModes;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.document.Suggestions;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.PlatformDescriptor;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.Documents;
import dev.lockstep.sync.ModeScope;
import dev.lockstep.sync.WriteModes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The modes as people set them: with a reason and perhaps an end, and a word in the history. */
@Singleton
public final class Modes {
    private final ReasonedModes modes;
    private final Documents documents;
    private final AgentStore agents;
    private final AgentLookup lookup;
    private final PlatformCatalogue platforms;

    @Inject
    public Modes(
            ReasonedModes modes,
            Documents documents,
            AgentStore agents,
            AgentLookup lookup,
            PlatformCatalogue platforms) {
        this.modes = modes;
        this.documents = documents;
        this.agents = agents;
        this.lookup = lookup;
        this.platforms = platforms;
    }

    /**
     * A mode as it is stored.
     *
     * @param key under which it is
     * @param mode empty if nobody understands it: then observe holds
     * @param why empty where it was set in another way
     */
    public record Known(
            String key,
            ModeScope scope,
            String text,
            Optional<WriteModes.Mode> mode,
            Optional<ReasonedModes.Why> why) {}

    /** By scope, everywhere first. */
    public List<Known> all() {
        return modes.withPrefix(ControlKeys.MODE).entrySet().stream()
                .map(entry -> new Known(
                        entry.getKey(),
                        ModeScope.of(entry.getKey()),
                        entry.getValue().word(),
                        WriteModes.Mode.of(entry.getValue().word()),
                        entry.getValue().why()))
                .toList();
    }

    /**
     * Sets one in the place of what was said for the same scope.
     *
     * @param name of the platform, team or agent; blank for everywhere
     * @return what is wrong; empty if it is set
     */
    public Optional<String> set(ModeScope.Kind kind, String name, String mode, ReasonedModes.Why why) {
        Optional<WriteModes.Mode> wanted = WriteModes.Mode.of(mode);
        if (wanted.isEmpty()) {
            return Optional.of("\"" + mode + "\" is no mode; give on, observe or off");
        }
        if (why.wrong().isPresent()) {
            return why.wrong();
        }
        Optional<String> key = key(kind, name.strip());
        if (key.isEmpty()) {
            return Optional.of(unknown(kind, name.strip()));
        }
        put(key.get(), wanted.get(), why);
        return Optional.empty();
    }

    private void put(String key, WriteModes.Mode mode, ReasonedModes.Why why) {
        String word = mode.word();
        modes.put(key, word, why);
        modes.withPrefix(ControlKeys.MODE).keySet().stream()
                .filter(other -> !other.equals(key) && ModeScope.of(other).equals(ModeScope.of(key)))
                .forEach(modes::remove);
        remember(
                key,
                word + why.until().map(end -> " until " + end).orElse("") + ", because: " + why.reason(),
                why.by(),
                why.at());
    }

    /** @return whether there was one */
    public boolean end(String key, String by, Instant now) {
        boolean there = modes.withPrefix(ControlKeys.MODE).containsKey(key);
        if (there) {
            modes.remove(key);
            remember(key, "ended", by, now);
        }
        return there;
    }

    private void remember(String key, String how, String by, Instant at) {
        List<ConfigChange> changes =
                List.of(new ConfigChange("mode " + (key.equals(ControlKeys.MODE) ? "everywhere" : key), how));
        documents.put(HistoryEntry.of(at, by, changes).documents(documents.all(), Set.of()));
        Audit.log(by, changes);
    }

    /** Empty if nobody and nothing is called so. */
    private Optional<String> key(ModeScope.Kind kind, String name) {
        return switch (kind) {
            case EVERYWHERE -> Optional.of(ControlKeys.MODE);
            case PLATFORM ->
                names().filter(one -> one.equalsIgnoreCase(name)).findFirst().map(ControlKeys.MODE_OF_PLATFORM::concat);
            case TEAM ->
                Optional.of(Profile.teamKey(name)).filter(teams()::contains).map(ControlKeys.MODE_OF_TEAM::concat);
            case AGENT ->
                lookup.find(name)
                        .filter(agent -> !agent.isRemoved())
                        .map(AgentState::agentId)
                        .map(ControlKeys.MODE_OF_AGENT::concat);
            case UNKNOWN -> Optional.empty();
        };
    }

    private String unknown(ModeScope.Kind kind, String name) {
        return switch (kind) {
            case PLATFORM -> "\"" + name + "\" is no platform; " + Suggestions.hint(name, names().toList());
            case TEAM -> "nobody is in the team \"" + name + "\"; " + Suggestions.hint(name, teams());
            case AGENT -> "no agent is called \"" + name + "\"";
            case EVERYWHERE, UNKNOWN -> "say where: everywhere, or a platform, a team or an agent";
        };
    }

    private Stream<String> names() {
        return platforms.all().stream().map(PlatformDescriptor::name);
    }

    private Set<String> teams() {
        try (Stream<AgentState> all = agents.all()) {
            return EmptyTeams.of(all.map(AgentState::profile));
        }
    }
}
