package dev.lockstep.board;

import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;

/** Statuses and times as a supervisor reads them. */
final class Words {
    private Words() {}

    static String of(Status status) {
        return switch (status) {
            case AVAILABLE -> "Available";
            case AWAY -> "Away";
            case BE_RIGHT_BACK -> "Be right back";
            case BUSY -> "Busy";
            case IN_A_MEETING -> "In a meeting";
            case ON_A_CALL -> "On a call";
            case DO_NOT_DISTURB -> "Do not disturb";
            case OFFLINE -> "Offline";
        };
    }

    /** {@code 4 min ago}; in the largest unit only, which is exact enough at a glance. */
    static String ago(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min ago";
        }
        return age.toDays() < 1 ? age.toHours() + " h ago" : age.toDays() + " d ago";
    }

    /** {@code 2026-11-22 09:14:03 UTC} */
    static String absolute(Instant then) {
        return then.toString().substring(0, 19).replace('T', ' ') + " UTC";
    }
}
