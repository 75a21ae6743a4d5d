package dev.lockstep.teams;

import dev.lockstep.platform.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A version of somebody's presence that is lower than one already seen. Mostly it is an old one that comes late, and a
 * later look shows the newer one again. But nobody says that Graph counts on for ever: what a second look still shows
 * when reads have long caught up is believed. It is noted beside the look that it contradicts.
 */
record FallenSequence(String sequence, Instant askedAt) {
    private static final String NOTED = "lowerSequence";
    private static final String NOTED_AT = "lowerSequenceSeenAt";

    static boolean isFallen(Observation seen, Observation known) {
        return known.field(TeamsPresence.SEQUENCE)
                .flatMap(higher -> seen.field(TeamsPresence.SEQUENCE).map(lower -> lower.compareTo(higher) < 0))
                .orElse(false);
    }

    static Optional<FallenSequence> notedIn(Observation known) {
        return known.field(NOTED)
                .flatMap(sequence -> known.field(NOTED_AT).map(at -> new FallenSequence(sequence, Instant.parse(at))));
    }

    /** @param lag for which reads may show what was before */
    boolean isConfirmedBy(Observation seen, Duration lag) {
        return isCountedOnBy(seen) && !seen.askedAt().isBefore(askedAt.plus(lag));
    }

    /** Whether the look that contradicted showed this very version. */
    boolean isOf(Observation seen) {
        return seen.field(TeamsPresence.SEQUENCE).filter(sequence::equals).isPresent();
    }

    private boolean isCountedOnBy(Observation seen) {
        return seen.field(TeamsPresence.SEQUENCE)
                .filter(other -> other.compareTo(sequence) >= 0)
                .isPresent();
    }

    /** @return what is known, with the first look noted that contradicts it */
    static Observation noted(Observation known, Observation seen) {
        if (notedIn(known).filter(first -> first.isCountedOnBy(seen)).isPresent()) {
            return known;
        }
        Map<String, String> fields = new HashMap<>(known.shown());
        fields.put(NOTED, seen.field(TeamsPresence.SEQUENCE).orElseThrow());
        fields.put(NOTED_AT, seen.askedAt().toString());
        return new Observation(known.platform(), known.askedAt(), fields);
    }
}
