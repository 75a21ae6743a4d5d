package dev.lockstep.local.teams.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The presence that Teams shows for one user.
 *
 * @param sequenceNumber grows, as text too, with every change of what is shown
 */
public record ShownPresence(
        String userId, Pair pair, boolean outOfOffice, Optional<StatusMessage> message, String sequenceNumber) {

    /** The text below a person's name. */
    public record StatusMessage(String text, Optional<Instant> expires, Instant published) {}

    boolean looksLike(ShownPresence other) {
        return pair.equals(other.pair) && outOfOffice == other.outOfOffice && message.equals(other.message);
    }
}
