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
 * <p>The client repeats a call whose answer was lost, so a counter may count twice and places of a line may be taken
 * twice: too careful, never too generous.
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

    /** Within a line one addition; where it lies behind the floor, whoever is first moves it there. */
    @Override
    public long reserve(String key, long amount, long floor) {
        Map<String, AttributeValue> values = Map.of(":amount", number(amount), ":floor", number(floor));
        Map<String, AttributeValue> atFloor = Map.of(":end", number(floor + amount), ":floor", number(floor));
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Long> end = update(key, "ADD #value :amount", "#value >= :floor", values)
                    .newValue()
                    .or(() -> update(
                                    key,
                                    "SET #value = :end",
                                    "attribute_not_exists(#value) OR #value < :floor",
                                    atFloor)
                            .newValue());
            if (end.isPresent()) {
                return end.get() - amount;
            }
        }
        throw contended(key);
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
