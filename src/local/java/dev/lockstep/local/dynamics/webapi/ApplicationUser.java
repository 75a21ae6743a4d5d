package dev.lockstep.local.dynamics.webapi;

import java.util.Set;
import java.util.UUID;

/**
 * An app registration that an administrator has made a user of the environment.
 *
 * @param clientId its application id in Entra
 * @param id systemuserid
 * @param roles names of security roles
 * @param unreadable logical names of tables that its roles do not let it read
 */
public record ApplicationUser(UUID clientId, UUID id, String name, Set<String> roles, Set<String> unreadable) {
    public static final String SUPERVISOR = "Omnichannel supervisor";
    public static final String AGENT = "Omnichannel agent";
    /** Holds prvActOnBehalfOfAnotherUser. */
    public static final String DELEGATE = "Delegate";

    public static final String CUSTOMIZER = "System Customizer";

    public ApplicationUser {
        roles = Set.copyOf(roles);
        unreadable = Set.copyOf(unreadable);
    }

    public static ApplicationUser of(String clientId, String name, String... roles) {
        UUID client = UUID.fromString(clientId);
        UUID id = UUID.nameUUIDFromBytes(("application user " + client).getBytes());
        return new ApplicationUser(client, id, name, Set.of(roles), Set.of());
    }

    public ApplicationUser withoutReading(String... tables) {
        return new ApplicationUser(clientId, id, name, roles, Set.of(tables));
    }

    boolean is(String role) {
        return roles.contains(role);
    }
}
