package dev.lockstep.local.dynamics.webhook;

import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.dynamics.table.Lookup;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One row of {@code asyncoperation}: an asynchronous delivery, which is lost to its receiver when it failed. */
public record SystemJob(
        UUID id,
        String name,
        UUID step,
        State state,
        int attempts,
        String message,
        Instant createdOn,
        Optional<Instant> completedOn) {

    public enum State {
        WAITING_FOR_RESOURCES(0, 0, "Waiting For Resources"),
        IN_PROGRESS(2, 20, "In Progress"),
        SUCCEEDED(3, 30, "Succeeded"),
        FAILED(3, 31, "Failed");

        private final int state;
        private final Choice status;

        State(int state, int status, String label) {
            this.state = state;
            this.status = new Choice(status, label);
        }
    }

    public SystemJob now(State other, int attempt, String said, Optional<Instant> completed) {
        return new SystemJob(id, name, step, other, attempt, said, createdOn, completed);
    }

    public Map<String, Object> columns() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("asyncoperationid", id);
        row.put("name", name);
        row.put("friendlymessage", message);
        row.put("message", message);
        row.put("errorcode", state == State.FAILED ? -2147220891 : null);
        row.put("retrycount", Math.max(0, attempts - 1));
        row.put("owningextensionid", new Lookup("sdkmessageprocessingstep", step, null));
        row.put("statecode", new Choice(state.state, "State"));
        row.put("statuscode", state.status);
        row.put("createdon", createdOn);
        row.put("completedon", completedOn.orElse(null));
        return row;
    }
}
