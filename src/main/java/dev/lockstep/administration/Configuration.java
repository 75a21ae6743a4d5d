package dev.lockstep.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.agent.AgentState;
import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.ConnectionSystem;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.Platforms;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.Documents;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What an administrator configures with: checks a request as a whole, shows what it would change for whom, applies it,
 * and gives back what is configured. {@code docs/configuration.md} shows the requests.
 *
 * <p>A request is applied whole or not at all. Everything is read and checked before anything is written; a request in
 * which there is one mistake changes nothing. Then it is written in this order, each step of use to the next:
 *
 * <ol>
 *   <li>the documents (connections, lines, mappings) in one transaction, with a note of all that follows: from here on
 *       the request is applied;
 *   <li>the agents, each on condition that nobody changed them meanwhile;
 *   <li>the identities, so that none ever leads to an agent who is not there yet, then those that go;
 *   <li>agents who are taken over, to whom nothing leads any more, and those who are removed, who stay as such;
 *   <li>calls and Do not disturb of lines that leave an agent end for them;
 *   <li>agents whose status is shown otherwise from now on are due at once, so that the next sweep writes it.
 * </ol>
 *
 * The note is taken away at the end. If the store fails in between, the next request that is applied, this one again or
 * any other, or the next run of the directory ({@link Lines#bind}) first does what the note says: every step writes what
 * is to be, and may be done twice. Two administrators at the same moment: the later one wins, entry by entry.
 */
@Singleton
public final class Configuration {
    /** A transaction of DynamoDB holds 100 items and 4 MB; the rest is for the note of what follows. */
    private static final int MAX_DOCUMENTS = 70;

    private static final int MAX_BYTES = 2_000_000;

    private final Documents documents;
    private final Identities identities;
    private final AgentStore agents;
    private final Control control;
    private final PlatformCatalogue platforms;
    private final Platforms connected;
    private final List<ConnectionSystem> systems;
    private final ConfigSettings settings;
    private final InstantSource clock;

    /**
     * @param platforms on which agents may be known, and which a mapping may name
     * @param connected those that are read at present
     * @param systems what a connection may speak
     * @param settings whether secrets may be given by their values, and private networks be called
     */
    @Inject
    public Configuration(
            Documents documents,
            Identities identities,
            AgentStore agents,
            Control control,
            PlatformCatalogue platforms,
            Platforms connected,
            @All List<ConnectionSystem> systems,
            ConfigSettings settings,
            InstantSource clock) {
        this.documents = documents;
        this.identities = identities;
        this.agents = agents;
        this.control = control;
        this.platforms = platforms;
        this.connected = connected;
        this.systems = List.copyOf(systems);
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Answers a request that came as parsed JSON; mistakes have a path but no line, except inside {@code document}.
     *
     * @throws StoreUnavailable if the store did not answer; apply the request again
     */
    public ConfigResponse answer(JsonNode request) {
        return answer(DocumentReader.of("request", request), Asking.PLAINLY, new Diagnostics());
    }

    /** The same for a request as text, JSON or YAML; every mistake has its line. */
    public ConfigResponse answer(String request) {
        return answer(request, Asking.PLAINLY);
    }

    ConfigResponse answer(String request, Asking asking) {
        Diagnostics mistakes = new Diagnostics();
        Optional<DocumentNode> tree = DocumentReader.read("request", request, ConfigRequest.MAX_BYTES, mistakes);
        return tree.map(read -> answer(read, asking, mistakes)).orElseGet(() -> refused(mistakes));
    }

    /**
     * The same for what a page's form asks for, each part with the place where a person typed it.
     *
     * @param request that names no action
     * @param mistakes that were found while reading it; with one, nothing is changed
     */
    public ConfigResponse.Result answer(DocumentNode.Fields request, Asking asking, Diagnostics mistakes) {
        return switch (answer((DocumentNode) request, asking, mistakes)) {
            case ConfigResponse.Result result -> result;
            case ConfigResponse other -> throw new IllegalArgumentException("a page's request names an action");
        };
    }

    /** What is configured at present, agents apart. */
    public StoredConfiguration stored() {
        return new StoredConfiguration(documents.all());
    }

    private ConfigResponse answer(DocumentNode tree, Asking asking, Diagnostics mistakes) {
        Optional<ConfigRequest> request = ConfigRequest.read(tree, asking, mistakes);
        if (request.isEmpty()) {
            return refused(mistakes);
        }
        if (mistakes.isEmpty() && request.get().action().reads()) {
            if (request.get().configures()) {
                mistakes.add(
                        tree.place(),
                        "action",
                        request.get().action().label()
                                + " configures nothing; take the rest out, or choose another action");
                return refused(mistakes);
            }
            return request.get().action() == ConfigRequest.Action.EXPORT ? export() : history();
        }
        return answer(request.get(), asking.by(), new Draft(mistakes));
    }

    /** What is configured, in the shape of a request. */
    public ConfigResponse.Export export() {
        return new Exporter(new StoredConfiguration(documents.all()), agents).export();
    }

    /** The last requests that were applied. */
    ConfigResponse.History history() {
        return new ConfigResponse.History(HistoryEntry.in(documents.all()));
    }

    private static ConfigResponse refused(Diagnostics mistakes) {
        return new ConfigResponse.Result(false, mistakes.list(), List.of(), List.of());
    }

    private ConfigResponse answer(ConfigRequest request, String by, Draft draft) {
        StoredConfiguration world = new StoredConfiguration(current(request.action()));
        draft(request, world, draft);
        boolean clean = draft.mistakes.isEmpty();
        boolean shows = clean && request.action() != ConfigRequest.Action.VALIDATE;
        Set<String> affected = shows ? effects(world, draft) : Set.of();
        boolean applies = clean && request.action() == ConfigRequest.Action.APPLY;
        if (applies) {
            // Before it is changed: what is noted for nothing costs one look at everybody.
            if (isMapped(draft)) {
                control.put(ControlKeys.MAPPING_CHANGED, clock.instant().toString(), Optional.empty());
            }
            new Applier(documents, agents, identities).apply(draft, world, by, affected, clock.instant());
        }
        return new ConfigResponse.Result(
                applies, draft.mistakes.list(), draft.warnings.list(), shows ? draft.changes : List.of());
    }

    /** What is stored; before something is applied, what an earlier request left undone is done. */
    private Map<String, String> current(ConfigRequest.Action action) {
        Map<String, String> stored = documents.all();
        if (action == ConfigRequest.Action.APPLY && !RedoLog.in(stored).isEmpty()) {
            new Applier(documents, agents, identities).finish(stored, clock.instant());
            return documents.all();
        }
        return stored;
    }

    private void draft(ConfigRequest request, StoredConfiguration world, Draft draft) {
        SortedMap<String, Connection> connections =
                new ConnectionSection(systems, settings, world, draft).read(request.connections());
        AgentSection people = new AgentSection(platforms, new KnownAgents(platforms, agents, identities), draft);
        people.read(request.agents());
        new LineSection(systems, connections, world, people, draft).read(request.lines());
        new MappingSection(platforms.mappings(), world, draft).read(request.mappings());
        new SupervisorSection(world, draft).read(request.supervisors());
        new EmptyTeams(agents).warn(draft);
        refuseTooMuch(draft);
    }

    private static void refuseTooMuch(Draft draft) {
        int count = draft.documents.size();
        long bytes = draft.documents.values().stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (count > MAX_DOCUMENTS || bytes > MAX_BYTES) {
            String message = "this changes " + count + " documents of " + bytes / 1024 + " KB in all; at most "
                    + MAX_DOCUMENTS + " of " + MAX_BYTES / 1024 + " KB can be changed at once: apply it in parts";
            draft.mistakes.add(SourceLocation.in("request"), "", message);
        }
    }

    private static boolean isMapped(Draft draft) {
        return draft.documents.keySet().stream().anyMatch(MappingDocument::isScope);
    }

    /** Adds to the changes for whom they change what is shown, and tells who that is. */
    private Set<String> effects(StoredConfiguration world, Draft draft) {
        boolean mapped = isMapped(draft);
        if (!mapped && draft.agents.isEmpty()) {
            return Set.of();
        }
        Stream<AgentState> concerned =
                mapped ? agents.all() : draft.agents.stream().flatMap(agent -> agent.origin().stream());
        SortedMap<String, List<ConfigChange.Effect>> effects = new StatusImpact(
                        platforms.mappings(), connected, world.documents(), draft)
                .of(concerned.filter(agent -> !agent.isRemoved()));
        if (!effects.isEmpty()) {
            List<ConfigChange.Effect> shown = effects.values().stream()
                    .flatMap(List::stream)
                    .limit(ConfigChange.MAX_SHOWN)
                    .toList();
            draft.changes.add(new ConfigChange("agents", "are shown otherwise at present", effects.size(), shown));
        }
        return effects.keySet();
    }
}
