package dev.lockstep.shift;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.intake.BulkIntake;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.intake.PlatformReader;
import dev.lockstep.intake.RollCall;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tells every agent's shifts, and so whose shift has ended. Schedules are read anew each time: a booking can be moved,
 * deleted or added until the last minute.
 *
 * <p>A few agents are brought in line at once; the end of a shift of hundreds goes through the bulk lane.
 */
@Singleton
public final class ShiftPoll {
    private static final Logger LOG = Logger.getLogger(ShiftPoll.class);

    /** A shift is at most a day long, and its end still counts on the morning after. */
    private static final Duration BACK = Duration.ofHours(30);

    private static final Duration AHEAD = Duration.ofHours(24);

    /** Of the minute that the function has. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final List<ShiftSource> sources;
    private final ShiftBook book;
    private final RollCall roll;
    private final AgentStore store;
    private final InstantSource clock;
    private final EvidenceIntake intake;
    private final CorrelationIds correlationIds;
    private final PlatformReader reader;
    private final Crew crew;
    private final int mostAtOnce;

    @Inject
    public ShiftPoll(
            @All List<ShiftSource> sources,
            ShiftSettings settings,
            RollCall roll,
            AgentStore store,
            InstantSource clock,
            EvidenceIntake intake,
            CorrelationIds correlationIds,
            PlatformReader reader,
            Crew crew) {
        this.sources = List.copyOf(sources);
        this.book = new ShiftBook(settings.gap());
        this.roll = roll;
        this.store = store;
        this.clock = clock;
        this.intake = intake;
        this.correlationIds = correlationIds;
        this.reader = reader;
        this.crew = crew;
        this.mostAtOnce = settings.mostAtOnce();
    }

    /** @return how many agents had news */
    public int run() {
        Countdown time = Countdown.of(clock, PATIENCE);
        return sources.isEmpty() ? 0 : run(roll.everybody(), time);
    }

    /**
     * @param everybody as they were read by somebody who passes over them too
     * @param time after which whoever is left is the next run's
     * @return how many agents had news
     */
    public int run(List<Pulse> everybody, Countdown time) {
        Instant now = clock.instant();
        Trigger trigger = correlationIds.begin("shift-end");
        int told = 0;
        for (ShiftSource source : sources) {
            try {
                told += tell(source, everybody, now, time, trigger);
            } catch (PlatformException e) {
                LOG.warnf("the schedule %s was not read: %s", source.name(), e.getMessage());
            }
        }
        return told;
    }

    private record Change(String agentId, List<Evidence> evidence) {}

    private int tell(ShiftSource source, List<Pulse> everybody, Instant now, Countdown time, Trigger trigger) {
        Instant from = now.minus(BACK);
        Map<String, List<Shift>> shifts = book.shifts(reader.read(
                Source.schedule(source.name()).name(),
                time.half().left(),
                () -> source.bookings(from, now.plus(AHEAD))));
        List<Change> changes = new ArrayList<>();
        Map<String, List<Shift>> different = different(everybody, source, shifts, from, now);
        try (Stream<AgentState> agents = store.loadAll(different.keySet(), agentId -> {})) {
            agents.forEach(agent -> {
                List<Shift> own = different.get(agent.agentId());
                List<Evidence> evidence = List.of(new Evidence.Reported(
                        new Signal.Shifts(Source.schedule(source.name()), SourceTime.at(now), from, own)));
                if (FaultIsolation.holds(
                        agent.agentId(),
                        () -> isNews(Pulse.of(agent, Map.of()).rosters(), source, own, from, now)
                                && intake.wouldChange(agent, evidence))) {
                    changes.add(new Change(agent.agentId(), evidence));
                }
            });
        }
        if (changes.size() > mostAtOnce) {
            try (BulkIntake bulk = intake.inBulk(changes.size(), trigger)) {
                tell(changes, change -> bulk.enqueue(change.agentId(), change.evidence()), time, trigger);
            }
        } else {
            tell(changes, change -> intake.accept(change.agentId(), change.evidence(), trigger), time, trigger);
        }
        return changes.size();
    }

    private void tell(List<Change> changes, Consumer<Change> lane, Countdown time, Trigger trigger) {
        List<Crew.Job> jobs = changes.stream()
                .map(change -> new Crew.Job(change.agentId(), () -> lane.accept(change)))
                .toList();
        crew.work(trigger.name(), jobs, time.left());
    }

    /** By agent, the shifts of those whose shifts may be others than are known. */
    private static Map<String, List<Shift>> different(
            List<Pulse> everybody, ShiftSource source, Map<String, List<Shift>> shifts, Instant from, Instant now) {
        Map<String, List<Shift>> different = new HashMap<>();
        for (Pulse agent : everybody) {
            List<Shift> own = agent.externalId(source.platform())
                    .map(id -> shifts.getOrDefault(id, List.of()))
                    .orElse(List.of());
            if (agent.isInDoubt(now) || isNews(agent.rosters(), source, own, from, now)) {
                different.put(agent.agentId(), own);
            }
        }
        return different;
    }

    /** The same shifts read again are no news, but where an end has come since: it counts only now that it was read again. */
    private static boolean isNews(Rosters rosters, ShiftSource source, List<Shift> own, Instant from, Instant now) {
        Source schedule = Source.schedule(source.name());
        List<Shift> known = rosters.of(schedule).stream()
                .filter(shift -> !shift.end().isBefore(from))
                .toList();
        return !known.equals(own) || rosters.awaitsReading(schedule, now);
    }
}
