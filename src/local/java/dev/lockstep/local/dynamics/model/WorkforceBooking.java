package dev.lockstep.local.dynamics.model;

import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.dynamics.table.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One row of {@code bookableresourcebooking}: one activity of a shift. A shift itself is no row.
 *
 * @param shift which shift it belongs to; the platform does not show it
 * @param fromWorkforce carries the booking set-up row that marks shift bookings; field-service bookings do not
 */
public record WorkforceBooking(
        UUID id,
        UUID user,
        UUID shift,
        Activity activity,
        Instant start,
        Instant end,
        State state,
        boolean fromWorkforce,
        Instant createdOn,
        Instant modifiedOn,
        long version) {
    public static final String TABLE = "bookableresourcebooking";
    /** The fixed row that marks workforce bookings (Microsoft's WEM import sample). */
    static final UUID SETUP_METADATA = UUID.fromString("4beb9fdb-48e9-453f-b008-5862ff902c5d");

    /** {@code bookingstatus.status}. Only committed bookings count. */
    public enum State {
        PROPOSED(1, "Proposed"),
        COMMITTED(2, "Committed"),
        CANCELED(3, "Canceled");

        private final int status;
        private final String label;

        State(int status, String label) {
            this.status = status;
            this.label = label;
        }

        UUID id() {
            return UUID.nameUUIDFromBytes(("bookingstatus " + label).getBytes());
        }

        public Map<String, Object> columns() {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("bookingstatusid", id());
            row.put("name", label);
            row.put("status", new Choice(status, label));
            row.put("statecode", Choice.ACTIVE);
            return row;
        }

        private Lookup lookup() {
            return new Lookup("bookingstatus", id(), label);
        }
    }

    /** {@code msdyn_shiftactivitytype}, with whether work is assigned during it. */
    public enum Activity {
        WORK("Work", true),
        BREAK("Break", false),
        LUNCH("Lunch", false),
        TRAINING("Training", false),
        OVERTIME("Overtime", true);

        private final String label;
        private final boolean assignable;

        Activity(String label, boolean assignable) {
            this.label = label;
            this.assignable = assignable;
        }

        UUID id() {
            return UUID.nameUUIDFromBytes(("activity " + label).getBytes());
        }

        public Map<String, Object> columns() {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("msdyn_shiftactivitytypeid", id());
            row.put("msdyn_name", label);
            row.put(
                    "msdyn_shiftassignmentstatus",
                    assignable ? new Choice(192350000, "Available") : new Choice(192350001, "Not available"));
            row.put("statecode", Choice.ACTIVE);
            return row;
        }

        private Lookup lookup() {
            return new Lookup("msdyn_shiftactivitytype", id(), label);
        }
    }

    public WorkforceBooking at(Instant newStart, Instant newEnd) {
        return new WorkforceBooking(
                id, user, shift, activity, newStart, newEnd, state, fromWorkforce, createdOn, modifiedOn, version);
    }

    public WorkforceBooking in(State other) {
        return new WorkforceBooking(
                id, user, shift, activity, start, end, other, fromWorkforce, createdOn, modifiedOn, version);
    }

    public WorkforceBooking written(Instant at, long newVersion) {
        return new WorkforceBooking(
                id, user, shift, activity, start, end, state, fromWorkforce, createdOn, at, newVersion);
    }

    public static UUID resourceOf(UUID user) {
        return UUID.nameUUIDFromBytes(("resource " + user).getBytes());
    }

    public Map<String, Object> columns() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("bookableresourcebookingid", id);
        row.put("name", activity.label);
        row.put("starttime", start);
        row.put("endtime", end);
        row.put("duration", (int) Duration.between(start, end).toMinutes());
        row.put("resource", new Lookup("bookableresource", resourceOf(user), null));
        row.put("bookingstatus", state.lookup());
        row.put("msdyn_shiftactivitytype", fromWorkforce ? activity.lookup() : null);
        row.put("msdyn_shiftplan", fromWorkforce ? new Lookup("msdyn_shiftplan", shift, null) : null);
        row.put("msdyn_bookingsetupmetadataid", fromWorkforce ? setup() : null);
        row.put("bookingtype", new Choice(1, "Solid"));
        row.put("msdyn_bookingmethod", new Choice(690970003, "Manual"));
        row.put("statecode", Choice.ACTIVE);
        row.put("statuscode", new Choice(1, "Active"));
        row.put("createdon", createdOn);
        row.put("modifiedon", modifiedOn);
        row.put("versionnumber", version);
        return row;
    }

    private static Lookup setup() {
        return new Lookup("msdyn_bookingsetupmetadata", SETUP_METADATA, null);
    }
}
