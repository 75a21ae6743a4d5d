package dev.lockstep.phone;

import dev.lockstep.presence.SourceTime;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an event happened.
 *
 * <p>It was signed a short while ago at most. So what claims to be hours old, or to lie ahead, is no late delivery but
 * has a wrong clock: often a local time that is called UTC. Such an event counts from its receipt. What it tells still
 * orders it among the events of its own source, which are all wrong by as much.
 *
 * @param sentAt when it was signed
 * @param tolerance by how much a clock may be ahead
 */
record EventTime(CloudEvent event, Optional<Instant> sentAt, Instant receivedAt, Duration tolerance) {
    /** Somewhat longer than the longest retry known, about 85 minutes after the event (Zoom Phone, webhook delays). */
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(90);

    /** A signature's time has no fractions. */
    private static final Duration SECOND = Duration.ofMillis(999);

    /** Clocks are wrong by whole zones, and a zone is a multiple of it. */
    private static final int ZONE_STEP_MINUTES = 15;

    private static final int MOST_MINUTES = 24 * 60;

    SourceTime moment() {
        Instant latest =
                sentAt.map(sent -> earlier(sent.plus(SECOND), receivedAt)).orElse(receivedAt);
        Instant at = event.time()
                .filter(this::isCredible)
                .map(time -> earlier(time, latest))
                .orElse(latest);
        SourceTime moment = SourceTime.at(at);
        return event.time().map(time -> moment.told(time, receivedAt)).orElse(moment);
    }

    private boolean isCredible(Instant time) {
        return !time.isBefore(receivedAt.minus(LONGEST_RETRY)) && !time.isAfter(receivedAt.plus(tolerance));
    }

    /** What is wrong with the time, in words of which there are not many. */
    Optional<String> mistake() {
        if (event.hasUnreadableTime()) {
            return Optional.of("unreadable");
        }
        return event.time().filter(time -> !isCredible(time)).map(this::offset);
    }

    private String offset(Instant time) {
        double minutes = Duration.between(receivedAt, time).toSeconds() / 60.0;
        if (Math.abs(minutes) > MOST_MINUTES) {
            return minutes > 0 ? "more_than_a_day_ahead" : "more_than_a_day_behind";
        }
        long rounded = Math.abs(Math.round(minutes / ZONE_STEP_MINUTES)) * ZONE_STEP_MINUTES;
        return "%d:%02d_h_%s".formatted(rounded / 60, rounded % 60, minutes > 0 ? "ahead" : "behind");
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
