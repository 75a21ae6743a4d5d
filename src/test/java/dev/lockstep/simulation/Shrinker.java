package dev.lockstep.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Cuts a failing run down: leaves out as many actions and faults as it can while something still breaks (delta
 * debugging: Zeller, Hildebrandt, Simplifying and isolating failure-inducing input, 2002).
 */
final class Shrinker {
    private static final int MOST_RUNS = 400;

    private int runs;

    /** A scenario that fails, what it fails with, and what is left in it: turns with what is done in them, and faults. */
    record Shrunk(Scenario scenario, Violation violation, SortedMap<String, String> left) {}

    /** @return empty if the scenario does not fail */
    Optional<Shrunk> shrink(Scenario scenario) {
        return attempt(scenario).map(this::shorter).map(this::fewer);
    }

    private Optional<Shrunk> attempt(Scenario scenario) {
        runs++;
        Simulation simulation = new Simulation(scenario);
        try {
            simulation.run();
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(new Shrunk(scenario, violation, simulation.happened()));
        }
    }

    /** People stop earlier. */
    private Shrunk shorter(Shrunk failing) {
        Shrunk best = failing;
        for (Duration half = best.scenario().length().dividedBy(2);
                half.compareTo(Duration.ofSeconds(10)) > 0;
                half = half.dividedBy(2)) {
            best = attempt(best.scenario().lasting(best.scenario().length().minus(half)))
                    .orElse(best);
        }
        return best;
    }

    /** Leaves out one part after the other, in ever smaller parts. */
    private Shrunk fewer(Shrunk failing) {
        Shrunk best = failing;
        for (int parts = 2;
                runs < MOST_RUNS;
                parts = Math.min(parts * 2, Math.max(best.left().size(), 1))) {
            int before = best.left().size();
            best = pass(best, parts);
            boolean single = parts >= best.left().size();
            if (single && best.left().size() == before) {
                return best;
            }
        }
        return best;
    }

    private Shrunk pass(Shrunk failing, int parts) {
        Shrunk best = failing;
        List<String> all = new ArrayList<>(failing.left().keySet());
        int size = Math.max(1, (all.size() + parts - 1) / parts);
        for (int from = 0; from < all.size() && runs < MOST_RUNS; from += size) {
            Set<String> part = new TreeSet<>(all.subList(from, Math.min(from + size, all.size())));
            part.retainAll(best.left().keySet());
            if (!part.isEmpty()) {
                Shrunk current = best;
                best = attempt(current.scenario().without(part))
                        .filter(next -> next.left().size() < current.left().size())
                        .orElse(current);
            }
        }
        return best;
    }
}
