package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which signed messages were taken already. Somebody who listens could send one again as long as its signature is fresh
 * enough; after that nobody can, and it is forgotten.
 *
 * <p>A message is noted when what it tells is recorded, not before: one that failed half-way is taken when it comes again.
 */
record TakenEvents(Control control) {
    /**
     * What a message is known by.
     *
     * @param mark the same for the same message, however often it is sent
     * @param fresh for how long it can be sent
     */
    record Message(String mark, Duration fresh) {}

    boolean holds(Connection connection, Message message) {
        return control.get(key(connection, message)).isPresent();
    }

    void note(Connection connection, Message message, Instant now) {
        control.put(key(connection, message), now.toString(), Optional.of(now.plus(message.fresh())));
    }

    private static String key(Connection connection, Message message) {
        return ControlKeys.TAKEN_EVENT + connection.key() + "#" + message.mark();
    }
}
