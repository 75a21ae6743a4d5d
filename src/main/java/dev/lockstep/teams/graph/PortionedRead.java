package dev.lockstep.teams.graph;

import dev.lockstep.concurrent.Batches;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.teams.graph.PortionReader.Reading;
import dev.lockstep.teams.graph.PresenceApi.Presence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Reads everybody, portion by portion, and makes something of all the answers together. Ids are to blame for a refusal if
 * they are refused alone while others are answered; where nobody is answered, the reason is another one, such as a missing
 * right.
 */
final class PortionedRead {
    private static final Logger LOG = Logger.getLogger(PortionedRead.class);
    private static final int READS_AT_ONCE = 3;

    /** For all portions together: to find one refused id among 650 takes twenty. */
    private static final int FURTHER_READS = 40;

    /** Where nobody is answered, a search finds nothing: it is made now and then only, in case that changes. */
    private static final Duration BETWEEN_VAIN_SEARCHES = Duration.ofMinutes(1);

    private final Function<List<String>, Map<String, Presence>> once;
    private final RefusedIds refused;
    private final ParallelRunner runner;
    private final Duration limit;
    private final InstantSource clock;
    private volatile Instant nextSearch = Instant.MIN;

    /**
     * @param once one request
     * @param limit for those portions that are read at once
     */
    PortionedRead(
            Function<List<String>, Map<String, Presence>> once,
            RefusedIds refused,
            ParallelRunner runner,
            Duration limit,
            InstantSource clock) {
        this.once = once;
        this.refused = refused;
        this.runner = runner;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * @return what was answered, whatever became of the rest
     * @throws PlatformException if nothing was
     */
    Map<String, Presence> read(List<List<String>> portions) {
        // One of them is for asking whether others are still answered.
        int mayCost = clock.instant().isBefore(nextSearch) ? 0 : FURTHER_READS - 1;
        AtomicInteger left = new AtomicInteger(mayCost);
        List<Reading> readings = readings(portions, new PortionReader(once, refused, left));
        Map<String, Presence> found = new LinkedHashMap<>();
        readings.forEach(reading -> found.putAll(reading.found()));
        Optional<String> answered = readings.stream()
                .flatMap(reading -> reading.answered().stream())
                .findFirst();
        if (answered.isPresent()) {
            nextSearch = Instant.MIN;
            blame(readings, answered.get());
        } else {
            nextSearch = left.get() < mayCost ? clock.instant().plus(BETWEEN_VAIN_SEARCHES) : nextSearch;
            failure(readings).ifPresent(PortionedRead::fail);
        }
        return found;
    }

    private static Optional<PlatformException> failure(List<Reading> readings) {
        return readings.stream().flatMap(reading -> reading.failure().stream()).findFirst();
    }

    private static void fail(PlatformException why) {
        throw why;
    }

    private void blame(List<Reading> readings, String answered) {
        List<String> culprits = readings.stream()
                .flatMap(reading -> reading.culprits().stream())
                .toList();
        if (!culprits.isEmpty() && isStillAnswered(answered)) {
            refused.remember(culprits);
        }
        readings.stream()
                .filter(reading ->
                        reading.answered().isEmpty() && reading.culprits().isEmpty())
                .flatMap(reading -> reading.failure().stream())
                .forEach(failure -> LOG.warnf(
                        "Teams was not read for one of %d portions of agents: %s",
                        readings.size(), failure.getMessage()));
    }

    /** A right that is taken away meanwhile, and a token that ends, are nobody's fault. */
    private boolean isStillAnswered(String answered) {
        try {
            return !once.apply(List.of(answered)).isEmpty();
        } catch (PlatformException e) {
            LOG.warnf("Teams refused some ids, and then everybody: %s", e.getMessage());
            return false;
        }
    }

    private List<Reading> readings(List<List<String>> portions, PortionReader reader) {
        if (portions.size() <= 1) {
            return portions.stream().map(reader::read).toList();
        }
        return Batches.of(portions, READS_AT_ONCE)
                .flatMap(some -> runner
                        .runAll(some.stream().map(ids -> reading(reader, ids)).toList(), limit)
                        .stream())
                .map(reading -> reading.orElseGet(PortionedRead::late))
                .toList();
    }

    private static Callable<Reading> reading(PortionReader reader, List<String> ids) {
        return () -> {
            try {
                return reader.read(ids);
            } catch (PlatformException e) {
                return Reading.failed(e);
            }
        };
    }

    private static Reading late() {
        return Reading.failed(new PlatformException.Unreachable("Teams did not answer in time"));
    }
}
