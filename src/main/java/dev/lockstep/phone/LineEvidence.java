package dev.lockstep.phone;

import dev.lockstep.presence.Signal;
import java.util.List;

/** What a phone system says, before it is known whom it concerns. */
public sealed interface LineEvidence {
    /**
     * Something about a line.
     *
     * @param lines names under which the line may be known, the most telling first; none if the phone gave no name
     * @param signals none if it changes nothing
     */
    record Said(List<String> lines, List<Signal> signals) implements LineEvidence {
        public Said {
            lines = List.copyOf(lines);
            signals = List.copyOf(signals);
        }
    }

    /** An event of a kind that means nothing to us. */
    record NotUnderstood(String kind) implements LineEvidence {}
}
