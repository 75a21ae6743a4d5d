package dev.lockstep.local.dynamics.model;

import java.util.UUID;

/**
 * One row of {@code msdyn_presence}.
 *
 * @param name {@code msdyn_name}
 * @param text {@code msdyn_presencestatustext}, what people see
 * @param userSettable {@code msdyn_canuserset}
 * @param active {@code statecode} 0
 */
public record Presence(UUID id, String name, String text, BasePresence base, boolean userSettable, boolean active) {

    public static Presence custom(String name, BasePresence base) {
        return new Presence(UUID.nameUUIDFromBytes(("presence " + name).getBytes()), name, name, base, true, true);
    }

    static Presence outOfBox(BasePresence base, String text) {
        return new Presence(base.presenceId(), base.label(), text, base, true, true);
    }

    /**
     * Set by the platform alone after a missed notification. Its id is the one in Microsoft's own client and its base is
     * not documented; the warning about workstreams that allow Away makes Away the likely base ("Manage missed
     * notifications").
     */
    static Presence inactive() {
        UUID id = UUID.fromString("a89ee9cf-453a-4b52-8d7a-ad647feecd5d");
        return new Presence(id, "Inactive", "Inactive", BasePresence.AWAY, false, true);
    }
}
