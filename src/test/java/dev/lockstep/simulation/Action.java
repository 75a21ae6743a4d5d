package dev.lockstep.simulation;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Something that a person does.
 *
 * @param weight how often it is done, beside the others of its place that can be done at that time
 * @param possible whether it can be done now
 */
record Action(String name, int weight, BooleanSupplier possible, Runnable run) {
    static Action of(String name, int weight, Runnable run) {
        return new Action(name, weight, () -> true, run);
    }

    Action when(BooleanSupplier precondition) {
        return new Action(name, weight, () -> possible.getAsBoolean() && precondition.getAsBoolean(), run);
    }

    /**
     * All race each other, at speeds of their weights, and the first that is possible wins. So, unlike in a draw among
     * those that are possible, what becomes impossible changes nothing where another one was faster: a failing run that
     * is cut down stays the same run.
     */
    static Optional<Action> fastest(List<Action> actions, Random chance) {
        Optional<Action> winner = Optional.empty();
        double best = Double.POSITIVE_INFINITY;
        for (Action action : actions) {
            double time = -Math.log(1 - chance.nextDouble()) / action.weight();
            if (time < best && action.possible().getAsBoolean()) {
                winner = Optional.of(action);
                best = time;
            }
        }
        return winner;
    }
}
