package dev.lockstep.store;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which agent an id on some platform belongs to: {@code dynamics#<systemuserid>}, {@code teams#<entra object id>},
 * {@code phone#<connection>#<line>}, {@code upn#<user principal name>}. All in lower case.
 */
public interface Identities {
    /** The agent's id in Lockstep. */
    Optional<String> agentOf(String identity);

    /** Records all of them; an identity that belonged to another agent moves. */
    void put(Map<String, String> agentIdByIdentity);

    void remove(String identity);

    static String of(String platform, String externalId) {
        return (platform + "#" + externalId).toLowerCase(Locale.ROOT);
    }

    static String line(String connection, String line) {
        return of("phone#" + connection, line);
    }
}
