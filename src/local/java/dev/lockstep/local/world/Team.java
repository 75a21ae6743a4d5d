package dev.lockstep.local.world;

import java.util.List;
import java.util.UUID;

/** The people of the simulated organisation. */
final class Team {
    private Team() {}

    /**
     * @param extension their desk phone's
     * @param mac their desk phone's
     */
    record Member(String key, String name, String team, String extension, String mac) {
        UUID systemUserId() {
            return UUID.nameUUIDFromBytes(("systemuser " + key).getBytes());
        }

        UUID entraId() {
            return UUID.nameUUIDFromBytes(("entra " + key).getBytes());
        }

        String upn() {
            return key + "@contoso.com";
        }
    }

    static final List<Member> ALL = List.of(
            new Member("rita", "Rita Rep", "priority", "1042", "805ec0112233"),
            new Member("omar", "Omar Ops", "priority", "1043", "805ec0112244"),
            new Member("nadia", "Nadia Nightshift", "standard", "1044", "805ec0112255"),
            new Member("sam", "Sam Service", "standard", "1045", "805ec0112266"));

    static Member named(String key) {
        return ALL.stream()
                .filter(member -> member.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
