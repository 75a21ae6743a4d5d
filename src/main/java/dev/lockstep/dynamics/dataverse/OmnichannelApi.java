package dev.lockstep.dynamics.dataverse;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of Dataverse that concern representatives. Every method throws
 * {@link dev.lockstep.platform.PlatformException}.
 */
public interface OmnichannelApi {
    /**
     * Sets a representative's presence (CCaaS_ModifyAgentPresence).
     *
     * @param agentId their id in Lockstep, by which they belong to one of our application users
     * @throws dev.lockstep.platform.PlatformException.NotSignedIn on 404: the representative is signed out
     */
    void modify(String agentId, String systemUserId, String presenceId);

    /** Every active presence of the organisation. */
    List<PresenceRow> presences();

    /** The status rows of all representatives, or of the named ones. */
    List<StatusRow> statuses();

    List<StatusRow> statuses(Collection<String> systemUserIds);

    /** A status row by its own id, for webhook messages that do not say whose it is. */
    Optional<StatusRow> status(String statusRowId);

    /** The users that may be representatives, by the configured filter. */
    List<UserRow> users();

    /** A user by systemuserid, Entra object id or user principal name. */
    Optional<UserRow> user(String id);

    /** Shift bookings that touch the window, also those that are not published, but none that was cancelled. */
    List<BookingRow> bookings(Instant from, Instant to);

    /**
     * Kept in the store as JSON.
     *
     * @param base one of Dataverse's base statuses, 192360000 (Available) to 192360004 (Offline)
     * @param forMissedWork whether the organisation's settings name it for who missed an offer of work
     */
    @RegisterForReflection
    record PresenceRow(String id, String name, String statusText, int base, boolean forMissedWork) {
        public PresenceRow(String id, String name, String statusText, int base) {
            this(id, name, statusText, base, false);
        }

        PresenceRow forMissedWork(boolean named) {
            return new PresenceRow(id, name, statusText, base, named);
        }
    }

    /**
     * @param fields of the row as {@link StatusFields} names them
     */
    record StatusRow(String systemUserId, Map<String, String> fields, Optional<UserRow> user) {}

    /** @param enabled a person's, not switched off, and with an access mode for people */
    record UserRow(String systemUserId, String entraObjectId, String fullName, String upn, boolean enabled) {}

    record BookingRow(String systemUserId, Instant start, Instant end, boolean isPublished) {}
}
