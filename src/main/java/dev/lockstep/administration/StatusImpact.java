package dev.lockstep.administration;

import dev.lockstep.agent.AgentState;
import dev.lockstep.configured.MappingSet;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingSchema;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.platform.Platforms;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a request changes for agents in the status that they have at present. */
final class StatusImpact {
    private final MappingSet quiet;
    private final Map<String, String> before;
    private final Map<String, String> after;
    private final Map<String, String> teams = new HashMap<>();
    private final Map<String, Mapping> mappings = new HashMap<>();

    private final Platforms connected;

    /**
     * @param schema what a mapping may hold
     * @param connected platforms; asked only where an agent is concerned, for asking fills caches of connections
     * @param before documents by scope
     * @param draft what changes of them, and of the agents' teams
     */
    StatusImpact(MappingSchema schema, Platforms connected, Map<String, String> before, Draft draft) {
        this.connected = connected;
        this.quiet = new MappingSet(schema, (scope, mistakes) -> {});
        this.before = before;
        this.after = new HashMap<>(before);
        this.after.putAll(draft.documents);
        this.after.values().removeIf(String::isEmpty);
        draft.agents.forEach(agent -> teams.put(agent.agentId(), agent.profile().team()));
        draft.renamed.forEach((old, next) -> teams.put(old, teams.getOrDefault(next, "")));
    }

    /** What changes, by agent; who is not in it sees no change. */
    SortedMap<String, List<ConfigChange.Effect>> of(Stream<AgentState> agents) {
        SortedMap<String, List<ConfigChange.Effect>> effects = new TreeMap<>();
        try (agents) {
            agents.forEach(agent -> {
                List<ConfigChange.Effect> changed = of(agent);
                if (!changed.isEmpty()) {
                    effects.put(agent.agentId(), changed);
                }
            });
        }
        return effects;
    }

    private String teamAfter(AgentState agent) {
        return teams.getOrDefault(agent.agentId(), agent.profile().team());
    }

    private List<ConfigChange.Effect> of(AgentState agent) {
        Mapping old = mapping("before", before, agent.profile().team());
        Mapping next = mapping("after", after, teamAfter(agent));
        List<ConfigChange.Effect> effects = new ArrayList<>();
        quiet.schema()
                .platforms()
                .forEach(
                        platform -> effect(agent, platform, wanted(agent, platform, old), wanted(agent, platform, next))
                                .ifPresent(effects::add));
        readable(agent).forEach(platform -> {
            effect(agent, platform.name(), read(agent, platform, old), read(agent, platform, next))
                    .ifPresent(effects::add);
            effect(agent, platform.name(), picked(agent, platform, old), picked(agent, platform, next))
                    .ifPresent(effects::add);
        });
        return effects.stream().distinct().toList();
    }

    private List<ReadablePlatform> readable(AgentState agent) {
        return agent.standings().isEmpty() ? List.of() : connected.readable();
    }

    private static Optional<ConfigChange.Effect> effect(
            AgentState agent, String platform, String before, String after) {
        String status =
                agent.decided().flatMap(Decision::status).map(Status::label).orElse("");
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(new ConfigChange.Effect(
                        agent.agentId(), agent.profile().name(), status, platform, before, after));
    }

    /** What is to show there: a platform is not told its own facts. */
    private static String wanted(AgentState agent, String platform, Mapping mapping) {
        return agent.decided()
                .flatMap(decided -> decided.because().stream()
                        .filter(reason -> reason.kind() != Reason.Kind.EXPIRED)
                        .filter(reason -> reason.kind() != Reason.Kind.FACT
                                || !reason.source().name().equals(platform))
                        .map(Reason::status)
                        .max(mapping.strictness())
                        .or(decided::status))
                .map(status -> shown(mapping, platform, status))
                .orElse("");
    }

    /** How what a person or the platform itself shows there is understood. What we wrote ourselves is no evidence. */
    private static String read(AgentState agent, ReadablePlatform platform, Mapping mapping) {
        Standing standing = agent.standing(platform.name());
        return standing.observed()
                .flatMap(platform::presence)
                .filter(presence -> standing.ledger().held().values().stream()
                        .noneMatch(held -> held.value().equalsIgnoreCase(presence)))
                .flatMap(presence -> platform.reading(presence, mapping))
                .map(StatusImpact::inWords)
                .orElse("");
    }

    /** What was picked there and may lie beneath a call: it is what comes back. */
    private static String picked(AgentState agent, ReadablePlatform platform, Mapping mapping) {
        return agent.situation()
                .choices()
                .madeAt(new Source(platform.name()))
                .flatMap(KnownChoice::presence)
                .flatMap(presence -> platform.reading(presence, mapping))
                .map(StatusImpact::inWords)
                .orElse("");
    }

    private static String inWords(InboundRule reading) {
        return switch (reading.use()) {
            case CHOICE -> "is read as " + reading.status().label();
            case FACT -> "is read as the fact " + reading.status().label();
            case IGNORE -> "is ignored";
        };
    }

    private Mapping mapping(String when, Map<String, String> documents, String team) {
        String scope = MappingDocument.scopeOf(team);
        return mappings.computeIfAbsent(when + scope, none -> quiet.of(scope, documents, Optional.empty()));
    }

    private static String shown(Mapping mapping, String platform, Status status) {
        return mapping.write(platform, status).map(StatusImpact::inWords).orElse("");
    }

    private static String inWords(OutboundRule writing) {
        String values = String.join(", else ", writing.values());
        String slot = writing.slot().isBlank() ? "" : " (" + writing.slot();
        String until = writing.expiry().map(expiry -> ", " + expiry).orElse("");
        return values + slot + (slot.isEmpty() ? "" : until + ")");
    }
}
