package dev.lockstep.local.dynamics.model;

import dev.lockstep.local.dynamics.table.Choice;
import java.time.Instant;
import java.util.UUID;

/**
 * A conversation in a representative's hands.
 *
 * @param id {@code activityid} of the conversation
 * @param units capacity that it consumes
 * @param profiled whether it takes a slot of the capacity profile
 * @param since when it was accepted
 */
public record Work(UUID id, Channel channel, int units, boolean profiled, Instant since) {

    /** Values of {@code msdyn_channel}; that of entity records is not in the published reference. */
    public enum Channel {
        CHAT(192360000, "Live chat"),
        VOICE_CALL(192440000, "Voice call"),
        SMS(192340000, "SMS"),
        CASE(192350000, "Entity Records");

        private final Choice choice;

        Channel(int value, String label) {
            choice = new Choice(value, label);
        }

        Choice choice() {
            return choice;
        }
    }
}
