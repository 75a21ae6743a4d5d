package dev.lockstep.store.dynamodb;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an item takes in DynamoDB: names and values in bytes (DynamoDB developer guide, "DynamoDB item sizes and
 * formats"), and one write unit for each kilobyte that was begun.
 */
final class ItemSize {
    private static final int UNIT = 1024;

    private ItemSize() {}

    static int bytes(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(each -> utf8(each.getKey()) + bytes(each.getValue()))
                .sum();
    }

    /** To write an item, or to delete it; none if there is nothing. */
    static long units(Map<String, AttributeValue> item) {
        return (bytes(item) + UNIT - 1L) / UNIT;
    }

    private static int bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> new BigDecimal(value.n()).stripTrailingZeros().precision() / 2 + 2;
            case B -> value.b().asByteArrayUnsafe().length;
            case L -> 3 + elements(value.l());
            case M -> 3 + bytes(value.m()) + value.m().size();
            default -> throw new AssertionError("nothing of this type is stored: " + value.type());
        };
    }

    private static int elements(Collection<AttributeValue> values) {
        return values.stream().mapToInt(value -> 1 + bytes(value)).sum();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
