package dev.lockstep.local.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One rule of misbehaviour.
 *
 * @param match {@code "POST /users/*}{@code /presence/*"}: a method (or {@code *}) and the end of a path, with
 *     {@code *} for any text; outgoing notifications are matched as {@code "NOTIFY <path of the receiver>"}
 * @param afterWork the platform does the work and only then misbehaves: the caller cannot know that it was done
 * @param probability 0 to 1, drawn for each match
 * @param times how often it strikes at most; negative for always
 * @param delay how long to delay, to hang, or to wait at most for the next one to overtake
 * @param retryAfter put into {@code Retry-After} of 429 and 5xx; zero leaves the header out
 * @param status the status of 5xx, html-error and empty-error
 */
public record Fault(
        String match,
        Kind kind,
        boolean afterWork,
        double probability,
        int times,
        Duration delay,
        Duration retryAfter,
        int status) {

    /** What goes wrong. Notifications know only delay, drop, duplicate and reorder. */
    public enum Kind {
        DELAY("delay"),
        DROP("drop"),
        DUPLICATE("duplicate"),
        REORDER("reorder"),
        TOO_MANY("429"),
        SERVER_ERROR("5xx"),
        HANG("hang"),
        HTML_ERROR("html-error"),
        EMPTY_ERROR("empty-error");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("kind must be one of " + words()));
        }

        private static String words() {
            return Arrays.stream(values()).map(kind -> kind.word).collect(Collectors.joining(", "));
        }
    }

    /** Strikes every time, before the work, with the kind's usual figures. */
    public static Fault of(String match, Kind kind) {
        Duration delay = switch (kind) {
            case HANG -> Duration.ofMinutes(2);
            case DELAY, REORDER -> Duration.ofSeconds(1);
            default -> Duration.ZERO;
        };
        Duration retryAfter = kind == Kind.TOO_MANY ? Duration.ofSeconds(1) : Duration.ZERO;
        return new Fault(match, kind, false, 1, -1, delay, retryAfter, kind == Kind.HTML_ERROR ? 502 : 503);
    }

    public Fault times(int most) {
        return new Fault(match, kind, afterWork, probability, most, delay, retryAfter, status);
    }

    public Fault once() {
        return times(1);
    }

    public Fault after() {
        return new Fault(match, kind, true, probability, times, delay, retryAfter, status);
    }

    public Fault withProbability(double chance) {
        return new Fault(match, kind, afterWork, chance, times, delay, retryAfter, status);
    }

    public Fault withDelay(Duration time) {
        return new Fault(match, kind, afterWork, probability, times, time, retryAfter, status);
    }

    public Fault withRetryAfter(Duration time) {
        return new Fault(match, kind, afterWork, probability, times, delay, time, status);
    }

    public Fault withStatus(int code) {
        return new Fault(match, kind, afterWork, probability, times, delay, retryAfter, code);
    }

    static Fault read(JsonNode node) {
        Kind kind = Kind.of(node.path("kind").asText());
        Fault usual = of(node.path("match").asText("*"), kind);
        return new Fault(
                usual.match,
                kind,
                node.path("afterWork").asBoolean(false),
                node.path("probability").asDouble(1),
                node.path("times").asInt(-1),
                Duration.ofMillis(node.path("delayMs").asLong(usual.delay.toMillis())),
                Duration.ofSeconds(node.path("retryAfterSeconds").asLong(usual.retryAfter.toSeconds())),
                node.path("status").asInt(usual.status));
    }

    ObjectNode write() {
        return Json.object()
                .put("match", match)
                .put("kind", kind.word)
                .put("afterWork", afterWork)
                .put("probability", probability)
                .put("times", times)
                .put("delayMs", delay.toMillis())
                .put("retryAfterSeconds", retryAfter.toSeconds())
                .put("status", status);
    }
}
