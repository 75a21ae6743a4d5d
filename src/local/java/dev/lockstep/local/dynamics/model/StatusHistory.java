package dev.lockstep.local.dynamics.model;

import dev.lockstep.local.dynamics.table.Lookup;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One row of {@code msdyn_agentstatushistory}: a new one per change of presence or capacity.
 *
 * @param until when the next one began; empty for the present one
 */
public record StatusHistory(UUID id, AgentStatus status, Instant since, Optional<Instant> until) {
    public static final String TABLE = "msdyn_agentstatushistory";

    public static StatusHistory beginning(AgentStatus status) {
        UUID id = UUID.nameUUIDFromBytes(("history " + status.id() + status.version()).getBytes());
        return new StatusHistory(id, status, status.modifiedOn(), Optional.empty());
    }

    public StatusHistory ended(Instant at) {
        return new StatusHistory(id, status, since, Optional.of(at));
    }

    public Map<String, Object> columns() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("msdyn_agentstatushistoryid", id);
        row.put("msdyn_agentid", Lookup.user(status.who().id(), status.who().name()));
        Presence presence = status.presence();
        row.put("msdyn_presenceid", new Lookup("msdyn_presence", presence.id(), presence.name()));
        row.put("msdyn_isagentloggedin", status.loggedIn());
        row.put("msdyn_starttime", since);
        row.put("msdyn_endtime", until.orElse(null));
        row.put("msdyn_availablecapacity", status.availableUnits());
        row.put("msdyn_assignedconversationcount", status.assigned());
        row.put("msdyn_eventname", status.cause().event().choice());
        row.put("createdon", since);
        row.put("versionnumber", status.version());
        return row;
    }
}
