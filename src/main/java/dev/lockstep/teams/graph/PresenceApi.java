package dev.lockstep.teams.graph;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of Microsoft Graph that concern presence. Every method throws
 * {@link dev.lockstep.platform.PlatformException}.
 */
public interface PresenceApi {
    /**
     * Reads by Entra object id, any number; unknown users are left out, and of many also those whom Graph refuses or
     * does not tell of now. One request carries 650 ids (Graph, getPresencesByUserId).
     */
    Map<String, Presence> presences(Collection<String> userIds);

    /**
     * Sets an application's session. Allowed pairs and 5 min to 4 h only (Graph, presence-setPresence).
     *
     * @param application client id of one of ours; blank for the first
     */
    void setSession(String application, String userId, String availability, String activity, Duration expiry);

    /** Takes that session back; that there is none is success (Graph, presence-clearPresence answers 404). */
    void clearSession(String application, String userId);

    /**
     * Sets the slot that the person's own choice uses too (Graph, presence-setUserPreferredPresence).
     *
     * @param application which of ours asks for it: there is one slot for all
     */
    void setPreferred(String application, String userId, String availability, String activity, Duration expiry);

    void clearPreferred(String application, String userId);

    /**
     * What Teams shows of somebody: the aggregate of preferred status and all sessions.
     *
     * @param availability as Graph writes it, in whatever case
     * @param activity likewise
     * @param sequence version of the presence, rising in lexicographic order, where Graph gives one
     */
    record Presence(String availability, String activity, Optional<String> sequence) {}
}
