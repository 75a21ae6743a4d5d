package dev.lockstep.function;

import dev.lockstep.local.dynamics.model.Representative;
import java.util.UUID;

/**
 * Somebody at the simulated organisation.
 *
 * @param extension their desk phone's, four digits
 */
record PackagedPerson(String key, String extension) {
    /** Whom the sample events are about. */
    static final PackagedPerson RITA = new PackagedPerson("rita", "1042");

    String upn() {
        return key + "@contoso.com";
    }

    String name() {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1) + " Rep";
    }

    UUID systemUserId() {
        return UUID.nameUUIDFromBytes(("systemuser " + key).getBytes());
    }

    UUID entraId() {
        return UUID.nameUUIDFromBytes(("entra " + key).getBytes());
    }

    Representative representative() {
        return Representative.of(systemUserId(), name(), upn(), entraId());
    }

    String mac() {
        return this.equals(RITA) ? "805ec0112233" : "805ec011" + extension;
    }

    String inPlaceOfRita(String text) {
        return text.replace(RITA.systemUserId().toString(), systemUserId().toString())
                .replace(RITA.entraId().toString(), entraId().toString())
                .replace(RITA.mac(), mac())
                .replace(RITA.upn(), upn())
                .replace(RITA.name(), name())
                .replace(RITA.extension(), extension);
    }
}
