package dev.lockstep.teams.subscriptions;

import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What we made for each service user ({@link ControlKeys#SUBSCRIPTION}), until it ends. Graph itself does not tell a subscription's client state, so one that is not remembered may be anybody's.
 */
public record SubscriptionRecord(Control control) {
    /**
     * A subscription of ours.
     *
     * @param terms a digest of what it was made for
     * @param agents how many it watches
     */
    public record Made(String id, Instant end, String terms, int agents) {
        Made until(Instant later) {
            return new Made(id, later, terms, agents);
        }

        private static Optional<Made> parse(String text) {
            String[] parts = text.split(" ");
            try {
                return Optional.of(new Made(parts[0], Instant.parse(parts[1]), parts[2], Integer.parseInt(parts[3])));
            } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
                return Optional.empty();
            }
        }
    }

    Optional<Made> of(String reference) {
        return control.get(key(reference)).flatMap(Made::parse);
    }

    public Collection<Made> all() {
        return control.withPrefix(ControlKeys.SUBSCRIPTION).values().stream()
                .flatMap(text -> Made.parse(text).stream())
                .toList();
    }

    void put(String reference, Made made) {
        String text = made.id() + " " + made.end() + " " + made.terms() + " " + made.agents();
        control.put(key(reference), text, Optional.of(made.end()));
    }

    void forget(String reference) {
        control.remove(key(reference));
    }

    private static String key(String reference) {
        return ControlKeys.SUBSCRIPTION + digest(reference);
    }

    static String digest(String text) {
        return Digest.hex(text, 16);
    }
}
