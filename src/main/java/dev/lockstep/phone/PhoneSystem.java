package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.ConnectionSystem;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import java.util.List;
import java.util.Optional;

/**
 * A kind of phone system that calls us: how its calls are authenticated and what they mean.
 *
 * <p>Each kind is a bean, found by the room that takes the calls and by the one that checks connections.
 *
 * <p>Of what is sent, only {@link dev.lockstep.protocol.http.RejectedRequest} may be the consequence.
 */
public interface PhoneSystem extends ConnectionSystem {
    @Override
    default Direction direction() {
        return Direction.CALLS_US;
    }

    /** What to answer to a call that only asks whether we want to be called; empty for an event. */
    default Optional<HttpAnswer> handshake(HttpCall call, Connection connection) {
        return Optional.empty();
    }

    /** @throws dev.lockstep.protocol.http.RejectedRequest unless the raw message comes from who knows the connection's secret */
    void authenticate(HttpCall call, Connection connection);

    /**
     * What an authenticated call says.
     *
     * @throws dev.lockstep.protocol.http.RejectedRequest if it cannot be understood at all
     */
    List<LineEvidence> translate(HttpCall call, Connection connection);
}
