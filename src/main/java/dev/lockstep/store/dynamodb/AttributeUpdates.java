package dev.lockstep.store.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update of some of an item's attributes, all others left alone. Names are given apart because some, such as
 * {@code state}, are words of DynamoDB's own.
 */
record AttributeUpdates(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

    /**
     * @param next what they are to be
     * @param all those that are meant: of these, what {@code next} does not have is removed
     */
    static AttributeUpdates to(Map<String, AttributeValue> next, Set<String> all) {
        Set<String> gone = new TreeSet<>(all);
        gone.removeAll(next.keySet());
        Map<String, String> names = new HashMap<>();
        all.forEach(name -> names.put("#" + name, name));
        Map<String, AttributeValue> values = new HashMap<>();
        next.forEach((name, value) -> values.put(":" + name, value));
        String set = next.keySet().stream()
                .sorted()
                .map(name -> "#" + name + " = :" + name)
                .collect(Collectors.joining(", ", "SET ", ""));
        String remove = gone.stream().map(name -> "#" + name).collect(Collectors.joining(", ", " REMOVE ", ""));
        return new AttributeUpdates(gone.isEmpty() ? set : set + remove, names, values);
    }
}
