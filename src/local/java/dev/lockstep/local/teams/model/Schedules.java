package dev.lockstep.local.teams.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The teams' Shifts: what managers have planned and shared, learn.microsoft.com/graph/api/resources/shift. */
public final class Schedules {
    private final Map<String, List<Entry>> shifts = new ConcurrentHashMap<>();
    private final Map<String, List<Entry>> timesOff = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private record Entry(String id, ObjectNode json) {}

    @FunctionalInterface
    public interface Listener {
        void shiftChanged(String changeType, String teamId, String shiftId);
    }

    /** Adds a team without shifts. */
    public void addTeam(String teamId) {
        shifts.computeIfAbsent(teamId, any -> new CopyOnWriteArrayList<>());
        timesOff.computeIfAbsent(teamId, any -> new CopyOnWriteArrayList<>());
    }

    /** Plans and shares a shift; the answer is its id. */
    public String addShift(String teamId, String userId, Instant starts, Instant ends) {
        ObjectNode json = Json.object().put("userId", userId);
        json.putObject("sharedShift")
                .put("displayName", "Shift")
                .put("startDateTime", starts.toString())
                .put("endDateTime", ends.toString())
                .putArray("activities");
        return putShift(teamId, json.putNull("draftShift"));
    }

    /** Adds or replaces a whole shift as JSON; an {@code id} is given to it when it has none. */
    public String putShift(String teamId, ObjectNode shift) {
        boolean isNew = put(shifts, teamId, "SHFT_", shift);
        String id = shift.path("id").asText();
        tell(isNew ? "created" : "updated", teamId, id);
        return id;
    }

    public boolean removeShift(String teamId, String shiftId) {
        boolean removed = list(shifts, teamId).removeIf(entry -> entry.id.equals(shiftId));
        if (removed) {
            tell("deleted", teamId, shiftId);
        }
        return removed;
    }

    /** Adds or replaces a whole time off as JSON. */
    public String putTimeOff(String teamId, ObjectNode timeOff) {
        put(timesOff, teamId, "TOFF_", timeOff);
        return timeOff.path("id").asText();
    }

    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    public Optional<List<JsonNode>> shiftsOf(String teamId) {
        return Optional.ofNullable(shifts.get(teamId)).map(Schedules::bodies);
    }

    public Optional<List<JsonNode>> timesOffOf(String teamId) {
        return Optional.ofNullable(timesOff.get(teamId)).map(Schedules::bodies);
    }

    private void tell(String changeType, String teamId, String shiftId) {
        listeners.forEach(listener -> listener.shiftChanged(changeType, teamId, shiftId));
    }

    private boolean put(Map<String, List<Entry>> all, String teamId, String prefix, ObjectNode json) {
        if (!json.hasNonNull("id")) {
            json.put("id", prefix + UUID.randomUUID());
        }
        String id = json.path("id").asText();
        List<Entry> entries = list(all, teamId);
        boolean isNew = !entries.removeIf(entry -> entry.id.equals(id));
        entries.add(new Entry(id, json.deepCopy()));
        return isNew;
    }

    private List<Entry> list(Map<String, List<Entry>> all, String teamId) {
        addTeam(teamId);
        return all.get(teamId);
    }

    private static List<JsonNode> bodies(List<Entry> entries) {
        List<JsonNode> bodies = new ArrayList<>();
        entries.forEach(entry -> bodies.add(entry.json));
        return bodies;
    }
}
