package dev.lockstep.presence;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps of too many the ones that matter most: an agent's item holds only so much, and a call must always fit in. */
final class Newest {
    private Newest() {}

    /** @param importance the greatest are kept */
    static <T> SortedMap<String, T> of(int most, SortedMap<String, T> all, Comparator<T> importance) {
        if (all.size() <= most) {
            return all;
        }
        SortedMap<String, T> kept = new TreeMap<>();
        all.entrySet().stream()
                .sorted(Map.Entry.<String, T>comparingByValue(importance).reversed())
                .limit(most)
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return kept;
    }
}
