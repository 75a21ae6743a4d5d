package dev.lockstep.protocol.delivery;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.configured.Connection;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.store.Timeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The last calls of each connection, for integrators. It stands in the timeline, under a name that no agent has, and is
 * gone when the timeline's time is over.
 *
 * <p>It is a help and no record: each instance notes for each connection the first {@link #BURST} calls at once and then
 * one each {@link #EVERY}, of those that were taken and of those that were not apart, so that neither a busy phone system
 * nor a stranger makes us write without end. What somebody asked for, a test or a replay, is always noted. It is noted
 * after the call's own work, within {@link #PATIENCE}, and where the store does not answer it is not.
 */
@Singleton
public final class DeliveryLog {
    static final int BURST = 20;
    static final Duration EVERY = Duration.ofSeconds(30);
    static final Duration PATIENCE = Duration.ofMillis(250);

    private static final Logger LOG = Logger.getLogger(DeliveryLog.class);

    /** An agent's id holds no such sign (it parts the keys of identities). */
    private static final String NAME = "connection#";

    private static final String AGENTS = "agents";
    private static final String UNDERSTOOD = "understood";
    private static final String WHY = "why";
    private static final String REMEDY = "remedy";

    /** Stands in no agent's id and in no word of ours. */
    private static final String BETWEEN = "\n";

    private final Timeline timeline;
    private final ParallelRunner runner;
    private final InstantSource clock;

    /** From when on each kind of call of a connection has nothing to wait for: {@link #BURST} places ahead at most. */
    private final Map<String, Instant> free = new HashMap<>();

    @Inject
    public DeliveryLog(Timeline timeline, ParallelRunner runner, InstantSource clock) {
        this.timeline = timeline;
        this.runner = runner;
        this.clock = clock;
    }

    /** Costs a write, or nothing where there were many lately; never throws. */
    public void note(Delivery delivery) {
        if (delivery.purpose() == Delivery.Purpose.EVENT && !takesPlace(delivery)) {
            return;
        }
        try {
            runner.run(
                    () -> {
                        timeline.append(event(delivery));
                        return true;
                    },
                    PATIENCE);
        } catch (StoreUnavailable e) {
            LOG.debugf("connection=%s a call could not be noted: %s", delivery.connection(), e.getMessage());
        }
    }

    private synchronized boolean takesPlace(Delivery delivery) {
        String kind = key(delivery.connection()) + "#" + delivery.verdict().isGood();
        Instant now = clock.instant();
        Instant latest = now.plus(EVERY.multipliedBy(BURST - 1L));
        Instant before = free.get(kind);
        Instant from = before == null || before.isBefore(now) ? now : before;
        if (from.isAfter(latest)) {
            return false;
        }
        free.put(kind, from.plus(EVERY));
        return true;
    }

    /** @return the newest first */
    public List<Delivery> of(Connection connection, Instant from, int limit) {
        return timeline.of(NAME + connection.key(), from, limit).stream()
                .flatMap(event -> delivery(connection, event).stream())
                .toList();
    }

    private static String key(String connection) {
        return connection.toLowerCase(Locale.ROOT);
    }

    private static Timeline.Event event(Delivery delivery) {
        Map<String, String> told = new HashMap<>();
        told.put(UNDERSTOOD, String.join(BETWEEN, delivery.understood()));
        told.put(AGENTS, String.join(BETWEEN, delivery.agents()));
        told.put(WHY, delivery.why());
        told.put(REMEDY, delivery.remedy());
        told.values().removeIf(String::isEmpty);
        return new Timeline.Event(
                NAME + key(delivery.connection()),
                delivery.at(),
                delivery.direction() + " " + delivery.verdict() + " " + delivery.purpose(),
                delivery.id(),
                delivery.by(),
                "",
                delivery.status().map(String::valueOf).orElse(""),
                List.of(),
                told,
                delivery.took().toMillis());
    }

    /** Empty of what a newer version wrote in words that this one does not know. */
    private static Optional<Delivery> delivery(Connection connection, Timeline.Event event) {
        try {
            return Optional.of(delivery(connection, event, event.trigger().split(" ", 3)));
        } catch (IllegalArgumentException unknownWord) {
            return Optional.empty();
        }
    }

    private static Delivery delivery(Connection connection, Timeline.Event event, String[] words) {
        return new Delivery(
                connection.name(),
                event.at(),
                Delivery.Direction.valueOf(words[0]),
                Delivery.Verdict.valueOf(words[1]),
                event.correlationId(),
                Delivery.Purpose.valueOf(words[2]),
                Optional.of(event.after()).filter(text -> !text.isEmpty()).map(Integer::valueOf),
                several(event, UNDERSTOOD),
                several(event, AGENTS),
                event.answers().getOrDefault(WHY, ""),
                event.answers().getOrDefault(REMEDY, ""),
                event.by(),
                Duration.ofMillis(event.latencyMillis()));
    }

    private static List<String> several(Timeline.Event event, String name) {
        return Stream.of(event.answers().getOrDefault(name, "").split(BETWEEN))
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
