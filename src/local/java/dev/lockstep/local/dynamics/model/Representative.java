package dev.lockstep.local.dynamics.model;

import java.util.Optional;
import java.util.UUID;

/**
 * A user of the organisation who may take work.
 *
 * @param id systemuserid
 * @param entraId azureactivedirectoryobjectid
 * @param applicationId set for application users, which have rows too
 * @param defaultPresence applied at sign-in
 */
public record Representative(
        UUID id,
        String name,
        String upn,
        UUID entraId,
        boolean disabled,
        Optional<UUID> applicationId,
        Optional<UUID> defaultPresence,
        Capacity capacity) {

    public static Representative of(UUID id, String name, String upn, UUID entraId) {
        return new Representative(
                id, name, upn, entraId, false, Optional.empty(), Optional.empty(), Capacity.units(100));
    }

    public Representative withCapacity(Capacity other) {
        return new Representative(id, name, upn, entraId, disabled, applicationId, defaultPresence, other);
    }

    public Representative withDefaultPresence(UUID presence) {
        return new Representative(id, name, upn, entraId, disabled, applicationId, Optional.of(presence), capacity);
    }

    public Representative withEntraId(UUID other) {
        return new Representative(id, name, upn, other, disabled, applicationId, defaultPresence, capacity);
    }

    public Representative withDisabled(boolean now) {
        return new Representative(id, name, upn, entraId, now, applicationId, defaultPresence, capacity);
    }
}
