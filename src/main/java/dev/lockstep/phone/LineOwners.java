package dev.lockstep.phone;

import dev.lockstep.configured.ConfiguredLines;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.LineName;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.Identities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose line it is that a phone tells of, by whichever of its names.
 *
 * <p>Several agents may share a device, such as the base of cordless phones: it tells whose call it is as long as the
 * call lasts, and at the end only itself and the call. So who has a call on a device that is nobody's own is remembered.
 */
record LineOwners(Identities identities, ConfiguredLines lines, Control control) {
    /** Longer than any call counts. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** @param keys under which what the line tells stands: what is new under the first, what ends under any */
    record Owner(String agentId, List<String> keys) {}

    Optional<Owner> of(Connection connection, LineEvidence.Said said, Instant now) {
        Optional<String> name = named(connection, said.lines());
        name.ifPresent(found -> remember(connection, said, found, now));
        return name.or(() -> remembered(connection, said)).flatMap(found -> owner(connection, found));
    }

    private Optional<String> named(Connection connection, List<String> names) {
        return names.stream()
                .filter(name -> agentOf(connection, name).isPresent())
                .findFirst();
    }

    private Optional<Owner> owner(Connection connection, String name) {
        return agentOf(connection, name).map(agent -> new Owner(agent, lines.keysOf(connection.name(), name)));
    }

    private Optional<String> agentOf(Connection connection, String name) {
        return identities.agentOf(Identities.line(connection.name(), name));
    }

    private void remember(Connection connection, LineEvidence.Said said, String name, Instant now) {
        if (!LineName.isMac(name)) {
            said.signals().stream()
                    .filter(signal -> signal instanceof Signal.Call call && call.state() != CallState.ENDED)
                    .flatMap(signal -> places(connection, said, signal))
                    .distinct()
                    .forEach(place -> control.put(place, name, Optional.of(now.plus(REMEMBERED))));
        }
    }

    private Optional<String> remembered(Connection connection, LineEvidence.Said said) {
        return said.signals().stream()
                .flatMap(signal -> places(connection, said, signal))
                .flatMap(place -> control.get(place).stream())
                .findFirst();
    }

    /** A call on a device, if both are named. */
    private static Stream<String> places(Connection connection, LineEvidence.Said said, Signal signal) {
        return signal instanceof Signal.Call call && !call.callId().isBlank()
                ? said.lines().stream()
                        .filter(LineName::isMac)
                        .map(mac -> ControlKeys.CALL_ON_DEVICE + connection.name() + "#" + mac + "#" + call.callId())
                : Stream.empty();
    }
}
