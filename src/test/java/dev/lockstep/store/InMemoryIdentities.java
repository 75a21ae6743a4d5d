package dev.lockstep.store;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Working identities for tests. */
public final class InMemoryIdentities implements Identities {
    private final Map<String, String> agents = new ConcurrentHashMap<>();
    private final StoreFaults faults;

    public InMemoryIdentities() {
        this(StoreFaults.NONE);
    }

    public InMemoryIdentities(StoreFaults faults) {
        this.faults = faults;
    }

    @Override
    public Optional<String> agentOf(String identity) {
        return faults.around("identities.agentOf", () -> Optional.ofNullable(agents.get(folded(identity))));
    }

    @Override
    public void put(Map<String, String> agentIdByIdentity) {
        faults.run(
                "identities.put",
                () -> agentIdByIdentity.forEach((identity, agentId) -> agents.put(folded(identity), agentId)));
    }

    @Override
    public void remove(String identity) {
        faults.run("identities.remove", () -> agents.remove(folded(identity)));
    }

    private static String folded(String identity) {
        return StoreKeys.checked(identity.toLowerCase(Locale.ROOT));
    }
}
