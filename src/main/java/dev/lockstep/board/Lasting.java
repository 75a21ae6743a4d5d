package dev.lockstep.board;

import dev.lockstep.protocol.http.RejectedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** For how long a supervisor sets a status, or pauses synchronising: as durations, so that nobody's time zone matters. */
final class Lasting {
    static final List<AgentPage.Choice> ALL = List.of(
            new AgentPage.Choice("", "until it is changed"),
            new AgentPage.Choice("PT15M", "15 minutes"),
            new AgentPage.Choice("PT30M", "30 minutes"),
            new AgentPage.Choice("PT1H", "1 hour"),
            new AgentPage.Choice("PT2H", "2 hours"),
            new AgentPage.Choice("PT4H", "4 hours"),
            new AgentPage.Choice("PT8H", "8 hours"));

    /** Nobody is left alone for good: whoever needs longer pauses again. */
    static final List<AgentPage.Choice> PAUSES = List.of(
            new AgentPage.Choice("PT15M", "15 minutes"),
            new AgentPage.Choice("PT1H", "1 hour"),
            new AgentPage.Choice("PT4H", "4 hours"),
            new AgentPage.Choice("PT8H", "8 hours"),
            new AgentPage.Choice("P1D", "1 day"),
            new AgentPage.Choice("P7D", "7 days"));

    private Lasting() {}

    /** @throws RejectedRequest if it is none of these */
    static Optional<Instant> end(String chosen, Instant now) {
        demand("lasts", chosen, ALL);
        return chosen.isEmpty() ? Optional.empty() : Optional.of(now.plus(Duration.parse(chosen)));
    }

    /** @throws RejectedRequest if it is none of these */
    static Instant endOfPause(String chosen, Instant now) {
        demand("pauses", chosen, PAUSES);
        return now.plus(Duration.parse(chosen));
    }

    private static void demand(String field, String chosen, List<AgentPage.Choice> choices) {
        if (choices.stream().noneMatch(choice -> choice.value().equals(chosen))) {
            throw RejectedRequest.malformed(field + " must be one of the durations of the form");
        }
    }
}
