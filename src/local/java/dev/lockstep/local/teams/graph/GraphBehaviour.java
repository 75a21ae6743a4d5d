package dev.lockstep.local.teams.graph;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What Microsoft's pages leave open about Graph, and the limits they give. {@link #harsh()} takes the side that is
 * harder for a caller.
 *
 * @param latencyFrom least delay from a change to its notification
 * @param latencyTo most delay; Microsoft promises 10 s on average and a minute at most
 * @param options the ways in which this Graph differs from the harsh one
 * @param presenceLimit presence requests per 30 s, application and tenant
 * @param shiftsPerPage page size of the Shifts lists
 * @param judgedFrom how many answers of a receiver it takes to call it slow
 * @param retryAfter pause before the second attempt to notify; it doubles with each further one
 */
public record GraphBehaviour(
        Duration latencyFrom,
        Duration latencyTo,
        Set<Option> options,
        int presenceLimit,
        int shiftsPerPage,
        int judgedFrom,
        Duration retryAfter) {

    /** Readings of the pages that are not the harshest. */
    public enum Option {
        /** Notification URLs may be {@code http://}, as a laptop's are; the real platform refuses them. */
        PLAIN_HTTP_NOTIFICATIONS,
        /** Presence subscriptions without encryption, whose notifications carry ids only. */
        BASIC_PRESENCE_NOTIFICATIONS,
        /** The decrypted presence carries {@code sequenceNumber}. */
        SEQUENCE_NUMBER_IN_NOTIFICATION,
        /** Notifications of changes of the status message or of out of office alone. */
        NOTIFY_ON_MESSAGE,
        /** The outer status of a batch is 424 when a part was throttled, as an older page has it. */
        BATCH_SHOWS_THROTTLING,
        /** {@code Retry-After} in whole seconds; some of Microsoft's samples have a fraction. */
        WHOLE_RETRY_AFTER
    }

    public static GraphBehaviour harsh() {
        return new GraphBehaviour(
                Duration.ofMillis(500), Duration.ofSeconds(10), Set.of(), 1_500, 10, 10, Duration.ofSeconds(10));
    }

    public GraphBehaviour with(Option... more) {
        EnumSet<Option> all = EnumSet.noneOf(Option.class);
        all.addAll(options);
        all.addAll(List.of(more));
        return new GraphBehaviour(
                latencyFrom, latencyTo, Set.copyOf(all), presenceLimit, shiftsPerPage, judgedFrom, retryAfter);
    }

    /** Notifications take between these two delays. */
    public GraphBehaviour withLatency(Duration from, Duration to) {
        return new GraphBehaviour(from, to, options, presenceLimit, shiftsPerPage, judgedFrom, retryAfter);
    }

    /** Presence requests per 30 s. */
    public GraphBehaviour withPresenceLimit(int requests) {
        return new GraphBehaviour(latencyFrom, latencyTo, options, requests, shiftsPerPage, judgedFrom, retryAfter);
    }

    /** Notifications that were not taken are tried again after this long, then ever more slowly. */
    public GraphBehaviour withRetryAfter(Duration pause) {
        return new GraphBehaviour(latencyFrom, latencyTo, options, presenceLimit, shiftsPerPage, judgedFrom, pause);
    }

    public boolean has(Option option) {
        return options.contains(option);
    }
}
