package dev.lockstep.phone;

import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Calls;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of event that every phone system is translated to, and what else phones call them. */
enum PhoneKind {
    RINGING("incoming", "incoming_call", "alerting", "offering", "offered", "pending", "queued", "ring"),
    DIALING(
            "outgoing",
            "outgoing_call",
            "calling",
            "connecting",
            "contacting",
            "early",
            "proceeding",
            "trying",
            "initiated",
            "setup",
            "ringback"),
    CONNECTED(
            "answered",
            "answer",
            "answer_new_incoming_call",
            "established",
            "accepted",
            "active",
            "in_progress",
            "talking",
            "up",
            "retrieved",
            "unparked"),
    /** Over, or no longer this line's: somebody else has it now. */
    ENDED(
            "end",
            "hangup",
            "hang_up",
            "hung_up",
            "terminated",
            "disconnect",
            "disconnected",
            "disconnecting",
            "completed",
            "finished",
            "gone",
            "released",
            "closed",
            "parked",
            "transferred",
            "transfer_finished"),
    /** Nobody answered it, here or there. */
    MISSED(
            "missed_call",
            "no_answer",
            "noanswer",
            "unanswered",
            "rejected",
            "reject_incoming_call",
            "declined",
            "forwarded",
            "forward_incoming_call",
            "canceled",
            "cancelled",
            "cancel_callout",
            "remote_canceled",
            "remote_busy",
            "failed",
            "error"),
    HELD("hold", "on_hold", "onhold"),
    RESUMED("resume", "unhold", "unheld"),
    /** The whole device has no call. */
    IDLE("busy_to_idle", "no_call", "nocall"),
    /** The device has some call. */
    BUSY("idle_to_busy"),
    DND_ON("open_dnd"),
    DND_OFF("close_dnd"),
    /** Somebody signs on at a phone of many. Whose calls those are is told by the line, so it says nothing of a call. */
    LOGIN("log_on", "logon", "log_in", "logged_in", "user_logged_in", "agent_login"),
    LOGOUT("log_off", "logoff", "log_out", "logged_out", "user_logged_out", "agent_logout", "agent_logoff");

    /** Of a word for what becomes of a call, {@code call_} before it says no more. */
    private static final String CALL = "call_";

    private static final String DND = "dnd";

    /** A phone that is unplugged never takes it back. Teams ends its own Do not disturb after a day too. */
    private static final Duration DND_LIFE = Duration.ofDays(1);

    private final List<String> synonyms;

    PhoneKind(String... synonyms) {
        this.synonyms = List.of(synonyms);
    }

    static Optional<PhoneKind> of(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return called(wanted)
                .or(() -> called(wanted.startsWith(CALL) ? wanted.substring(CALL.length()) : "")
                        .filter(PhoneKind::isAboutOneCall));
    }

    private static Optional<PhoneKind> called(String wanted) {
        return Arrays.stream(values())
                .filter(kind -> kind.names().anyMatch(wanted::equals))
                .findFirst();
    }

    /** Its own first. */
    Stream<String> names() {
        return Stream.concat(Stream.of(name().toLowerCase(Locale.ROOT)), synonyms.stream());
    }

    boolean isAboutOneCall() {
        return switch (this) {
            case RINGING, DIALING, CONNECTED, ENDED, MISSED, HELD, RESUMED -> true;
            case IDLE, BUSY, DND_ON, DND_OFF, LOGIN, LOGOUT -> false;
        };
    }

    /** @param about the call that the event is about, as far as it names one */
    List<Signal> signals(About about) {
        return switch (this) {
            case RINGING -> List.of(about.call(CallState.RINGING));
            case DIALING -> List.of(about.call(CallState.DIALING));
            case CONNECTED -> about.isUnnamed() ? about.begun() : List.of(about.call(CallState.CONNECTED));
            case ENDED -> List.of(about.call(CallState.ENDED));
            case MISSED -> about.isUnnamed() ? List.of() : about.rungInVain();
            case HELD -> List.of(about.call(CallState.HELD));
            case RESUMED -> List.of(about.call(CallState.RESUMED));
            case IDLE -> List.of(about.calls(Set.of()));
            case BUSY -> about.someCall().begun();
            case DND_ON -> List.of(about.doNotDisturb());
            case DND_OFF -> List.of(new Signal.FactEnded(about.source, about.moment, DND));
            case LOGIN, LOGOUT -> List.of();
        };
    }

    /**
     * Which call an event is about.
     *
     * <p>A call that is missed without being named says nothing of the others: taken for an end it would end the one
     * call that is up.
     *
     * @param callId blank if it names none
     * @param weakId whether the id will be used again for another call
     */
    record About(Source source, SourceTime moment, String line, String callId, boolean weakId) {
        private boolean isUnnamed() {
            return callId.isBlank();
        }

        /** "In use" is every call's name in turn. */
        private About someCall() {
            return new About(source, moment, line, Calls.SOME_CALL, true);
        }

        private Signal call(CallState state) {
            return new Signal.Call(source, moment, line, callId, state, weakId);
        }

        /** A call without a name of its own begins anew each time: the end of the one before must not keep it down. */
        private List<Signal> begun() {
            return Stream.of(CallState.DIALING, CallState.CONNECTED)
                    .map(this::call)
                    .toList();
        }

        /** It was never up, and so is not the call that keeps the phone in use. */
        private List<Signal> rungInVain() {
            return Stream.of(CallState.RINGING, CallState.ENDED).map(this::call).toList();
        }

        Signal calls(Set<String> callIds) {
            return new Signal.Calls(source, moment, line, callIds, weakId);
        }

        private Signal doNotDisturb() {
            Optional<Instant> until = Optional.of(moment.at().plus(DND_LIFE));
            return new Signal.Fact(source, moment, DND, Status.DO_NOT_DISTURB, until);
        }
    }
}
