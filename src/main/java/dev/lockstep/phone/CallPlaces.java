package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Calls;
import dev.lockstep.presence.Signal;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which line has a call that is told of under a name that is not the line's own: a device's, an account's, a queue's.
 *
 * <p>Who has it last stands in one value, and who had it each in one of their own: handsets that ring together are told of at
 * the same time at several instances, and none may be lost.
 */
record CallPlaces(Control control) {
    /** Longer than any call counts. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** An end may be told again; later its number may be another call's. */
    private static final Duration REMEMBERED_AFTER_END = Duration.ofMinutes(5);

    static boolean isEnd(LineEvidence.Said said) {
        return said.signals().stream()
                .anyMatch(signal -> signal instanceof Signal.Call call && call.state() == CallState.ENDED);
    }

    /** @param told the name under which the line's call is told of */
    void note(Connection connection, String told, LineEvidence.Said said, String line, Instant now) {
        places(connection, told, said).forEach(place -> {
            control.put(place, line, Optional.of(now.plus(REMEMBERED)));
            control.put(had(place, line), "", Optional.of(now.plus(REMEMBERED)));
        });
    }

    /** The line that has the call, as far as it was told of under this name. */
    Optional<String> last(Connection connection, String told, LineEvidence.Said said) {
        return places(connection, told, said)
                .flatMap(place -> control.get(place).stream())
                .findFirst();
    }

    boolean had(Connection connection, LineEvidence.Said said, String line) {
        return places(connection, said)
                .anyMatch(place -> control.get(had(place, line)).isPresent());
    }

    void noteEnd(Connection connection, LineEvidence.Said said, String line, Instant now) {
        places(connection, said)
                .map(place -> had(place, line))
                .filter(had -> control.get(had).isPresent())
                .forEach(had -> control.put(had, "", Optional.of(now.plus(REMEMBERED_AFTER_END))));
    }

    private static String had(String place, String line) {
        return place + "#" + line;
    }

    private static Stream<String> places(Connection connection, LineEvidence.Said said) {
        return said.lines().stream().flatMap(told -> places(connection, told, said));
    }

    /** "In use" names no call, and no end would name it. */
    private static Stream<String> places(Connection connection, String told, LineEvidence.Said said) {
        return said.signals().stream()
                .filter(Signal.Call.class::isInstance)
                .map(signal -> ((Signal.Call) signal).callId())
                .filter(callId -> !callId.isBlank() && !callId.equals(Calls.SOME_CALL))
                .distinct()
                .map(callId -> ControlKeys.CALL_ON_DEVICE + connection.key() + "#" + told + "#" + callId);
    }
}
