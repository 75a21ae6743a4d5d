package dev.lockstep.configured;

import dev.lockstep.platform.PlatformException;
import java.util.Arrays;
import java.util.List;

/** Turns a reference into the secret that it names. */
public interface Secrets {
    /**
     * @param reference an ARN, or the value itself where inline values are allowed
     * @throws PlatformException.PermissionMissing if it may not be read or does not exist
     * @throws PlatformException.Unreachable if the secret store did not answer
     */
    String reveal(String reference);

    /**
     * Every secret behind these references, in order. One may hold several, separated by commas: {@code old,new} while
     * one is replaced.
     */
    default List<String> revealAll(List<String> references) {
        return references.stream()
                .map(this::reveal)
                .flatMap(several -> Arrays.stream(several.split(",")))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }
}
