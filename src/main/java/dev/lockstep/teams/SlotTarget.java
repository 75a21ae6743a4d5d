package dev.lockstep.teams;

import dev.lockstep.mapping.OutboundRule;
import java.time.Duration;

/**
 * What a slot is to hold.
 *
 * @param value availability and activity
 * @param expiry after which Teams ends it by itself
 */
record SlotTarget(String value, Duration expiry) {
    /** The longest that Graph grants a session (presence-setPresence). */
    private static final Duration SESSION_LIFE = Duration.ofHours(4);

    /** The mildest session. Under a preferred status it only makes that show. */
    static final SlotTarget AVAILABLE = new SlotTarget(TeamsPresence.AVAILABLE_PAIR, SESSION_LIFE);

    static SlotTarget of(OutboundRule writing) {
        return new SlotTarget(writing.values().getFirst(), writing.expiry().orElse(SESSION_LIFE));
    }
}
