package dev.lockstep.protocol.http;

import java.util.Optional;
import java.util.Set;

/** Who calls, as far as whatever brought the call here has verified it. */
public sealed interface Requester {
    /** The role of those who may read and change what is configured. */
    String CONFIGURE = "Configuration.Manage";

    /** Nobody is asked for a token here: the laptop's front. May do all. */
    record Unasked() implements Requester {}

    /** A token is asked for and none was verified. May do nothing. */
    record Unverified() implements Requester {}

    /**
     * The holder of a token that the gateway has verified. Its text form names no one.
     *
     * @param person whether somebody signed in; else the token is an application's own
     * @param id of the user or the application in Entra; blank where the token does not tell
     * @param name as people call it; blank where the token does not tell
     * @param roles granted in Entra
     * @param groups in Entra by their object ids in lower case, as far as the token names them
     */
    record Holder(boolean person, String id, String name, Set<String> roles, Set<String> groups) implements Requester {
        public Holder {
            roles = Set.copyOf(roles);
            groups = Set.copyOf(groups);
        }

        /** One whose token names no group. */
        public Holder(boolean person, String id, String name, Set<String> roles) {
            this(person, id, name, roles, Set.of());
        }

        private String ownId() {
            return (person ? "user:" : "app:") + id;
        }

        @Override
        public String toString() {
            return person ? "a person" : "an application";
        }
    }

    /** @throws RejectedRequest naming the roles, if the token has none of them, or if there is none */
    default void demand(String... oneOf) {
        if (this instanceof Unverified) {
            throw unverified();
        }
        if (!hasOne(oneOf)) {
            throw RejectedRequest.forbidden("the token lacks the role " + String.join(" or ", oneOf)
                    + ": assign it in Entra, at the enterprise application of Lockstep API, and sign in again, or get"
                    + " a new token");
        }
    }

    /** Whether the token has one of these roles, or none was asked for. */
    default boolean hasOne(String... oneOf) {
        return switch (this) {
            case Unasked nobody -> true;
            case Unverified nobody -> false;
            case Holder holder -> Set.of(oneOf).stream().anyMatch(holder.roles()::contains);
        };
    }

    /**
     * The name under which the holder speaks, {@code app:<id>} or {@code user:<id>}, whatever it calls itself; empty
     * where nobody was asked for a token.
     *
     * @throws RejectedRequest if the token does not tell whose it is
     */
    default Optional<String> ownName() {
        return switch (this) {
            case Unasked nobody -> Optional.empty();
            case Unverified nobody -> throw unverified();
            case Holder holder
            when holder.id().isBlank() ->
                throw RejectedRequest.forbidden("the token does not tell whose it is: it needs azp or appid for an"
                        + " application, oid for a person");
            case Holder holder -> Optional.of(holder.ownId());
        };
    }

    /** For people who ask later who it was: {@code user:<id> (Rita)}; blank where nobody was asked for a token. */
    default String label() {
        return switch (this) {
            case Unasked nobody -> "";
            case Unverified nobody -> "";
            case Holder holder -> holder.ownId() + (holder.name().isBlank() ? "" : " (" + holder.name() + ")");
        };
    }

    private static RejectedRequest unverified() {
        return new RejectedRequest(
                RejectionReason.UNAUTHENTICATED,
                "no verified token came with the call: the route needs the gateway's authorizer, or"
                        + " lockstep.gateway.authorization says none");
    }
}
