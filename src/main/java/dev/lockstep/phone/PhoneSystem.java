package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.ConnectionSystem;
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

    /** By what an authenticated call is known if it comes again; empty where what comes again says the same. */
    default Optional<TakenEvents.Message> message(HttpCall call) {
        return Optional.empty();
    }

    /**
     * @throws dev.lockstep.protocol.http.RejectedRequest unless the raw message comes from who knows the connection's
     *     secret; its text is for the administrator, strangers are all told the same
     */
    void authenticate(HttpCall call, Connection connection);

    /**
     * What an authenticated call says.
     *
     * @throws dev.lockstep.protocol.http.RejectedRequest if it cannot be understood at all
     */
    List<LineEvidence> translate(HttpCall call, Connection connection);
}
