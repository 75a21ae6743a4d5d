package dev.lockstep.board;

import dev.lockstep.configured.ReasonedModes;
import dev.lockstep.sync.WriteModes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That nothing is written for an agent, and why.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param what is held back, in words
 * @param byAdministrator whether supervisors cannot end it
 * @param by who set it; blank where that is not known
 * @param until when it ends by itself; none if it does not, or if that is not known
 * @param reason blank where that is not known
 */
public record Paused(String what, boolean byAdministrator, String by, List<Moment> until, String reason) {
    /** Empty where writing is on. */
    static Optional<Paused> of(ReasonedModes.Held held, Instant now) {
        // What is no mode means observe.
        return switch (WriteModes.Mode.of(held.word()).orElse(WriteModes.Mode.OBSERVE)) {
            case ON -> Optional.empty();
            case OBSERVE -> Optional.of(of("Synchronising is paused", false, held, now));
            case OFF -> Optional.of(of("Writing is switched off", true, held, now));
        };
    }

    private static Paused of(String what, boolean byAdministrator, ReasonedModes.Held held, Instant now) {
        Optional<ReasonedModes.Why> why = held.why();
        return new Paused(
                what,
                byAdministrator,
                why.map(ReasonedModes.Why::by).orElse(""),
                why.flatMap(ReasonedModes.Why::until).stream()
                        .map(end -> Moment.of(end, now))
                        .toList(),
                why.map(ReasonedModes.Why::reason).orElse(""));
    }
}
