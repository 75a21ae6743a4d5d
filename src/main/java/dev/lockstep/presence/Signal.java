package dev.lockstep.presence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What one source says about one agent at one time. A signal is a hint to be folded, never an order. */
public sealed interface Signal {
    Source source();

    SourceTime moment();

    /**
     * A call's state.
     *
     * @param line the line or device that the call is on; ids are unique within it
     * @param callId the call; blank where the system names none
     * @param weakId whether the id is the device's own short number, which it will use again for another call
     */
    record Call(Source source, SourceTime moment, String line, String callId, CallState state, boolean weakId)
            implements Signal {
        public Call {
            callId = CallIds.bounded(callId);
        }
    }

    /** The complete list of the calls that are up on a line: what is not listed is over. */
    record Calls(Source source, SourceTime moment, String line, Set<String> callIds, boolean weakId) implements Signal {
        public Calls {
            callIds = callIds.stream().map(CallIds::bounded).collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * Something that is so, whether the person likes it or not: a meeting, work in hand, a call seen only as a status.
     *
     * @param key what it is, within the source
     * @param until when it stops being evidence if the source falls silent
     */
    record Fact(Source source, SourceTime moment, String key, Status status, Optional<Instant> until)
            implements Signal {}

    record FactEnded(Source source, SourceTime moment, String key) implements Signal {}

    /**
     * A status that the person picked.
     *
     * @param presence which one it is in its platform's own words, where the platform has several of one status: an
     *     organisation's "Lunch" and "Training" are Away both
     * @param from when it begins to count, for platforms whose news is held back for a while
     * @param until when its platform ends it by itself
     */
    record Choice(
            Source source,
            SourceTime moment,
            Status status,
            Optional<String> presence,
            Optional<Instant> from,
            Optional<Instant> until)
            implements Signal {
        public Choice(
                Source source, SourceTime moment, Status status, Optional<Instant> from, Optional<Instant> until) {
            this(source, moment, status, Optional.empty(), from, until);
        }
    }

    /** The choice that came from this source holds no longer; none is put in its place. */
    record ChoiceWithdrawn(Source source, SourceTime moment) implements Signal {}

    /**
     * The agent is signed in to the platform that routes work.
     *
     * @param login whether it is a sign of being there; coming back after a lost connection is none
     */
    record SignedIn(Source source, SourceTime moment, boolean login) implements Signal {}

    /**
     * @param effective when it counts: a lost connection may come back, a logout does not
     */
    record SignedOut(Source source, SourceTime moment, Instant effective) implements Signal {}

    /**
     * All shifts of the agent that a schedule has in a window of time. What it no longer lists was moved or deleted.
     *
     * @param from start of the window
     * @param shifts what begins or ends in it or lies around it, in order
     */
    record Shifts(Source source, SourceTime moment, Instant from, List<Shift> shifts) implements Signal {
        public Shifts {
            shifts = List.copyOf(shifts);
        }
    }
}
