package dev.lockstep.api;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.presence.Source;
import dev.lockstep.protocol.http.Requester;
import java.util.Optional;

/**
 * Under which source the holder of a token speaks. An application that is configured with its client id speaks as its
 * connection, so that it is not told what it said itself.
 */
record OwnNames(Connections connections) {
    /**
     * Empty where nobody was asked for a token.
     *
     * @throws dev.lockstep.protocol.http.RejectedRequest if the token does not tell whose it is
     */
    Optional<Source> of(Requester caller) {
        return caller.ownName()
                .map(name -> Source.application(connection(caller).orElse(name)));
    }

    private Optional<String> connection(Requester caller) {
        return caller instanceof Requester.Holder holder && !holder.person()
                ? connections.all().stream()
                        .filter(connection -> connection.clientId().equals(Optional.of(holder.id())))
                        .map(Connection::name)
                        .findFirst()
                : Optional.empty();
    }
}
