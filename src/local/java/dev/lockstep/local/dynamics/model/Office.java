package dev.lockstep.local.dynamics.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What all rows of the organisation share: its clock, its version numbers, who listens. */
public final class Office {
    /** The omnichannel service's own user, whom every row names as its modifier. */
    public static final UUID PLATFORM_USER = UUID.fromString("0c0c0c0c-0000-4000-8000-000000000001");

    private final PlatformClock clock;
    private final Later later;
    private final DynamicsBehaviour rules;
    private final AtomicLong versions = new AtomicLong(5_948_260);
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    public Office(PlatformClock clock, Later later, DynamicsBehaviour rules) {
        this.clock = clock;
        this.later = later;
        this.rules = rules;
    }

    public DynamicsBehaviour rules() {
        return rules;
    }

    public PlatformClock clock() {
        return clock;
    }

    public Later later() {
        return later;
    }

    public Instant now() {
        return clock.instant();
    }

    public long nextVersion() {
        return versions.incrementAndGet();
    }

    public void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    public Map<String, Object> columns(AgentStatus status) {
        return status.columns(rules, PLATFORM_USER);
    }

    /** Writes after the rows' delay; without one at once, so that a synchronous step can refuse the change. */
    public void whenRowsFollow(Runnable write) {
        if (rules.rows().delay().isZero()) {
            write.run();
        } else {
            later.after(rules.rows().delay(), () -> evenIfRefused(write));
        }
    }

    /** A late row that a synchronous step refuses stays as it was; the service's own state has moved on. */
    private static void evenIfRefused(Runnable write) {
        try {
            write.run();
        } catch (PipelineFailed refused) {
            System.getLogger(Office.class.getName()).log(System.Logger.Level.WARNING, "row not written", refused);
        }
    }

    public void announce(RowChange change, Runnable commit) {
        listeners.forEach(one -> one.changing(change));
        commit.run();
        listeners.forEach(one -> one.changed(change));
    }
}
