package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.intake.Crew;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Sha256;
import dev.lockstep.platform.Subject;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
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
 * nobody would look at them.
 */
@Singleton
public final class ModeChanges {
    private static final int ATTEMPTS = 5;

    private final AgentViews views;
    private final AgentStore store;
    private final Control control;
    private final Crew crew;
    private final InstantSource clock;

    @Inject
    public ModeChanges(AgentViews views, AgentStore store, Control control, Crew crew, InstantSource clock) {
        this.views = views;
        this.store = store;
        this.control = control;
        this.crew = crew;
        this.clock = clock;
    }

    /**
     * Costs one read while no mode changes.
     *
     * @param time whoever is left after it is made due by the next run
     * @return how many were made due
     */
    public int run(Countdown time) {
        Map<String, String> stored = new TreeMap<>(control.withPrefix(ControlKeys.MODE));
        String version = Long.toHexString(Sha256.first64Bits(stored.toString()));
        if (control.get(ControlKeys.MODES_APPLIED).filter(version::equals).isPresent()) {
            return 0;
        }
        List<Boolean> done = crew.work("modes", jobs(ScopedModes.of(stored)), time.left());
        if (!done.contains(false)) {
            control.put(ControlKeys.MODES_APPLIED, version, Optional.empty());
        }
        return (int) done.stream().filter(one -> one).count();
    }

    private List<Crew.Job> jobs(WriteModes modes) {
        try (Stream<AgentView> all = views.all(unreadable -> {})) {
            return all.filter(agent -> isHeldBackNoLonger(agent, modes))
                    .map(agent -> new Crew.Job(agent.agentId(), () -> makeDue(agent.agentId())))
                    .toList();
        }
    }

    private static boolean isHeldBackNoLonger(AgentView agent, WriteModes modes) {
        Subject subject = new Subject(agent.agentId(), agent.agentId(), agent.name(), agent.team());
        return agent.details().platforms().entrySet().stream()
                .filter(on -> on.getValue().condition() == Condition.OFF)
                .anyMatch(on -> modes.of(subject, on.getKey()) == WriteModes.Mode.ON);
    }

    /** Whoever comes first may not know of the change yet. */
    private void makeDue(String agentId) {
        Instant now = clock.instant();
        Optional<AgentState> stored = store.load(agentId);
        for (int attempt = 0; attempt < ATTEMPTS && stored.isPresent(); attempt++) {
            try {
                store.save(stored.get().dueBy(now).lookedAtAgainAt(now.plus(WriteModes.KNOWN_TO_ALL)));
                return;
            } catch (AgentStore.Conflict faster) {
                stored = faster.stored();
            }
        }
        if (stored.isPresent()) {
            throw new StoreUnavailable(
                    "the agent " + agentId + " changes all the time; the next run tries again", null);
        }
    }
}
