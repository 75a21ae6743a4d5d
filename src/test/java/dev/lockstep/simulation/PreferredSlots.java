package dev.lockstep.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Who filled the preferred slot of each person in Teams: a status that we did not set is never cleared. */
final class PreferredSlots {
    /** Reads lag two seconds behind, and Graph has no compare-and-set: a choice made just before cannot be seen. */
    private static final Duration UNSEEN = Duration.ofSeconds(5);

    private final Simulation simulation;
    private final Map<String, Instant> byPerson = new HashMap<>();

    PreferredSlots(Simulation simulation) {
        this.simulation = simulation;
    }

    void chosenByPerson(String user) {
        byPerson.put(user, simulation.time.instant());
    }

    void resetByPerson(String user) {
        byPerson.remove(user);
    }

    boolean isPersons(String user) {
        return byPerson.containsKey(user);
    }

    void writtenByUs(String user, String value) {
        Instant chosen = byPerson.get(user);
        if (value.isBlank() && chosen != null && simulation.time.instant().isAfter(chosen.plus(UNSEEN))) {
            throw new Violation("a preferred status of the person's was cleared: " + user);
        }
        byPerson.remove(user);
    }
}
