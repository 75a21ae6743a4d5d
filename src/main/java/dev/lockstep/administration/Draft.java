package dev.lockstep.administration;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.document.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that one request would do, gathered part by part. Used by one thread. */
final class Draft {
    final Diagnostics mistakes;
    final Diagnostics warnings = new Diagnostics();
    final List<ConfigChange> changes = new ArrayList<>();

    /** By scope; an empty text removes. */
    final SortedMap<String, String> documents = new TreeMap<>();

    final List<Agent> agents = new ArrayList<>();

    /** Agents to be removed: asked for, or taken over by another. */
    final Set<String> removed = new LinkedHashSet<>();

    /** By the id that an agent had: the id that they get. */
    final Map<String, String> renamed = new LinkedHashMap<>();

    /** Which agent an identity belongs to from now on. */
    final Map<String, String> identities = new LinkedHashMap<>();

    /** Identities that belong to nobody any more, with whom they belonged to. */
    final Map<String, String> forgotten = new LinkedHashMap<>();

    /** Teams for which something is configured. */
    final List<LocatedText> teams = new ArrayList<>();

    /** Lines that somebody has no longer. */
    final List<LeftLine> left = new ArrayList<>();

    Draft(Diagnostics mistakes) {
        this.mistakes = mistakes;
    }

    /** Notes a document if it differs from what is stored. */
    boolean put(String scope, String text, Map<String, String> stored) {
        if (text.equals(stored.getOrDefault(scope, ""))) {
            return false;
        }
        documents.put(scope, text);
        return true;
    }

    void change(String what, String how) {
        changes.add(new ConfigChange(what, how));
    }

    /**
     * An agent as they are to be.
     *
     * @param origin whose past they go on with: their own, or that of an agent they take over
     */
    record Agent(String agentId, Profile profile, Optional<AgentState> origin) {}
}
