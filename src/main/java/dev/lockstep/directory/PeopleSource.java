package dev.lockstep.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A system that knows people who may be agents, such as the one that routes work. Each adapter may bring one. */
public interface PeopleSource {
    /** Where an administrator completes what is missing, for people to read. */
    String name();

    /**
     * Everybody who may be an agent.
     *
     * @throws dev.lockstep.platform.PlatformException if the system did not answer
     */
    List<Person> people();

    /**
     * Somebody who may be an agent.
     *
     * @param name for people to read
     * @param upn the user principal name; blank if the source does not know it
     * @param ids by platform: what the source itself gives, which is right whatever was known before
     * @param entraObjectId of the same person in Microsoft Entra, by which other platforms may know them
     */
    record Person(String name, String upn, Map<String, String> ids, Optional<String> entraObjectId) {
        public Person {
            ids = Map.copyOf(ids);
        }
    }
}
