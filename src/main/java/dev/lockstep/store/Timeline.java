package dev.lockstep.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What was decided and written for an agent, kept for a limited time; and the last calls of a connection. */
public interface Timeline {
    void append(Event event);

    /**
     * @param limit at most so many
     * @return the newest first; what has outlived its time is left out even if the store still holds it
     */
    List<Event> of(String agentId, Instant from, int limit);

    /**
     * One decision and what came of it.
     *
     * @param at when it was taken
     * @param trigger what caused it: the function and the kind of event
     * @param correlationId of the event outside that it goes back to; blank in what was stored before there was one
     * @param by whose token asked for it, with their name where it tells one; blank where nobody was asked for a token
     * @param before the status before, blank for none
     * @param after the status after, blank for none
     * @param because in words
     * @param answers by platform: what it was told and what it answered
     * @param latencyMillis from the event's receipt to the last answer
     */
    record Event(
            String agentId,
            Instant at,
            String trigger,
            String correlationId,
            String by,
            String before,
            String after,
            List<String> because,
            Map<String, String> answers,
            long latencyMillis) {
        public Event {
            because = List.copyOf(because);
            answers = Map.copyOf(answers);
        }
    }
}
