package dev.lockstep.configured;

import dev.lockstep.platform.PlatformException;

/** Turns a reference into the secret that it names. */
public interface Secrets {
    /**
     * @param reference an ARN, or the value itself where inline values are allowed
     * @throws PlatformException.PermissionMissing if it may not be read or does not exist
     * @throws PlatformException.Unreachable if the secret store did not answer
     */
    String reveal(String reference);
}
