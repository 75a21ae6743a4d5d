package dev.lockstep.store.dynamodb;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Sight;
import dev.lockstep.presence.Rosters;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.ForwardingAgentStore;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What DynamoDB would charge for what one agent's item and timeline are written: write units of the table and of each of
 * its indexes, which are charged apart and only where what they hold changes (developer guide, "Provisioned throughput
 * considerations for global secondary indexes").
 */
public final class StoreBill {
    private static final String MARK = new UniqueIds(() -> 17).get();
    private static final int READ_UNIT = 4096;
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Set<String> PULSE = Set.of("agentId", "dueShard", "dueAt", "pulse");
    private static final Set<String> TEAM = Set.of("agentId", "team", "name", "status", "since", "view");

    private final AgentItem items = new AgentItem(new StateJson());
    private final Map<String, Map<String, AttributeValue>> stored = new HashMap<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Timeline.Event> events = new ArrayList<>();
    private long saves;
    private long appends;
    private long passes;
    private long looks;
    private double readUnits;
    private Units units = Units.NONE;

    /**
     * Write units.
     *
     * @param pulse of the index of pulses
     * @param team of the index by team
     */
    public record Units(long table, long pulse, long team, long timeline) {
        static final Units NONE = new Units(0, 0, 0, 0);

        Units plus(Units other) {
            return new Units(table + other.table, pulse + other.pulse, team + other.team, timeline + other.timeline);
        }

        public long withoutPulse() {
            return table + team + timeline;
        }

        public long all() {
            return table + pulse + team + timeline;
        }
    }

    /** Of the item, in bytes, after each time that it was written, the smallest first. */
    public List<Integer> sizes() {
        return sizes.stream().sorted().toList();
    }

    public List<Timeline.Event> events() {
        return List.copyOf(events);
    }

    public long saves() {
        return saves;
    }

    public long appends() {
        return appends;
    }

    /** How often everybody's pulse was read. */
    public long passes() {
        return passes;
    }

    /** How many agents were loaded because they might have had news. */
    public long looks() {
        return looks;
    }

    /** For loading the item: consistent reads of it, and half as much for looks (developer guide, "Read consistency"). */
    public double readUnits() {
        return readUnits;
    }

    /** The item as it was stored last, in bytes, with its entries of the indexes. */
    public long storedBytes() {
        Map<String, AttributeValue> item = stored.values().iterator().next();
        return ItemSize.bytes(item)
                + ItemSize.bytes(entry(item, PULSE, Set.of("dueShard")))
                + ItemSize.bytes(entry(item, TEAM, Set.of("team", "name")));
    }

    /** The day's entries of the timeline, in bytes. */
    public long timelineBytes() {
        return events.stream()
                .mapToLong(event -> ItemSize.bytes(DynamoTimeline.item(event, event.at() + "#" + MARK, RETENTION)))
                .sum();
    }

    private long readUnits(String agentId) {
        int bytes = ItemSize.bytes(stored.getOrDefault(agentId, Map.of()));
        return Math.max(1, (bytes + READ_UNIT - 1) / READ_UNIT);
    }

    /** A table of many like the one that was stored last, who have these shifts. */
    public Crowd crowd(Rosters rosters, int agents) {
        return new Crowd(stored.values().iterator().next(), rosters, agents);
    }

    public Units units() {
        return units;
    }

    /** Forgets what was charged so far, and not what is stored. */
    public void beginAnew() {
        saves = 0;
        appends = 0;
        passes = 0;
        looks = 0;
        readUnits = 0;
        units = Units.NONE;
        sizes.clear();
        events.clear();
    }

    /** The item with what the index by team shows as it was. */
    private Map<String, AttributeValue> unshown(AgentState next) {
        Map<String, AttributeValue> item = new HashMap<>(stored.getOrDefault(next.agentId(), Map.of()));
        item.keySet().removeAll(AgentItem.UNSHOWN);
        item.putAll(items.unshown(next, MARK, Map.of()));
        return item;
    }

    /** The item with all as it was but its inbox, its version and when it is due. */
    private Map<String, AttributeValue> appended(AgentState next) {
        Map<String, AttributeValue> item = new HashMap<>(stored.getOrDefault(next.agentId(), Map.of()));
        item.putAll(items.unshown(next, MARK, Map.of()));
        Map<String, AttributeValue> before = stored.getOrDefault(next.agentId(), Map.of());
        Set.of("state", "pulse", "mark").forEach(name -> item.computeIfPresent(name, (same, now) -> before.get(name)));
        return item;
    }

    private void charge(String agentId, Map<String, AttributeValue> next) {
        Map<String, AttributeValue> before = stored.getOrDefault(agentId, Map.of());
        stored.put(agentId, next);
        sizes.add(ItemSize.bytes(next));
        units = units.plus(new Units(
                Math.max(ItemSize.units(before), ItemSize.units(next)),
                ofIndex(before, next, PULSE, Set.of("dueShard")),
                ofIndex(before, next, TEAM, Set.of("team", "name")),
                0));
    }

    /** An entry whose key changes is deleted and put anew, one whose key stays is written once. */
    private static long ofIndex(
            Map<String, AttributeValue> before, Map<String, AttributeValue> next, Set<String> all, Set<String> keys) {
        Map<String, AttributeValue> old = entry(before, all, keys);
        Map<String, AttributeValue> now = entry(next, all, keys);
        if (old.equals(now)) {
            return 0;
        }
        boolean isMoved = !entry(before, keys, keys).equals(entry(next, keys, keys));
        return isMoved ? ItemSize.units(old) + ItemSize.units(now) : Math.max(ItemSize.units(old), ItemSize.units(now));
    }

    private static Map<String, AttributeValue> entry(
            Map<String, AttributeValue> item, Set<String> projected, Set<String> keys) {
        Map<String, AttributeValue> entry = new HashMap<>(item);
        entry.keySet().retainAll(projected);
        return item.keySet().containsAll(keys) ? entry : Map.of();
    }

    public Timeline over(Timeline inner) {
        return new Timeline() {
            @Override
            public void append(Event event) {
                inner.append(event);
                events.add(event);
                long unit = ItemSize.units(DynamoTimeline.item(event, event.at() + "#" + MARK, RETENTION));
                units = units.plus(new Units(0, 0, 0, unit));
            }

            @Override
            public List<Event> of(String agentId, Instant from, int limit) {
                return inner.of(agentId, from, limit);
            }
        };
    }

    public AgentStore over(AgentStore inner) {
        return new ForwardingAgentStore(inner) {
            @Override
            public Optional<AgentState> load(String agentId) {
                readUnits += readUnits(agentId);
                return super.load(agentId);
            }

            @Override
            public AgentState save(AgentState next, Map<String, Sight> sights) throws Conflict {
                AgentState saved = super.save(next, sights);
                saves++;
                charge(saved.agentId(), items.of(saved, MARK, sights));
                return saved;
            }

            @Override
            public AgentState saveIntents(AgentState next) throws Conflict {
                AgentState saved = super.saveIntents(next);
                saves++;
                charge(saved.agentId(), unshown(saved));
                return saved;
            }

            @Override
            public Stream<Pulse> pulses(String shard) {
                passes++;
                return super.pulses(shard);
            }

            @Override
            public Stream<AgentState> loadAll(Collection<String> agentIds, Consumer<String> unreadable) {
                looks += agentIds.size();
                readUnits +=
                        agentIds.stream().mapToLong(StoreBill.this::readUnits).sum() / 2.0;
                return super.loadAll(agentIds, unreadable);
            }

            @Override
            public boolean append(String agentId, List<Evidence> news) {
                boolean isKnown = super.append(agentId, news);
                appends++;
                charge(agentId, appended(super.load(agentId).orElseThrow()));
                return isKnown;
            }
        };
    }
}
