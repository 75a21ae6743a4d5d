package dev.lockstep.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Runs the simulation for as long as asked and tells what it held: events, simulated time, faults. */
final class SimulationRun {
    private SimulationRun() {}

    /** Arguments: first seed, number of seeds, fault rate. */
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        int seeds = Integer.parseInt(arguments[1]);
        double rate = Double.parseDouble(arguments[2]);
        long events = 0;
        int broken = 0;
        Duration simulated = Duration.ZERO;
        Map<Faults.Kind, Long> faults = new EnumMap<>(Faults.Kind.class);
        long began = System.nanoTime();
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                Simulation.Result result = new Simulation(seed, 2, rate).run(Duration.ofHours(2));
                events += result.events();
                simulated = simulated.plus(result.simulated());
                result.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
            } catch (Violation violation) {
                broken++;
                if (broken <= 3) {
                    System.out.println(violation.getMessage());
                }
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%d seeds, %d broken, %d events, %.0f events/s, %s simulated, faults %s%n",
                seeds, broken, events, events / seconds, simulated, faults);
    }
}
