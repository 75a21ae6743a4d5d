package dev.lockstep.store;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Working documents for tests. */
public final class InMemoryDocuments implements Documents {
    private final StoreFaults faults;
    private volatile Map<String, String> documents = Map.of();

    public InMemoryDocuments() {
        this(StoreFaults.NONE);
    }

    public InMemoryDocuments(StoreFaults faults) {
        this.faults = faults;
    }

    @Override
    public Optional<String> get(String scope) {
        return faults.around("mappings.get", () -> Optional.ofNullable(documents.get(scope)));
    }

    @Override
    public Map<String, String> all() {
        return faults.around("mappings.all", () -> documents);
    }

    @Override
    public void put(Map<String, String> textByScope) {
        DocumentLimits.check(textByScope);
        faults.run("mappings.put", () -> replace(textByScope));
    }

    private synchronized void replace(Map<String, String> textByScope) {
        textByScope.keySet().forEach(StoreKeys::checked);
        Map<String, String> next = new TreeMap<>(documents);
        next.putAll(textByScope);
        next.values().removeIf(String::isEmpty);
        documents = Map.copyOf(next);
    }
}
