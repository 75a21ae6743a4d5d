package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Why what was told of an agent changes nothing that people see, in words for the timeline. */
record Unchanged(AgentState state, Instant now) {
    private static final String KNOWN = "changes nothing: it was known, or a later event says otherwise";

    /** What platforms show by themselves changes nothing most of the time, and nobody asks why. */
    List<String> by(List<Evidence> evidence) {
        return evidence.stream()
                .flatMap(item -> switch (item) {
                    case Evidence.Reported reported -> Stream.of(by(reported.signal()));
                    case Evidence.Observed observed -> Stream.empty();
                })
                .distinct()
                .toList();
    }

    /** Why what a person or an application said may be outweighed by something else; calls ring and are no news. */
    List<String> outweighed(List<Evidence> evidence) {
        return by(evidence.stream()
                .filter(item -> item instanceof Evidence.Reported reported && isSaid(reported.signal()))
                .toList());
    }

    private static boolean isSaid(Signal signal) {
        return signal instanceof Signal.Choice || signal instanceof Signal.Fact;
    }

    private String by(Signal signal) {
        return switch (signal) {
            case Signal.Call call ->
                state.situation().calls().isOver(call)
                        ? "changes nothing: this call has ended; under its id only what is newer begins another"
                        : KNOWN;
            case Signal.Choice choice -> by(choice);
            case Signal.Fact fact -> "changes nothing: something more restrictive counts, or it was known";
            case Signal.Calls calls -> KNOWN;
            case Signal.FactEnded end -> KNOWN;
            case Signal.ChoiceWithdrawn withdrawn -> KNOWN;
            case Signal.SignedIn in -> KNOWN;
            case Signal.SignedOut out -> KNOWN;
            case Signal.Shifts shifts -> KNOWN;
        };
    }

    private String by(Signal.Choice choice) {
        boolean isEarly = choice.status() == Status.AVAILABLE
                && !state.situation().signIn().holdsAt(now);
        return isEarly
                ? "changes nothing now: available counts once the agent signs in"
                : "changes nothing: something newer or more restrictive counts, or it was known";
    }
}
