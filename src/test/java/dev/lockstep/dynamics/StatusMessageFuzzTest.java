package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damages real bodies in many ways: each ends in a message whose parts are well-formed, or in the one documented
 * exception. A failure names the seed and the round; {@code -Dlockstep.fuzz.seed=…} replays it.
 */
class StatusMessageFuzzTest {
    private static final long SEED = Long.getLong("lockstep.fuzz.seed", 20261122L);
    private static final int ROUNDS = Integer.getInteger("lockstep.fuzz.rounds", 6000);
    private static final List<String> BODIES = List.of(
            "/dataverse/agentstatus-update.json",
            "/dataverse/agentstatus-update.json",
            "/dataverse/agentstatus-size-exceeded.json",
            "/vectors/dataverse/create-account-sync.json",
            "/vectors/dataverse/create-all-field-types-sync.json",
            "/vectors/dataverse/create-all-types-async.json",
            "/vectors/dataverse/update-account-typed-guid.json",
            "/vectors/dataverse/update-activity-setstate-async-preimage.json",
            "/vectors/dataverse/update-contact-async.json");
    private static final List<String> PIECES = List.of(
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "-0",
            "1e999",
            "9".repeat(400),
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"/Date(99999999999999)/\"",
            "\"/Date(--1)/\"",
            "{\"key\":null,\"value\":[[[]]]}",
            "\"Target\"",
            "{\"__value\":{\"__value\":{}}}",
            "{\"Id\":[{}]}",
            "\"msdyn_agentid\"",
            "\"+999999999-12-31T23:59:60Z\"");
    private static final Pattern VALUE = Pattern.compile("(?<=: ?)(\"(?:[^\"\\\\]|\\\\.)*\"|[-0-9a-z.]+)");

    private int understood;
    private int refused;

    @Test
    @Timeout(60)
    void everyDamagedBodyIsUnderstoodOrRefused() throws Exception {
        List<byte[]> bodies = new ArrayList<>();
        for (String name : BODIES) {
            bodies.add(StatusMessageTest.body(name));
        }
        long started = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            byte[] damaged = bodies.get(random.nextInt(bodies.size()));
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged = damage(damaged, random);
            }
            tryOut(damaged, round);
        }
        assertThat(understood).as("messages understood").isGreaterThan(ROUNDS / 10);
        assertThat(refused).as("messages refused").isGreaterThan(ROUNDS / 10);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(50));
    }

    private void tryOut(byte[] body, int round) {
        try {
            StatusMessage message = StatusMessage.parse(body);
            check(message);
            understood++;
        } catch (StatusMessage.Malformed e) {
            refused++;
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new AssertionError("seed " + SEED + ", round " + round, e);
        }
    }

    private static void check(StatusMessage message) {
        assertThat(message.table()).isNotBlank();
        message.systemUserId().ifPresent(id -> assertThat(id).hasSize(36));
        message.statusRowId().ifPresent(id -> assertThat(id).hasSize(36));
        message.fields()
                .forEach((name, value) ->
                        assertThat(wellFormed(name, value)).as(name).isTrue());
    }

    private static boolean wellFormed(String field, String value) {
        return switch (field) {
            case StatusFields.PRESENCE_ID, StatusFields.MODIFIED_BY_USER ->
                Guid.of(value).isPresent();
            case StatusFields.LOGGED_IN -> value.equals("true") || value.equals("false");
            case StatusFields.PRESENCE_MODIFIED_ON, StatusFields.CHANGED_ON -> java.time.Instant.parse(value) != null;
            case StatusFields.EVENT, StatusFields.CONVERSATIONS -> value.matches("-?\\d+");
            default -> !value.isBlank();
        };
    }

    private static byte[] damage(byte[] body, Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> flipped(body, random);
            case 1 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
            case 2 -> without(body, random);
            case 3 -> spliced(body, random);
            default -> replaced(body, random);
        };
    }

    private static byte[] flipped(byte[] body, Random random) {
        byte[] copy = body.clone();
        for (int i = random.nextInt(3); i >= 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static byte[] without(byte[] body, Random random) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + random.nextInt(200));
        return joined(Arrays.copyOf(body, from), Arrays.copyOfRange(body, to, body.length));
    }

    private static byte[] spliced(byte[] body, Random random) {
        int at = random.nextInt(body.length + 1);
        String piece =
                random.nextInt(20) == 0 ? "[".repeat(random.nextInt(3000)) : PIECES.get(random.nextInt(PIECES.size()));
        return joined(
                joined(Arrays.copyOf(body, at), piece.getBytes(StandardCharsets.UTF_8)),
                Arrays.copyOfRange(body, at, body.length));
    }

    /** Keeps the body JSON: one of its values becomes another. */
    private static byte[] replaced(byte[] body, Random random) {
        String text = new String(body, StandardCharsets.UTF_8);
        int at = text.isEmpty() ? 0 : random.nextInt(text.length());
        Matcher value = VALUE.matcher(text);
        if (!value.find(at)) {
            return body;
        }
        String other = PIECES.get(random.nextInt(PIECES.size()));
        return (text.substring(0, value.start()) + other + text.substring(value.end()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
