package dev.lockstep.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Damages valid messages in every way that parsers are known to stumble over: bits, lengths, doubled and missing parts,
 * doubled names, values of another type, numbers, texts and times at the edge of what there is, depth, and bytes that
 * are no UTF-8.
 *
 * <p>Every round has a random source of its own, so one is played again without those before it. A failure names both:
 * {@code -Dlockstep.fuzz.seed=… -Dlockstep.fuzz.round=…}; {@code -Dlockstep.fuzz.rounds=…} makes it longer.
 */
public final class Fuzz {
    private static final long SEED = Long.getLong("lockstep.fuzz.seed", 20261122L);
    private static final int ROUNDS = Integer.getInteger("lockstep.fuzz.rounds", 3_000);
    private static final int ONE_ROUND = Integer.getInteger("lockstep.fuzz.round", -1);
    private static final int MOST_DAMAGES = 4;
    private static final int LONG_STRETCH = 200;
    private static final int LONG_TEXT = 50_000;

    /** What a value may become. Each is a value of JSON, though not one that anybody expects. */
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "{}",
            "[]",
            "[null]",
            "\"\"",
            "\" \"",
            "-0",
            "0.1",
            "1e999",
            "-1e-999",
            "1E400000000",
            "9".repeat(400),
            "-9223372036854775809",
            "2147483648",
            "\"2147483648\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"\\u202e\\ufeff\"",
            "\"😀\"",
            "\"%\"",
            "\"${jndi:x}\"",
            "\"' OR 1=1 --\"",
            "\"../..\"",
            "\"" + "é".repeat(300) + "\"",
            "{\"key\":null,\"value\":[[[]]]}",
            "{\"__value\":{\"__value\":{}}}",
            "{\"Id\":[{}]}",
            "\"2024-02-29T12:00:00Z\"",
            "\"2026-02-29T12:00:00Z\"",
            "\"2026-12-31T23:59:60Z\"",
            "\"2026-11-22T24:00:00Z\"",
            "\"2026-11-22T12:00:00+18:00\"",
            "\"2026-11-22T12:00:00+19:00\"",
            "\"2026-11-22 12:00\"",
            "\"2026-W47-7\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"+10000-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"+1000000000-12-31T23:59:59Z\"",
            "\"1795327012\"",
            "\"/Date(99999999999999)/\"",
            "\"/Date(-999999999999999)/\"",
            "\"/Date(--1)/\"",
            "\"PT2562047788015215H30M8S\"");

    /** Overlong, surrogates in UTF-8, cut short, and out of Unicode. */
    private static final List<byte[]> NO_UTF_8 = List.of(
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xFF, (byte) 0xFE});

    private static final List<String> MARKS =
            List.of("{", "}", "[", "]", "\"", ":", ",", "\\", "&", "=", "%", "#", "\n");

    private static final Pattern VALUE =
            Pattern.compile("(?<=[:,\\[] ?)(\"(?:[^\"\\\\]++|\\\\.)*+\"(?! ?:)|[-0-9a-z.]+)");
    private static final Pattern FIELD =
            Pattern.compile("\"[^\"\\\\]*\" ?: ?(\"(?:[^\"\\\\]++|\\\\.)*+\"|[-0-9a-z.]+)");

    private final Random random;

    private Fuzz(long round) {
        this.random = new Random(SEED + round);
    }

    /** What is tried: any exception and any failed assertion is a finding. */
    @FunctionalInterface
    public interface Target {
        void take(byte[] damaged, Random random) throws Exception;
    }

    /** The same for texts; what is no UTF-8 comes as replacement characters. */
    @FunctionalInterface
    public interface TextTarget {
        void take(String damaged, Random random) throws Exception;
    }

    /** Gives the target one damaged sample after the other. */
    public static void bytes(List<byte[]> samples, Target target) {
        run(samples, ROUNDS, target);
    }

    /** The same a tenth as often, for targets that sign or decrypt. */
    public static void costly(List<byte[]> samples, Target target) {
        run(samples, ROUNDS / 10, target);
    }

    private static void run(List<byte[]> samples, int rounds, Target target) {
        int first = Math.max(0, ONE_ROUND);
        int end = ONE_ROUND < 0 ? rounds : ONE_ROUND + 1;
        for (int round = first; round < end; round++) {
            Fuzz fuzz = new Fuzz(round);
            byte[] damaged = fuzz.damaged(samples);
            try {
                target.take(damaged, fuzz.random);
            } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError found) {
                String replay = "-Dlockstep.fuzz.seed=" + SEED + " -Dlockstep.fuzz.round=" + round;
                throw new AssertionError(replay + ": " + found, found);
            }
        }
    }

    public static void texts(List<String> samples, TextTarget target) {
        bytes(
                samples.stream()
                        .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                (damaged, random) -> target.take(new String(damaged, StandardCharsets.UTF_8), random));
    }

    /**
     * Bodies of a size that consist of nothing but depth: lists and objects, closed and not, where a value may stand.
     *
     * @param before what stands before the value
     * @param after what stands behind it
     */
    public static Stream<byte[]> depths(String before, String after, int size) {
        int room = size - before.length() - after.length();
        return Stream.of(
                        "[".repeat(room),
                        "[".repeat(room / 2) + "]".repeat(room / 2),
                        "{\"a\":".repeat(room / 6) + "1" + "}".repeat(room / 6 - 1),
                        "[{\"a\":".repeat(room / 8 - 1) + "1" + "}]".repeat(room / 8 - 1))
                .map(depth -> (before + depth + after).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] damaged(List<byte[]> samples) {
        byte[] damaged = one(samples);
        for (int i = random.nextInt(MOST_DAMAGES + 1); i > 0; i--) {
            damaged = damage(damaged, samples);
        }
        return damaged;
    }

    private byte[] damage(byte[] body, List<byte[]> samples) {
        return switch (random.nextInt(12)) {
            case 0 -> flipped(body);
            case 1 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
            case 2 -> without(body);
            case 3 -> with(body, stretch(body));
            case 4 -> with(body, stretch(one(samples)));
            case 5 -> with(body, one(NO_UTF_8));
            case 6 -> with(body, one(MARKS).getBytes(StandardCharsets.UTF_8));
            case 7 -> doubled(body);
            default -> otherValue(body);
        };
    }

    private byte[] flipped(byte[] body) {
        byte[] copy = body.clone();
        for (int i = random.nextInt(3); i >= 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] without(byte[] body) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + random.nextInt(LONG_STRETCH));
        return joined(Arrays.copyOf(body, from), Arrays.copyOfRange(body, to, body.length));
    }

    private byte[] stretch(byte[] body) {
        int from = random.nextInt(body.length + 1);
        return Arrays.copyOfRange(body, from, Math.min(body.length, from + random.nextInt(LONG_STRETCH)));
    }

    private byte[] with(byte[] body, byte[] piece) {
        int at = random.nextInt(body.length + 1);
        return joined(joined(Arrays.copyOf(body, at), piece), Arrays.copyOfRange(body, at, body.length));
    }

    /** A name that is given twice, with two values. */
    private byte[] doubled(byte[] body) {
        return replaced(
                body,
                FIELD,
                field -> field.group() + "," + field.group().substring(0, field.start(1) - field.start()) + odd());
    }

    /** Keeps the body's form: one of its values becomes another. */
    private byte[] otherValue(byte[] body) {
        return replaced(body, VALUE, value -> odd());
    }

    private byte[] replaced(byte[] body, Pattern pattern, java.util.function.Function<Matcher, String> other) {
        // One character for each byte, so that what is no UTF-8 stays what it is.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Matcher found = pattern.matcher(text);
        if (text.isEmpty() || !found.find(random.nextInt(text.length()))) {
            return body;
        }
        byte[] piece = other.apply(found).getBytes(StandardCharsets.UTF_8);
        return joined(
                joined(Arrays.copyOf(body, found.start()), piece), Arrays.copyOfRange(body, found.end(), body.length));
    }

    private String odd() {
        return switch (random.nextInt(10)) {
            case 0 -> {
                int depth = 1 + random.nextInt(random.nextInt(20) == 0 ? 3_000 : 60);
                yield "[".repeat(depth) + "]".repeat(depth);
            }
            case 1 -> "\"" + "x".repeat(random.nextInt(LONG_TEXT)) + "\"";
            default -> one(ODD);
        };
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
