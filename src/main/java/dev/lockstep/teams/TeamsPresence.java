package dev.lockstep.teams;

import dev.lockstep.platform.Observation;
import dev.lockstep.teams.graph.PresenceApi;
import java.util.Locale;
import java.util.Map;

/**
 * What Teams shows, as availability and activity. Both are open sets and written in any case; Graph has moved values
 * from one to the other (presence resource, older and newer page), so only the pair means something.
 */
public record TeamsPresence(String pair) {
    public static final String AVAILABILITY = "availability";
    public static final String ACTIVITY = "activity";
    public static final String SEQUENCE = "sequence";

    /** What our session says of somebody who is free. It fades, and every other session outranks it. */
    static final String AVAILABLE_PAIR = "Available/Available";

    static TeamsPresence of(Observation observation) {
        return new TeamsPresence(observation.field(AVAILABILITY).orElse("") + "/"
                + observation.field(ACTIVITY).orElse(""));
    }

    static TeamsPresence of(PresenceApi.Presence presence) {
        return new TeamsPresence(presence.availability() + "/" + presence.activity());
    }

    static Map<String, String> fields(PresenceApi.Presence presence) {
        Map<String, String> pair = Map.of(AVAILABILITY, presence.availability(), ACTIVITY, presence.activity());
        return presence.sequence()
                .map(sequence -> Map.of(
                        AVAILABILITY, presence.availability(), ACTIVITY, presence.activity(), SEQUENCE, sequence))
                .orElse(pair);
    }

    boolean is(String other) {
        return pair.equalsIgnoreCase(other);
    }

    /** What an Available that nobody renews turns into. */
    boolean isFaded() {
        return isInactive() || isAway();
    }

    /** A fade, and nothing else: nobody can pick it. */
    boolean isInactive() {
        return is("Available/AvailableInactive") || is("AvailableIdle/Available");
    }

    boolean isAway() {
        return is("Away/Away");
    }

    /** What people can pick but for Available; whatever was picked before it is over (presence-setUserPreferredPresence). */
    boolean isPickable() {
        return isAway()
                || is("Busy/Busy")
                || is("DoNotDisturb/DoNotDisturb")
                || is("BeRightBack/BeRightBack")
                || is("Offline/OffWork");
    }

    /** What shows without any session, unless Offline itself is preferred. */
    boolean isWithoutSession() {
        return is("Offline/Offline");
    }

    boolean isUnknown() {
        String text = pair.toLowerCase(Locale.ROOT);
        return text.contains("presenceunknown") || text.equals("/");
    }
}
