package dev.lockstep.store;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Sight;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A working store for tests: what holds for the table {@code agents} holds here. */
public final class InMemoryAgentStore implements AgentStore {
    private final ConcurrentSkipListMap<String, AgentState> agents = new ConcurrentSkipListMap<>();
    private final Set<String> inNewerForm = ConcurrentHashMap.newKeySet();
    private final Set<String> spoilt = ConcurrentHashMap.newKeySet();
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, Sight>> sights = new ConcurrentHashMap<>();
    private final StoreFaults faults;

    public InMemoryAgentStore() {
        this(StoreFaults.NONE);
    }

    public InMemoryAgentStore(StoreFaults faults) {
        this.faults = faults;
    }

    @Override
    public Optional<AgentState> load(String agentId) {
        return faults.around("agents.load", () -> readable(agents.get(StoreKeys.checked(agentId))));
    }

    /** Lets a newer version change the item: this one cannot read it then. */
    public void storeInNewerForm(String agentId) {
        agents.computeIfPresent(agentId, (id, old) -> old.withInbox(old.inbox(), old.version() + 1));
        inNewerForm.add(agentId);
    }

    /** The item as the newer version reads it. */
    public void storeInOwnForm(String agentId) {
        inNewerForm.remove(agentId);
    }

    /** From now on nobody can read the item. */
    public void spoil(String agentId) {
        spoilt.add(agentId);
    }

    /** The item as it lies there, whoever can read it. */
    public AgentState asStored(String agentId) {
        return Optional.ofNullable(agents.get(agentId)).orElseThrow();
    }

    /** The item can be read again, as it was and with what was put into its inbox meanwhile. */
    public void mend(String agentId) {
        spoilt.remove(agentId);
    }

    private Optional<AgentState> readable(AgentState stored) {
        if (stored != null && spoilt.contains(stored.agentId())) {
            throw new IllegalStateException("the item of " + stored.agentId() + " cannot be read");
        }
        if (stored != null && inNewerForm.contains(stored.agentId())) {
            throw new NewerForm(stored.agentId(), 2, 1);
        }
        return Optional.ofNullable(stored);
    }

    @Override
    public AgentState save(AgentState next, Map<String, Sight> seen) throws Conflict {
        faults.before("agents.save");
        AgentState stored = next.withInbox(next.inbox(), next.version() + 1);
        AtomicReference<AgentState> inTheWay = new AtomicReference<>();
        AgentState now = agents.compute(StoreKeys.checked(next.agentId()), (id, old) -> {
            inTheWay.set(old);
            long version = old == null ? 0 : old.version();
            return version == next.version() ? stored : old;
        });
        if (now != stored) {
            throw new Conflict(readable(inTheWay.get()).orElse(null));
        }
        unlisted.remove(next.agentId());
        sights.put(next.agentId(), seen);
        faults.after("agents.save");
        return stored;
    }

    @Override
    public AgentState saveIntents(AgentState next) throws Conflict {
        return save(next);
    }

    @Override
    public boolean append(String agentId, List<Evidence> news) {
        return faults.around(
                "agents.append", () -> agents.computeIfPresent(agentId, (id, old) -> old.appending(news)) != null);
    }

    @Override
    public List<String> shards() {
        return List.of("all");
    }

    @Override
    public Stream<Pulse> pulses(String shard) {
        return found("agents.pulses", agent -> !unlisted.contains(agent.agentId()))
                .map(agent -> Pulse.of(agent, sights.getOrDefault(agent.agentId(), Map.of())));
    }

    @Override
    public Stream<String> unlisted() {
        return found("agents.unlisted", agent -> unlisted.contains(agent.agentId()))
                .map(AgentState::agentId);
    }

    /** Lets a version that knows no pulses store the item as it is. */
    public void storeWithoutPulse(String agentId) {
        unlisted.add(agentId);
    }

    @Override
    public Stream<AgentState> loadAll(Collection<String> agentIds, Consumer<String> unreadable) {
        return faults
                .around(
                        "agents.loadAll",
                        () -> agentIds.stream()
                                .flatMap(id -> Optional.ofNullable(agents.get(id)).stream())
                                .toList())
                .stream()
                .filter(agent -> isReadable(agent, unreadable));
    }

    @Override
    public Stream<AgentState> all(Consumer<String> unreadable) {
        return found("agents.all", agent -> isReadable(agent, unreadable));
    }

    private boolean isReadable(AgentState agent, Consumer<String> unreadable) {
        boolean isReadable = !inNewerForm.contains(agent.agentId()) && !spoilt.contains(agent.agentId());
        if (!isReadable) {
            unreadable.accept(agent.agentId());
        }
        return isReadable;
    }

    private Stream<AgentState> found(String call, Predicate<AgentState> wanted) {
        return faults.around(call, () -> agents.values().stream().filter(wanted).toList()).stream();
    }

    @Override
    public void remove(String agentId) {
        faults.run("agents.remove", () -> agents.remove(agentId));
    }

    private boolean isShown(AgentState agent, Consumer<String> unreadable) {
        boolean isUnreadable = spoilt.contains(agent.agentId());
        if (isUnreadable) {
            unreadable.accept(agent.agentId());
        }
        return !isUnreadable;
    }

    /** What the index by team would show. */
    public AgentViews views() {
        return new AgentViews() {
            @Override
            public Stream<AgentView> ofTeam(String team, Consumer<String> unreadable) {
                StoreKeys.checked("team " + Profile.teamKey(team));
                return found(
                                "agents.ofTeam",
                                agent -> !agent.isRemoved()
                                        && Profile.teamKey(agent.profile().team())
                                                .equals(Profile.teamKey(team)))
                        .filter(agent -> isShown(agent, unreadable))
                        .map(AgentView::expected)
                        .sorted(Comparator.comparing(AgentView::name));
            }

            @Override
            public Stream<AgentView> all(Consumer<String> unreadable) {
                return found("agents.all", agent -> !agent.isRemoved())
                        .filter(agent -> isShown(agent, unreadable))
                        .map(AgentView::expected);
            }
        };
    }
}
