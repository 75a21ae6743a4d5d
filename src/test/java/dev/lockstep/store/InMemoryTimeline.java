package dev.lockstep.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** A working timeline for tests. */
public final class InMemoryTimeline implements Timeline {
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Duration retention;
    private final InstantSource clock;
    private final StoreFaults faults;

    public InMemoryTimeline(Duration retention, InstantSource clock) {
        this(retention, clock, StoreFaults.NONE);
    }

    public InMemoryTimeline(Duration retention, InstantSource clock, StoreFaults faults) {
        this.retention = retention;
        this.clock = clock;
        this.faults = faults;
    }

    @Override
    public void append(Event event) {
        faults.run("timeline.append", () -> events.add(event));
    }

    @Override
    public List<Event> of(String agentId, Instant from, int limit) {
        return faults.around("timeline.of", () -> found(agentId, from, limit));
    }

    private List<Event> found(String agentId, Instant from, int limit) {
        Instant oldest = clock.instant().minus(retention);
        List<Event> inOrder = events.stream()
                .filter(event -> event.agentId().equals(agentId))
                .filter(event -> !event.at().isBefore(from) && event.at().isAfter(oldest))
                .sorted(Comparator.comparing(Event::at))
                .collect(Collectors.toList());
        return inOrder.reversed().stream().limit(limit).toList();
    }
}
