package dev.lockstep.configured;

import dev.lockstep.platform.PlatformException;

/** Puts a new secret where a reference points to: for secrets that a platform replaces while we use them. */
@FunctionalInterface
public interface SecretWriter {
    /**
     * Does nothing if another value is stored by now: an administrator's is not undone.
     *
     * @param reference an ARN; a value that stands in the configuration itself cannot be replaced and stays
     * @param used the value that was used and is to be replaced
     * @throws PlatformException.PermissionMissing if it may not be written or does not exist
     * @throws PlatformException.Unreachable if the secret store did not answer
     */
    void replace(String reference, String used, String value);
}
