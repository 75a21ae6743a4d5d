package dev.lockstep.store.dynamodb;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Our values as DynamoDB's, and back. */
final class Attributes {
    private Attributes() {}

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue bytes(byte[] value) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(value));
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** Seconds since 1970 with nine decimals: exact, and in order of time. */
    static AttributeValue exact(Instant at) {
        BigDecimal seconds = BigDecimal.valueOf(at.getEpochSecond()).add(BigDecimal.valueOf(at.getNano(), 9));
        return AttributeValue.fromN(seconds.toPlainString());
    }

    /** Whole seconds, as time to live wants them, never before the instant itself. */
    static AttributeValue timeToLive(Instant at) {
        return number(at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0));
    }

    static AttributeValue texts(Collection<String> values) {
        return AttributeValue.fromL(values.stream().map(Attributes::text).toList());
    }

    static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    static Optional<byte[]> bytes(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::b).map(SdkBytes::asByteArray);
    }

    static Optional<Long> number(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::n).map(Long::valueOf);
    }

    static Optional<Instant> instant(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::n).map(Attributes::instant);
    }

    static List<String> texts(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::l).orElse(List.of()).stream()
                .map(AttributeValue::s)
                .toList();
    }

    private static Instant instant(String seconds) {
        BigDecimal exact = new BigDecimal(seconds);
        BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(), exact.subtract(whole).movePointRight(9).longValueExact());
    }
}
