package dev.lockstep.protocol.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call on a connection: of a phone system to us, or of us to an application. Holds neither bodies nor phone numbers
 * nor secrets.
 *
 * @param connection its name
 * @param id of an incoming call the gateway's request id, of an outgoing one its {@code webhook-id}
 * @param purpose why the call was made
 * @param status the answer's in HTTP; empty where there was none
 * @param understood in words, what it says
 * @param agents for whom it was, by their ids in Lockstep
 * @param why it was not taken as it is; blank where it was
 * @param remedy what to do about it; blank for nothing
 * @param by whose token asked for it; blank for nobody
 * @param took until the answer; zero of incoming calls
 */
public record Delivery(
        String connection,
        Instant at,
        Direction direction,
        Verdict verdict,
        String id,
        Purpose purpose,
        Optional<Integer> status,
        List<String> understood,
        List<String> agents,
        String why,
        String remedy,
        String by,
        Duration took) {
    public Delivery {
        understood = List.copyOf(understood);
        agents = List.copyOf(agents);
    }

    /** Who called whom. */
    public enum Direction {
        IN,
        OUT
    }

    /** What came of it. */
    public enum Verdict {
        /** Somebody else's call was recorded. */
        TAKEN,
        /** It was understood or at least genuine, and changes nothing. */
        IGNORED,
        /** It was not genuine, or could not be understood. */
        REFUSED,
        /** The application took our message. */
        DELIVERED,
        /** It did not. */
        FAILED;

        boolean isGood() {
            return this == TAKEN || this == DELIVERED;
        }
    }

    /** Why it was made. */
    public enum Purpose {
        /** Something happened. */
        EVENT,
        /** Somebody wanted to see whether it works; it changes nothing. */
        TEST,
        /** Somebody asked for the present status once more. */
        REPLAY
    }
}
