package dev.lockstep.administration;

import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.Line;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Documents;
import dev.lockstep.store.Identities;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configured lines. A line may be given to somebody whom only the directory knows, by their user principal name;
 * when the directory has found them, perhaps under another agent's id, the line is bound to that agent.
 */
@Singleton
public final class Lines {
    private final Documents documents;
    private final AgentStore agents;
    private final Identities identities;
    private final InstantSource clock;

    @Inject
    public Lines(Documents documents, AgentStore agents, Identities identities, InstantSource clock) {
        this.documents = documents;
        this.agents = agents;
        this.identities = identities;
        this.clock = clock;
    }

    /**
     * Binds every line that was given to a user principal name to the agent who has it now. To be called when agents
     * or identities have changed; it writes only what differs. It also does what a request that was applied could not
     * do to the end.
     *
     * @return how many lines were bound otherwise
     * @throws dev.lockstep.store.StoreUnavailable if the store did not answer; calling it again does the rest
     */
    public int bind() {
        Map<String, String> stored = documents.all();
        new Applier(documents, agents, identities).finish(stored, clock.instant());
        Map<String, Optional<String>> holders = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        Map<String, String> bindings = new HashMap<>();
        List<LeftLine> left = new ArrayList<>();
        int[] moved = {0};
        StoredConfiguration world = new StoredConfiguration(stored);
        world.lines().forEach((connection, lines) -> {
            List<Line> bound = new ArrayList<>();
            for (Line line : lines) {
                Line next = line.boundTo(holder(line, holders).orElse(line.agentId()));
                bound.add(next);
                if (!next.equals(line)) {
                    moved[0]++;
                    next.identities(connection).forEach(identity -> bindings.put(identity, next.agentId()));
                }
            }
            left.addAll(LeftLine.between(world.nameOf(connection), lines, bound));
            if (!bound.equals(lines)) {
                texts.put(DocumentScopes.lines(connection), Line.write(bound));
            }
        });
        if (!bindings.isEmpty()) {
            // The identities first: if it ends here, the documents still say that there is something to do.
            identities.put(bindings);
            left.forEach(line -> agents.append(line.agentId(), line.news(clock.instant())));
            documents.put(texts);
        }
        return moved[0];
    }

    /** @param holders by identity, those that were asked for already */
    private Optional<String> holder(Line line, Map<String, Optional<String>> holders) {
        return Upn.in(line.agent())
                .map(upn -> Identities.of(Upn.PLATFORM, upn))
                .flatMap(identity -> holders.computeIfAbsent(identity, identities::agentOf));
    }
}
