package dev.lockstep.configured;

import dev.lockstep.platform.PlatformException;

/** Puts a new secret where a reference points to: for secrets that a platform replaces while we use them. */
@FunctionalInterface
public interface SecretWriter {
    /**
     * @param reference an ARN; a value that stands in the configuration itself cannot be replaced and stays
     * @throws PlatformException.PermissionMissing if it may not be written or does not exist
     * @throws PlatformException.Unreachable if the secret store did not answer
     */
    void replace(String reference, String value);
}
