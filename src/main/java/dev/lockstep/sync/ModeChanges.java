package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.intake.Crew;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Sha256;
import dev.lockstep.platform.Subject;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes those due whom a mode held back and holds back no longer, whoever ended it, and if it ended by itself. Without news
 * nobody would look at them. Until every instance knows of the end some may still hold back whoever has a call: so it is
 * gone through again then.
 */
@Singleton
public final class ModeChanges {
    private final AgentStore store;
    private final Control control;
    private final Crew crew;
    private final InstantSource clock;

    @Inject
    public ModeChanges(AgentStore store, Control control, Crew crew, InstantSource clock) {
        this.store = store;
        this.control = control;
        this.crew = crew;
        this.clock = clock;
    }

    /**
     * Costs two reads while no mode changes.
     *
     * @param time whoever is left after it is made due by the next run
     * @return how many were made due
     */
    public int run(Countdown time) {
        Map<String, String> stored = new TreeMap<>(control.withPrefix(ControlKeys.MODE));
        String version = Long.toHexString(Sha256.first64Bits(stored.toString()));
        Optional<String> applied = control.get(ControlKeys.MODES_APPLIED);
        if (applied.filter(version::equals).isPresent()) {
            return 0;
        }
        Instant now = clock.instant();
        Instant seen = applied.filter(value -> value.startsWith(version + "@"))
                .map(value -> Instant.parse(value.substring(version.length() + 1)))
                .orElse(now);
        List<Boolean> done = crew.work("modes", jobs(ScopedModes.of(stored)), time.left());
        boolean isOver = !done.contains(false) && !now.isBefore(seen.plus(WriteModes.KNOWN_TO_ALL));
        control.put(ControlKeys.MODES_APPLIED, isOver ? version : version + "@" + seen, Optional.empty());
        return (int) done.stream().filter(one -> one).count();
    }

    /** Those who were removed among them: what we hold for them is still to be taken back. */
    private List<Crew.Job> jobs(WriteModes modes) {
        DueAgents due = new DueAgents(store, clock);
        try (Stream<AgentState> all = store.all()) {
            return all.filter(agent -> isHeldBackNoLonger(agent, modes))
                    .map(AgentState::agentId)
                    .map(agentId -> new Crew.Job(agentId, () -> due.makeDue(agentId, WriteModes.KNOWN_TO_ALL)))
                    .toList();
        }
    }

    private static boolean isHeldBackNoLonger(AgentState agent, WriteModes modes) {
        Subject subject = new Subject(
                agent.agentId(),
                agent.agentId(),
                agent.profile().name(),
                agent.profile().team());
        return agent.standings().entrySet().stream()
                .filter(on -> on.getValue().condition() == Condition.OFF)
                .anyMatch(on -> modes.of(subject, on.getKey()) == WriteModes.Mode.ON);
    }
}
