package dev.lockstep.webhook;

import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.configured.Connection;
import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Whether an application still wants to be told. One that answers 410 does not (Standard Webhooks, "Deliverability and
 * reliability"): nothing is sent to that address any more, by no instance, until it has taken a test event.
 * Another address has a subscription of its own.
 *
 * <p>Known to other instances within half a minute. Safe for use by many threads.
 */
final class ApplicationSubscription {
    static final String REMEDY =
            "once it wants messages again, send it a test event (POST /api/connections/{connection}/test)"
                    + " or give its connection another url; else remove the connection";

    private static final Logger LOG = Logger.getLogger(ApplicationSubscription.class);
    private static final Duration AGE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** What nobody put right in a year is asked once more. */
    private static final Duration KEPT = Duration.ofDays(365);

    private static final int MARK_BYTES = 8;

    private final String connection;
    private final String key;
    private final Control control;
    private final RefreshingValue<Optional<String>> stored;

    /** @param connection one with a URL */
    ApplicationSubscription(Connection connection, Control control, InstantSource clock) {
        this.connection = connection.name();
        this.key = key(connection);
        this.control = control;
        this.stored = new RefreshingValue<>(
                () -> control.get(key), RefreshRules.every(AGE, PAUSE, StoreUnavailable.class), clock);
    }

    private static String key(Connection connection) {
        String mark = Digest.hex(
                connection
                        .url()
                        .orElseThrow(() -> new IllegalArgumentException(connection.name() + " has no URL"))
                        .toString(),
                MARK_BYTES);
        return ControlKeys.ENDED_SUBSCRIPTION + connection.key() + "#" + mark;
    }

    /** When the application said that it wants no more; empty while it is told. */
    Optional<Instant> endedAt() {
        return stored.get().map(Instant::parse);
    }

    /** Where it cannot be noted the next message asks the application again. */
    void end(Instant now) {
        try {
            control.put(key, now.toString(), Optional.of(now.plus(KEPT)));
            LOG.warnf(
                    "connection=%s ended its subscription (410), so nothing is sent to it any more: %s",
                    connection, REMEDY);
            stored.replaced((value, readAt) -> true);
        } catch (StoreUnavailable e) {
            LOG.warnf(
                    "connection=%s ended its subscription (410), which could not be noted: %s",
                    connection, e.getMessage());
        }
    }

    /**
     * It takes messages again. Nothing where it had not ended.
     *
     * @throws StoreUnavailable if the store did not answer
     */
    void resume(Instant now) {
        if (endedAt().isPresent()) {
            // Over at once: whoever sends messages has no right to take keys away.
            control.put(key, now.toString(), Optional.of(now));
            stored.replaced((value, readAt) -> true);
            LOG.infof("connection=%s takes messages again", connection);
        }
    }
}
