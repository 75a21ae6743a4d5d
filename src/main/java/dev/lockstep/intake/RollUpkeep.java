package dev.lockstep.intake;

import dev.lockstep.concurrent.Countdown;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Sees to it that the index which {@link RollCall} reads holds everybody: after an upgrade those whom the version before
 * has stored, whoever it was and whenever it comes back.
 */
@Singleton
public final class RollUpkeep {
    private static final Logger LOG = Logger.getLogger(RollUpkeep.class);

    private final AgentStore store;
    private final Control control;
    private final EvidenceIntake intake;
    private final Crew crew;
    private final InstantSource clock;

    @Inject
    public RollUpkeep(AgentStore store, Control control, EvidenceIntake intake, Crew crew, InstantSource clock) {
        this.store = store;
        this.control = control;
        this.intake = intake;
        this.crew = crew;
        this.clock = clock;
    }

    /**
     * Looks now and then, each minute while somebody was found lately, and stores anew who is not listed.
     *
     * @return how many were stored
     */
    public int run(Countdown time) {
        Instant now = clock.instant();
        Optional<Listing> known = control.get(ControlKeys.PULSES).flatMap(Listing::of);
        if (known.filter(listing -> !listing.isToBeLookedAt(now)).isPresent()) {
            return 0;
        }
        List<String> unlisted = unlisted();
        Instant since =
                known.filter(listing -> unlisted.isEmpty()).map(Listing::since).orElse(now);
        control.put(ControlKeys.PULSES, new Listing(since, now).text(), Optional.of(now.plus(Listing.LIFE)));
        if (unlisted.isEmpty()) {
            return 0;
        }
        LOG.infof("%d agents are not listed in the index of pulses and are stored anew", unlisted.size());
        List<Crew.Job> jobs = unlisted.stream()
                .map(agentId -> new Crew.Job(agentId, () -> intake.storeAnew(agentId)))
                .toList();
        return crew.count("roll-upkeep", jobs, time.left());
    }

    private List<String> unlisted() {
        try (Stream<String> found = store.unlisted()) {
            return found.toList();
        }
    }
}
