package dev.lockstep.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A system that knows people who may be agents, such as the one that routes work. Each adapter may bring one. */
public interface PeopleSource {
    /** Where an administrator completes what is missing, for people to read. */
    String name();

    /** The platform whose ids it gives: who has one that it does not know any more is no agent there. */
    String platform();

    /** What decides who is read, for people to read. */
    String choice();

    /**
     * Everybody who may be an agent.
     *
     * @throws dev.lockstep.platform.PlatformException if the system did not answer
     */
    Reading read();

    /**
     * What was read at one time.
     *
     * @param isComplete whether who is not among the people is certainly not there; if not, nothing follows from that
     */
    record Reading(List<Person> people, boolean isComplete) {
        public Reading {
            people = List.copyOf(people);
        }

        public static Reading complete(List<Person> people) {
            return new Reading(people, true);
        }
    }

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
