package dev.lockstep.board;

import java.time.Instant;

/**
 * A point in time. The page's script shows it in the reader's own time.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param at for machines, as in RFC 3339
 * @param ago how long before now, in words
 */
public record Moment(String at, String ago, String absolute) {
    static Moment of(Instant at, Instant now) {
        return new Moment(at.toString(), Words.ago(at, now), Words.absolute(at));
    }
}
