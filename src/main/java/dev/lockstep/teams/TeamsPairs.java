package dev.lockstep.teams;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Pairs of availability and activity, as Graph has them. */
final class TeamsPairs {
    /** What setPresence takes; learn.microsoft.com/graph/api/presence-setpresence. */
    static final List<String> OF_SESSION = List.of(
            "Available/Available", "Busy/InACall", "Busy/InAConferenceCall", "Away/Away", "DoNotDisturb/Presenting");

    /** What setUserPreferredPresence takes; learn.microsoft.com/graph/api/presence-setuserpreferredpresence. */
    static final List<String> OF_PREFERRED = List.of(
            "Available/Available",
            "Busy/Busy",
            "DoNotDisturb/DoNotDisturb",
            "BeRightBack/BeRightBack",
            "Away/Away",
            "Offline/OffWork");

    /** Availabilities of the newest and of the older pages of learn.microsoft.com/graph/api/resources/presence. */
    static final List<String> AVAILABILITIES = List.of(
            "Available",
            "AvailableIdle",
            "Away",
            "BeRightBack",
            "Busy",
            "BusyIdle",
            "DoNotDisturb",
            "Focusing",
            "InACall",
            "InAMeeting",
            "Inactive",
            "Offline",
            "OutOfOffice",
            "Presenting",
            "PresenceUnknown");

    /** Activities of the same pages; AvailableInactive is what an unrefreshed Available becomes. */
    static final List<String> ACTIVITIES = List.of(
            "Available",
            "AvailableInactive",
            "Away",
            "BeRightBack",
            "Busy",
            "DoNotDisturb",
            "Focusing",
            "InACall",
            "InAConferenceCall",
            "InAMeeting",
            "Inactive",
            "Offline",
            "OffWork",
            "OutOfOffice",
            "PresenceUnknown",
            "Presenting",
            "UrgentInterruptionsOnly");

    private static final List<String> KNOWN = known();

    private TeamsPairs() {}

    static List<String> of(String slot) {
        return slot.equals(TeamsPlatform.SESSION) ? OF_SESSION : OF_PREFERRED;
    }

    /** The pair in Graph's own writing, if that slot takes it. */
    static Optional<String> taken(String slot, String pair) {
        return of(slot).stream()
                .filter(known -> known.equalsIgnoreCase(pair.strip()))
                .findFirst();
    }

    static boolean isPair(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash == text.lastIndexOf('/') && !text.endsWith("/") && !text.contains(" ");
    }

    /** Whether both parts are known of Graph, or the second is left open. */
    static boolean isKnown(String pair) {
        return KNOWN.contains(pair.toLowerCase(Locale.ROOT));
    }

    private static List<String> known() {
        List<String> all = new ArrayList<>();
        for (String availability : AVAILABILITIES) {
            Stream.concat(ACTIVITIES.stream(), Stream.of("*"))
                    .map(activity -> (availability + "/" + activity).toLowerCase(Locale.ROOT))
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }
}
