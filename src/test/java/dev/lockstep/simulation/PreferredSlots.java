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
    private final Map<String, Choice> byPerson = new HashMap<>();
    private final Map<String, String> byUs = new HashMap<>();

    private record Choice(Instant at, String pair) {}

    PreferredSlots(Simulation simulation) {
        this.simulation = simulation;
    }

    void chosenByPerson(String user, String pair) {
        byPerson.put(user, new Choice(simulation.time.instant(), pair));
    }

    void resetByPerson(String user) {
        byPerson.remove(user);
    }

    boolean isPersons(String user) {
        return byPerson.containsKey(user);
    }

    /** What the person picked may be what we had put there: nothing in Teams tells the two apart. */
    void writtenByUs(String user, String value) {
        Choice chosen = byPerson.get(user);
        boolean theirs = chosen != null
                && simulation.time.instant().isAfter(chosen.at().plus(UNSEEN))
                && !chosen.pair().equals(byUs.get(user));
        if (value.isBlank() && theirs) {
            simulation.fail(user, "a preferred status of the person's was cleared: " + chosen.pair());
        }
        byPerson.remove(user);
        byUs.put(user, value);
    }
}
