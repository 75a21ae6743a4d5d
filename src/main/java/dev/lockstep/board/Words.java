package dev.lockstep.board;

import dev.lockstep.platform.Condition;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;

/** Statuses, times and what stands behind them as a supervisor reads them. */
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

    /** As the timeline keeps it: by its label; blank for none. */
    static String ofLabel(String label) {
        return Status.of(label).map(Words::of).orElse(label.isBlank() ? "nothing known" : label);
    }

    static String of(Condition condition) {
        return switch (condition) {
            case IN_SYNC -> "in sync";
            case PENDING -> "being written";
            case UNCONFIRMED -> "written, and never shown";
            case NOT_SIGNED_IN -> "waits for the sign-in";
            case HELD_BY_PERSON -> "held by the person";
            case THROTTLED -> "the platform asks us to wait";
            case PERMISSION_MISSING -> "the platform refuses us";
            case UNMAPPED -> "nothing carries it there";
            case LOOP_SUSPECTED -> "somebody else writes as well";
            case OFF -> "writing is switched off";
        };
    }

    /** Who said something: {@code Dynamics}, {@code phone desk}, {@code a person through Lockstep}. */
    static String source(String name, PlatformCatalogue catalogue) {
        if (name.startsWith("application:user:")) {
            return "a person through Lockstep";
        }
        if (name.startsWith("phone:")) {
            return "phone " + name.substring("phone:".length());
        }
        return name.startsWith("schedule:") ? "the schedule" : catalogue.displayName(name);
    }

    /** What made us look, as the timeline names it. */
    static String trigger(String name) {
        return switch (name) {
            case "phone-event" -> "a phone told it";
            case "dynamics-change" -> "Dynamics told it";
            case "teams-change" -> "Teams told it";
            case "teams-watch" -> "seen in Teams";
            case "shift-end" -> "shifts";
            case "api" -> "an application or a person asked for it";
            case "board" -> "asked for on the board";
            case "sync" -> "tried again";
            case "sweep" -> "looked at again";
            case "directory" -> "read with the directory";
            default -> name;
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

    /** {@code 3 h 12 min}; less than a minute is none. */
    static String lasting(Duration time) {
        String minutes = time.toMinutesPart() + " min";
        return time.toHours() == 0 ? minutes : time.toHours() + " h " + minutes;
    }

    /** {@code 2026-11-22 09:14:03 UTC} */
    static String absolute(Instant then) {
        return then.toString().substring(0, 19).replace('T', ' ') + " UTC";
    }
}
