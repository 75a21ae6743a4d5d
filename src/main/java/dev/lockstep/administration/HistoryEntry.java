package dev.lockstep.administration;

import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.StoredJson;
import dev.lockstep.protocol.signature.Digest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One request that was applied: by whom, and what it changed. The last {@link #MOST} are kept beside the documents, each
 * written with those that it changed or not at all. Its JSON has the same names.
 *
 * @param at when it was applied
 * @param by whose token asked for it, with their name where it tells one; blank where the function itself was invoked, of
 *     whose caller only AWS knows
 * @param count how many things it changed
 * @param changes what, and how, for at most {@link ConfigChange#MAX_SHOWN} of them: {@code connection desk: secret exchanged};
 *     never a secret
 */
@RegisterForReflection
public record HistoryEntry(Instant at, String by, int count, List<String> changes) {
    static final int MOST = 50;

    /** More than one where two administrators were faster than each other; the rest goes the next time. */
    private static final int MOST_FORGOTTEN = 5;

    public HistoryEntry {
        changes = List.copyOf(changes);
    }

    static HistoryEntry of(Instant at, String by, List<ConfigChange> changes) {
        return new HistoryEntry(
                at,
                by,
                changes.size(),
                changes.stream()
                        .limit(ConfigChange.MAX_SHOWN)
                        .map(change -> change.what() + ": " + change.change())
                        .toList());
    }

    /** What has to be stored with the change, by scope: this, the mappings as they were, and that the oldest go. */
    Map<String, String> documents(Map<String, String> stored, Set<String> changed) {
        String text = StoredJson.text(this);
        String id = Digest.hex(text, 8);
        Map<String, String> documents = new TreeMap<>();
        List<Kept> before = kept(stored);
        before.stream()
                .skip(MOST - 1L)
                .limit(MOST_FORGOTTEN)
                .forEach(old -> documents.put(DocumentScopes.HISTORY + old.id(), ""));
        FormerMappings.forgotten(before, stored).limit(MOST_FORGOTTEN).forEach(scope -> documents.put(scope, ""));
        documents.put(DocumentScopes.HISTORY + id, text);
        FormerMappings.of(changed, stored)
                .ifPresent(former -> documents.put(DocumentScopes.FORMER + id, former.text()));
        return documents;
    }

    /** The newest first. What cannot be read is left out. */
    static List<HistoryEntry> in(Map<String, String> stored) {
        return kept(stored).stream().map(Kept::entry).toList();
    }

    /** The same, each with the name under which it is kept. */
    public static List<Kept> kept(Map<String, String> stored) {
        return stored.entrySet().stream()
                .filter(document -> document.getKey().startsWith(DocumentScopes.HISTORY))
                .flatMap(document -> StoredJson.read(document.getValue(), HistoryEntry.class).stream()
                        .map(entry -> new Kept(document.getKey().substring(DocumentScopes.HISTORY.length()), entry)))
                .sorted(Comparator.comparing((Kept one) -> one.entry().at()).reversed())
                .toList();
    }

    /** @param id that no other entry has */
    public record Kept(String id, HistoryEntry entry) {}
}
