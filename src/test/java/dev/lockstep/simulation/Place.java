package dev.lockstep.simulation;

import java.util.List;
import java.util.Random;

/**
 * Where a person does something: a phone, a platform, another application.
 *
 * @param weight how often the person does something there, beside the other places
 * @param actions all that can be done there
 */
record Place(String name, int weight, List<Action> actions) {
    static Place of(String name, int weight, Action... actions) {
        return new Place(name, weight, List.of(actions));
    }

    /** The name by which an action is traced and counted. */
    String named(Action action) {
        return name + ": " + action.name();
    }

    static Place drawn(List<Place> places, Random chance) {
        int left = chance.nextInt(places.stream().mapToInt(Place::weight).sum());
        int nth = 0;
        while (left >= places.get(nth).weight()) {
            left -= places.get(nth).weight();
            nth++;
        }
        return places.get(nth);
    }
}
