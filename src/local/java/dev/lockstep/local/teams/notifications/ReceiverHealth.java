package dev.lockstep.local.teams.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How one receiver of notifications fares, learn.microsoft.com/graph/change-notifications-delivery-webhooks: over 10 %
 * of answers slower than 3 s in 10 minutes delays new notifications by 10 minutes, over 15 % slower than 10 s drops
 * them for 10 minutes.
 */
final class ReceiverHealth {
    static final Duration PENALTY = Duration.ofMinutes(10);
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration LOST = Duration.ofSeconds(10);

    private final int judgedFrom;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private Instant slowUntil = Instant.MIN;
    private Instant droppedUntil = Instant.MIN;

    ReceiverHealth(int judgedFrom) {
        this.judgedFrom = judgedFrom;
    }

    private record Answer(Instant at, Duration took) {}

    synchronized void answered(Instant now, Duration took) {
        answers.addLast(new Answer(now, took));
        while (answers.getFirst().at.plus(PENALTY).isBefore(now)) {
            answers.removeFirst();
        }
        if (answers.size() < judgedFrom) {
            return;
        }
        if (share(LOST) > 0.15) {
            droppedUntil = now.plus(PENALTY);
            answers.clear();
        } else if (share(SLOW) > 0.10) {
            slowUntil = now.plus(PENALTY);
            answers.clear();
        }
    }

    synchronized boolean dropsAt(Instant now) {
        return now.isBefore(droppedUntil);
    }

    synchronized Duration delayAt(Instant now) {
        return now.isBefore(slowUntil) ? PENALTY : Duration.ZERO;
    }

    private double share(Duration limit) {
        long over = answers.stream()
                .filter(answer -> answer.took.compareTo(limit) >= 0)
                .count();
        return (double) over / answers.size();
    }
}
