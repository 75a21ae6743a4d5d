package dev.lockstep.store;

import java.util.Map;
import java.util.Optional;

/** Configuration documents by scope: {@code default}, {@code team#<team>}, {@code connection#<name>}. */
public interface Documents {
    Optional<String> get(String scope);

    /** All of them, by scope. */
    Map<String, String> all();

    /** Puts all of them or none; an empty text removes the scope. */
    void put(Map<String, String> textByScope);
}
