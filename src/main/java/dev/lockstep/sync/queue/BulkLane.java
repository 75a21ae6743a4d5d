package dev.lockstep.sync.queue;

import dev.lockstep.platform.BulkLimit;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.PlatformDescriptor;
import dev.lockstep.platform.QuotaLeft;
import dev.lockstep.platform.QuotaWatch;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Paces work that concerns many agents, such as the end of a shift, for all instances together, so that interactive
 * events always find room. Turns are reserved when the work begins: one counter says when the next one is free, and
 * whoever reserves moves it on. So a message is delayed until its turn, and comes once.
 *
 * <p>How far turns lie apart is settled when the lane was empty, by what platforms publish ({@link BulkLimit}) and what
 * they say that is left. A platform with a limit that says "too many" pauses the lane for everybody until the time that
 * it names, and so does one that says that hardly anything is left; whose turn falls into a pause gets another one,
 * behind all that are reserved.
 *
 * <p>Where a platform's agents are shared out among several applications, each has its own pace and pauses alone: turns
 * lie so far apart as the slowest of them asks for, divided by how many there are.
 */
@Singleton
public final class BulkLane implements QuotaWatch {
    private static final Logger LOG = Logger.getLogger(BulkLane.class);

    /** What was said longer ago tells nothing of now. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    /** A sliding window gives back about 3 % of a quota in that time. */
    private static final Duration UNTIL_MORE_IS_LEFT = Duration.ofSeconds(10);

    /** For so long what is used includes bulk work: the longest window that a platform has. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final PlatformCatalogue platforms;
    private final List<PlatformDescriptor> limited = new ArrayList<>();

    /** By budget. */
    private final SortedMap<String, BulkPace> paces = new TreeMap<>();

    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final Control control;
    private final InstantSource clock;

    private record Reading(Instant at, QuotaLeft left) {}

    @Inject
    public BulkLane(PlatformCatalogue platforms, Control control, InstantSource clock) {
        this.platforms = platforms;
        this.control = control;
        this.clock = clock;
        for (PlatformDescriptor platform : platforms.all()) {
            if (platform.bulkLimit() instanceof BulkLimit.Quota quota) {
                limited.add(platform);
                platform.shares().budgets(platform.name()).forEach(budget -> paces.put(budget, new BulkPace(quota)));
            }
        }
    }

    /** Reserves turns behind all that are reserved, for as many agents. */
    public Turns reserve(int agents) {
        Turns turns = take(agents, pausedUntil());
        Instant end = turns.of(agents);
        control.put(ControlKeys.BULK_PACE, turns.apart().toString(), Optional.of(end.plus(REMEMBERED)));
        control.add(ControlKeys.BULK_ALL, agents, Optional.of(end.plusSeconds(1)));
        if (agents > 1) {
            LOG.infof(
                    "bulk lane: %d agents have turns from %s to %s, %d ms apart",
                    agents, turns.first(), end, turns.apart().toMillis());
        }
        return turns;
    }

    private Turns take(int agents, Optional<Instant> paused) {
        Instant now = clock.instant();
        Duration apart = control.get(ControlKeys.BULK_PACE).map(Duration::parse).orElseGet(() -> apart(now));
        Instant earliest = paused.filter(now::isBefore).orElse(now);
        long taken = apart.multipliedBy(agents).plusNanos(999_999).toMillis();
        return new Turns(
                Instant.ofEpochMilli(control.reserve(ControlKeys.BULK_LINE, taken, earliest.toEpochMilli())), apart);
    }

    private Duration apart(Instant now) {
        return limited.stream()
                .map(platform -> apart(platform, now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Duration apart(PlatformDescriptor platform, Instant now) {
        List<String> budgets = platform.shares().budgets(platform.name());
        return budgets.stream()
                .map(budget -> paces.get(budget).apart(said(budget, now, FRESH)))
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .dividedBy(budgets.size());
    }

    /**
     * @param turn as it was reserved; none in messages of releases that reserved none
     * @return empty if it has come; else the turn to wait for, which is another one where a platform asked to wait
     */
    public Optional<Instant> putOff(String agentId, Optional<Instant> turn) {
        Instant now = clock.instant();
        Optional<Instant> mine = turn.or(() -> Optional.of(reserve(1).first())).filter(now::isBefore);
        if (mine.isPresent()) {
            return mine;
        }
        noteWhereLittleIsLeft(now);
        return pausedUntil(agentId)
                .filter(now::isBefore)
                .map(end -> take(1, Optional.of(end)).first());
    }

    private void noteWhereLittleIsLeft(Instant now) {
        paces.forEach((budget, pace) -> said(budget, now, UNTIL_MORE_IS_LEFT)
                .filter(pace::isTooLittle)
                .ifPresent(left -> {
                    readings.remove(budget);
                    pauseAll(budget, now.plus(UNTIL_MORE_IS_LEFT));
                }));
    }

    private Optional<QuotaLeft> said(String budget, Instant now, Duration lately) {
        return Optional.ofNullable(readings.get(budget))
                .filter(reading -> reading.at().plus(lately).isAfter(now))
                .map(Reading::left);
    }

    @Override
    public void left(String budget, QuotaLeft left) {
        if (paces.containsKey(budget)) {
            readings.put(budget, new Reading(clock.instant(), left));
        }
    }

    /**
     * Notes that a platform asked everybody who belongs with an agent to wait. Answers overtake each other: the longest
     * wait counts. One without a limit does not hold up the others; what is to be written there waits by itself.
     */
    public void pause(String platform, String agentId, Duration wait) {
        platforms
                .describing(platform)
                .filter(limited::contains)
                .ifPresent(
                        kind -> pauseAll(budget(kind, agentId), clock.instant().plus(wait)));
    }

    private static String budget(PlatformDescriptor kind, String agentId) {
        return kind.shares().budget(kind.name(), kind.shares().of(agentId));
    }

    private void pauseAll(String budget, Instant until) {
        if (pauseOf(budget).filter(until::isBefore).isEmpty()) {
            LOG.infof("bulk lane: %s takes nothing until %s", budget, until);
            control.put(ControlKeys.BULK_PAUSE + budget, until.toString(), Optional.of(until));
        }
    }

    /** Until when nobody at all can begin. */
    private Optional<Instant> pausedUntil() {
        return limited.stream()
                .flatMap(kind -> kind.shares().budgets(kind.name()).stream()
                        .map(budget -> pauseOf(budget).orElse(Instant.MIN))
                        .min(Comparator.naturalOrder())
                        .stream())
                .max(Comparator.naturalOrder())
                .filter(Instant.MIN::isBefore);
    }

    private Optional<Instant> pausedUntil(String agentId) {
        return limited.stream()
                .flatMap(kind -> pauseOf(budget(kind, agentId)).stream())
                .max(Comparator.naturalOrder());
    }

    private Optional<Instant> pauseOf(String budget) {
        return control.get(ControlKeys.BULK_PAUSE + budget).map(Instant::parse);
    }

    /** Empty while nobody waits for a turn. */
    public Optional<BulkProgress> progress() {
        Instant now = clock.instant();
        Optional<Instant> end = control.get(ControlKeys.BULK_LINE)
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli)
                .filter(now::isBefore);
        return end.flatMap(last -> control.get(ControlKeys.BULK_PACE)
                .map(Duration::parse)
                .map(apart -> {
                    Instant from = Stream.of(now, pausedUntil().orElse(now))
                            .max(Comparator.naturalOrder())
                            .get();
                    long waiting = Math.max(1, Duration.between(from, last).toNanos() / Math.max(1, apart.toNanos()));
                    long all = control.get(ControlKeys.BULK_ALL)
                            .map(Long::parseLong)
                            .orElse(waiting);
                    return new BulkProgress(waiting, Math.max(all, waiting), last);
                }));
    }
}
