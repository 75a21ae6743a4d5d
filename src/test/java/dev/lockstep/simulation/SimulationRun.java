package dev.lockstep.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Runs the simulation for as long as asked, on all cores, and tells what it held: events, simulated time, faults and actions. */
final class SimulationRun {
    private static final int VIOLATIONS_TOLD = 3;

    private final Map<FaultPlan.Kind, Long> faults = new EnumMap<>(FaultPlan.Kind.class);
    private final SortedMap<String, Long> actions = new TreeMap<>();
    private final ShownAfter shownAfter = new ShownAfter(Optional.empty());
    private Duration simulated = Duration.ZERO;
    private long events;
    private long seeds;
    private final List<Long> broken = new ArrayList<>();

    /**
     * @param first the first seed; those after it follow
     * @return how many runs broke
     */
    long goOnFor(Duration length, long first) throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        AtomicLong next = new AtomicLong(first);
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(workers.submit(() -> {
                    while (System.nanoTime() - began < length.toNanos()) {
                        one(next.getAndIncrement());
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        tell((System.nanoTime() - began) / 1e9);
        return broken.size();
    }

    private void one(long seed) {
        Scenario scenario = Scenario.of(seed);
        Simulation simulation = new Simulation(scenario, scenario.faultRate() == 0 ? shownAfter : Onlooker.NOBODY);
        String violation = "";
        try {
            simulation.run();
        } catch (Violation broken) {
            violation = broken.getMessage();
        } catch (RuntimeException e) {
            violation = "seed " + seed + ": " + e;
        }
        add(seed, simulation.result(), violation);
    }

    private synchronized void add(long seed, Simulation.Result result, String violation) {
        seeds++;
        events += result.events();
        simulated = simulated.plus(result.simulated());
        result.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        result.actions().forEach((action, count) -> actions.merge(action, count, Long::sum));
        if (!violation.isEmpty()) {
            broken.add(seed);
            if (broken.size() <= VIOLATIONS_TOLD) {
                System.out.println(violation);
            }
        }
    }

    private synchronized void tell(double seconds) {
        System.out.printf(
                "%d runs, %d broken %s; %d events, %.0f/s; %.0f h simulated, %.0f times as fast as the clock; %s; %s; seconds until shown, half and 99 of 100, without faults: %s%n",
                seeds,
                broken.size(),
                broken,
                events,
                events / seconds,
                simulated.toSeconds() / 3600.0,
                simulated.toSeconds() / seconds,
                faults,
                actions,
                shownAfter);
    }
}
