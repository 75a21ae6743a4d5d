package dev.lockstep.store.dynamodb;

import static dev.lockstep.store.dynamodb.Attributes.exact;
import static dev.lockstep.store.dynamodb.Attributes.number;
import static dev.lockstep.store.dynamodb.Attributes.text;

import dev.lockstep.store.Control;
import dev.lockstep.store.StoreUnavailable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Small values in the table {@code control}.
 *
 * <p>Whole numbers are kept as numbers, so that a counter can be put and read like any other value. What has expired is
 * absent from that instant on ({@code endsAt}), although the store removes it only days later ({@code expiresAt}).
 *
 * <p>The client repeats a call whose answer was lost, so a counter may count twice and a budget may lose twice: too
 * careful, never too generous.
 */
final class DynamoControl implements Control {
    /** Two instances that meet at the same expired value: one of them goes round again, once. */
    private static final int ROUNDS = 5;

    private static final String ALIVE = "(attribute_not_exists(endsAt) OR endsAt > :now)";
    private static final String EXPIRED = "endsAt <= :now";
    private static final Map<String, String> NAMES = Map.of("#value", "value");

    private final DynamoTable table;
    private final InstantSource clock;

    DynamoControl(DynamoTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Optional<String> get(String key) {
        return table.item(key(key)).filter(this::isAlive).map(DynamoControl::value);
    }

    @Override
    public Map<String, String> withPrefix(String prefix) {
        ScanRequest.Builder request =
                ScanRequest.builder().tableName(table.name()).consistentRead(true);
        if (!prefix.isEmpty()) {
            request.filterExpression("begins_with(#key, :prefix)")
                    .expressionAttributeNames(Map.of("#key", "key"))
                    .expressionAttributeValues(Map.of(":prefix", text(prefix)));
        }
        SortedMap<String, String> found = new TreeMap<>();
        table.scan(request.build())
                .filter(this::isAlive)
                .forEach(item -> found.put(item.get("key").s(), value(item)));
        return found;
    }

    @Override
    public void put(String key, String value, Optional<Instant> expiresAt) {
        Map<String, AttributeValue> item = new HashMap<>(key(key));
        item.put("value", isWhole(value) ? AttributeValue.fromN(value) : text(value));
        expiresAt.ifPresent(end -> {
            item.put("endsAt", exact(end));
            item.put("expiresAt", Attributes.timeToLive(end));
        });
        table.write(dynamo -> dynamo.putItem(put -> put.tableName(table.name()).item(item)));
    }

    @Override
    public void remove(String key) {
        table.delete(key(key));
    }

    /** A given expiry replaces the one before; without one, that one stays. */
    @Override
    public long add(String key, long amount, Optional<Instant> expiresAt) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Long> sum = addTo(key, amount, expiresAt).or(() -> beginAnew(key, amount, expiresAt));
            if (sum.isPresent()) {
                return sum.get();
            }
        }
        throw contended(key);
    }

    private Optional<Long> addTo(String key, long amount, Optional<Instant> expiresAt) {
        String expiry = expiresAt.isPresent() ? " SET endsAt = :end, expiresAt = :expiresAt" : "";
        return update(key, "ADD #value :amount" + expiry, ALIVE, amounts(amount, expiresAt))
                .newValue();
    }

    private Optional<Long> beginAnew(String key, long amount, Optional<Instant> expiresAt) {
        String expiry = expiresAt.isPresent() ? ", endsAt = :end, expiresAt = :expiresAt" : " REMOVE endsAt, expiresAt";
        return update(key, "SET #value = :amount" + expiry, EXPIRED, amounts(amount, expiresAt))
                .newValue();
    }

    /** The budget ends when the first who took from it said, however often it is taken from: then it is full again. */
    @Override
    public boolean take(String key, long amount, long limit, Instant expiresAt) {
        if (amount > limit) {
            return false;
        }
        for (int round = 0; round < ROUNDS; round++) {
            Update taken = takeFrom(key, amount, limit, expiresAt);
            if (taken.newValue().isPresent() || isAlive(taken.inTheWay())) {
                return taken.newValue().isPresent();
            }
            if (beginAnew(key, amount, Optional.of(expiresAt)).isPresent()) {
                return true;
            }
        }
        throw contended(key);
    }

    private Update takeFrom(String key, long amount, long limit, Instant expiresAt) {
        Map<String, AttributeValue> values = amounts(amount, Optional.of(expiresAt));
        values.put(":room", number(limit - amount));
        return update(
                key,
                "ADD #value :amount SET endsAt = if_not_exists(endsAt, :end),"
                        + " expiresAt = if_not_exists(expiresAt, :expiresAt)",
                ALIVE + " AND (attribute_not_exists(#value) OR #value <= :room)",
                values);
    }

    private Map<String, AttributeValue> amounts(long amount, Optional<Instant> expiresAt) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":amount", number(amount));
        values.put(":now", exact(clock.instant()));
        expiresAt.ifPresent(end -> {
            values.put(":end", exact(end));
            values.put(":expiresAt", Attributes.timeToLive(end));
        });
        return values;
    }

    private Update update(String key, String expression, String condition, Map<String, AttributeValue> values) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table.name())
                .key(key(key))
                .updateExpression(expression)
                .conditionExpression(condition)
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.UPDATED_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        try {
            return new Update(
                    Attributes.number(
                            table.write(dynamo -> dynamo.updateItem(request)).attributes(), "value"),
                    Map.of());
        } catch (ConditionalCheckFailedException notMet) {
            return new Update(Optional.empty(), notMet.hasItem() ? notMet.item() : Map.of());
        }
    }

    private boolean isAlive(Map<String, AttributeValue> item) {
        Instant now = clock.instant();
        return Attributes.instant(item, "endsAt").map(now::isBefore).orElse(true);
    }

    private static String value(Map<String, AttributeValue> item) {
        AttributeValue value = item.get("value");
        return value.s() != null ? value.s() : value.n();
    }

    /** Only what a number would give back letter by letter. */
    private static boolean isWhole(String value) {
        return value.matches("0|-?[1-9][0-9]{0,17}");
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of("key", text(key));
    }

    private static StoreUnavailable contended(String key) {
        return new StoreUnavailable("control: too many change " + key + " at once", null);
    }

    /**
     * What became of an update.
     *
     * @param newValue empty if its condition did not hold
     * @param inTheWay what is stored, if the condition did not hold
     */
    private record Update(Optional<Long> newValue, Map<String, AttributeValue> inTheWay) {}
}
