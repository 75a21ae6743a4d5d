package dev.lockstep.local.dynamics.model;

import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.dynamics.table.Lookup;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One row of {@code msdyn_agentstatus}.
 *
 * @param presenceModifiedOn to the millisecond; moves only when the presence or the sign-in changes
 * @param availableUnits may be negative
 * @param version organisation-wide rising number, also the ETag
 */
public record AgentStatus(
        UUID id,
        Representative who,
        Presence presence,
        boolean loggedIn,
        Instant presenceModifiedOn,
        Cause cause,
        int assigned,
        int availableUnits,
        boolean blockedByProfile,
        Instant capacityModifiedOn,
        Instant createdOn,
        Instant modifiedOn,
        long version) {
    public static final String TABLE = "msdyn_agentstatus";

    static AgentStatus ofNewUser(Representative who, Presence offline, Instant at) {
        UUID id = UUID.nameUUIDFromBytes(("agentstatus " + who.id()).getBytes());
        Cause cause = Cause.system(AgentEvent.NEW_USER);
        int units = who.capacity().units();
        return new AgentStatus(id, who, offline, false, at, cause, 0, units, false, at, at, at, 0);
    }

    AgentStatus after(Representative now, Slot slot, Cause why, Instant at) {
        Instant ms = at.truncatedTo(ChronoUnit.MILLIS);
        int units = now.capacity().remaining(slot.work());
        boolean blocked = now.capacity().blockedByProfile(slot.work());
        boolean capacityMoved =
                units != availableUnits || slot.work().size() != assigned || blocked != blockedByProfile;
        boolean presenceSame = slot.presence().equals(presence) && slot.signedIn() == loggedIn;
        boolean onlyCapacity = presenceSame && capacityMoved;
        return new AgentStatus(
                id,
                now,
                slot.presence(),
                slot.signedIn(),
                onlyCapacity ? presenceModifiedOn : ms,
                onlyCapacity ? keepingAuthor(why) : why,
                slot.work().size(),
                units,
                blocked,
                capacityMoved ? ms : capacityModifiedOn,
                createdOn,
                modifiedOn,
                version);
    }

    private Cause keepingAuthor(Cause why) {
        return new Cause(why.event(), why.detail(), cause.by(), cause.user());
    }

    boolean showsTheSameAs(AgentStatus other) {
        return presence.id().equals(other.presence.id())
                && loggedIn == other.loggedIn
                && assigned == other.assigned
                && availableUnits == other.availableUnits
                && blockedByProfile == other.blockedByProfile;
    }

    AgentStatus written(Instant at, long newVersion) {
        return new AgentStatus(
                id,
                who,
                presence,
                loggedIn,
                presenceModifiedOn,
                cause,
                assigned,
                availableUnits,
                blockedByProfile,
                capacityModifiedOn,
                createdOn,
                at,
                newVersion);
    }

    Map<String, Object> columns(DynamicsBehaviour rules, UUID platformUser) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("msdyn_agentstatusid", id);
        row.put("msdyn_agentid", Lookup.user(who.id(), who.name()));
        row.put("msdyn_currentpresenceid", new Lookup("msdyn_presence", presence.id(), presence.name()));
        row.put("msdyn_nextpresenceid", null);
        row.put("msdyn_isagentloggedin", loggedIn);
        putPresenceTrace(row, rules);
        row.put("msdyn_assignedconversationcount", assigned);
        row.put("msdyn_availableunitscapacity", availableUnits);
        row.put("msdyn_isblockedbysomeprofile", blockedByProfile);
        row.put("msdyn_capacitymodifiedon", capacityModifiedOn.truncatedTo(ChronoUnit.SECONDS));
        row.put(
                "msdyn_capacitymodifiedonwithmilliseconds",
                rules.rows().milliseconds().format(capacityModifiedOn));
        row.put("createdon", createdOn.truncatedTo(ChronoUnit.SECONDS));
        row.put("modifiedon", modifiedOn.truncatedTo(ChronoUnit.SECONDS));
        row.put("modifiedby", Lookup.user(platformUser, "Omnichannel"));
        row.put("ownerid", Lookup.user(platformUser, "Omnichannel"));
        row.put("statecode", Choice.ACTIVE);
        row.put("statuscode", new Choice(1, "Active"));
        row.put("versionnumber", version);
        return row;
    }

    private void putPresenceTrace(Map<String, Object> row, DynamicsBehaviour rules) {
        row.put("msdyn_presencemodifiedon", presenceModifiedOn.truncatedTo(ChronoUnit.SECONDS));
        row.put(
                "msdyn_presencemodifiedonwithmilliseconds",
                rules.rows().milliseconds().format(presenceModifiedOn));
        row.put("msdyn_presencemodifiedby", cause.by());
        Optional<Lookup> user = cause.user().map(one -> Lookup.user(one, null));
        row.put("msdyn_presencemodifiedbyuserid", user.orElse(null));
        row.put("msdyn_eventname", cause.event().choice());
        row.put("msdyn_subeventname", cause.detail().map(SubEvent::choice).orElse(null));
    }
}
