package dev.lockstep.shift;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tells every agent's shifts, and so whose shift has ended. Schedules are read anew each time: a booking can be moved,
 * deleted or added until the last minute.
 *
 * <p>A few agents are brought in line at once; the end of a shift of hundreds goes through the bulk lane.
 */
public final class ShiftPoll {
    private static final Logger LOG = Logger.getLogger(ShiftPoll.class);

    /** A shift is at most a day long, and its end still counts on the morning after. */
    private static final Duration BACK = Duration.ofHours(30);

    private static final Duration AHEAD = Duration.ofHours(24);

    private final List<ShiftSource> sources;
    private final ShiftBook book;
    private final AgentStore store;
    private final InstantSource clock;
    private final BiPredicate<AgentState, List<Evidence>> matters;
    private final BiConsumer<String, List<Evidence>> atOnce;
    private final BiConsumer<String, List<Evidence>> inTurn;
    private final int mostAtOnce;

    /**
     * @param matters whether news makes a difference to an agent as last read
     * @param atOnce takes news and acts on it now
     * @param inTurn records news and leaves the acting to the bulk lane
     * @param mostAtOnce more agents than that are left to the bulk lane
     */
    public ShiftPoll(
            List<ShiftSource> sources,
            ShiftBook book,
            AgentStore store,
            InstantSource clock,
            BiPredicate<AgentState, List<Evidence>> matters,
            BiConsumer<String, List<Evidence>> atOnce,
            BiConsumer<String, List<Evidence>> inTurn,
            int mostAtOnce) {
        this.sources = List.copyOf(sources);
        this.book = book;
        this.store = store;
        this.clock = clock;
        this.matters = matters;
        this.atOnce = atOnce;
        this.inTurn = inTurn;
        this.mostAtOnce = mostAtOnce;
    }

    /** @return how many agents had news */
    public int run() {
        Instant now = clock.instant();
        int told = 0;
        for (ShiftSource source : sources) {
            try {
                told += tell(source, now);
            } catch (PlatformException e) {
                LOG.warnf("the schedule %s was not read: %s", source.name(), e.getMessage());
            }
        }
        return told;
    }

    private record Change(String agentId, List<Evidence> news) {}

    private int tell(ShiftSource source, Instant now) {
        Instant from = now.minus(BACK);
        Map<String, List<Shift>> shifts = book.shifts(source.bookings(from, now.plus(AHEAD)));
        List<Change> changes = new ArrayList<>();
        try (Stream<AgentState> all = store.all()) {
            all.forEach(agent -> {
                List<Shift> own = agent.profile()
                        .externalId(source.platform())
                        .map(id -> shifts.getOrDefault(id, List.of()))
                        .orElse(List.of());
                List<Evidence> news = List.of(new Evidence.Reported(
                        new Signal.Shifts(Source.schedule(source.name()), SourceTime.at(now), from, own)));
                if (isNews(agent, source, own, from) && matters.test(agent, news)) {
                    changes.add(new Change(agent.agentId(), news));
                }
            });
        }
        BiConsumer<String, List<Evidence>> recorder = changes.size() > mostAtOnce ? inTurn : atOnce;
        changes.forEach(change ->
                FaultIsolation.attempt(change.agentId(), () -> recorder.accept(change.agentId(), change.news())));
        return changes.size();
    }

    /** The same shifts read again are no news; only that an end has come since is, and the agent's due time tells that. */
    private boolean isNews(AgentState agent, ShiftSource source, List<Shift> own, Instant from) {
        List<Shift> known = agent.situation().rosters().of(Source.schedule(source.name())).stream()
                .filter(shift -> !shift.end().isBefore(from))
                .toList();
        boolean due = agent.dueAt().map(at -> !clock.instant().isBefore(at)).orElse(false);
        return !known.equals(own) || (due && !own.isEmpty());
    }
}
