package dev.lockstep.dynamics.dataverse;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which columns of msdyn_agentstatus an organisation has. Those that came later are asked for until it complains:
 * asking for one that it does not have spoils the whole query.
 */
final class StatusColumns {
    private static final List<String> CORE = List.of(
            "msdyn_agentstatusid",
            "msdyn_isagentloggedin",
            "msdyn_presencemodifiedon",
            "msdyn_presencemodifiedby",
            "modifiedon");

    /** By the name that a complaint holds; a lookup is asked for in another form. */
    private static final List<String> NEWER = List.of(
            "msdyn_presencemodifiedonwithmilliseconds",
            "msdyn_presencemodifiedbyuserid",
            "msdyn_eventname",
            "msdyn_assignedconversationcount",
            "msdyn_availableunitscapacity",
            "msdyn_isblockedbysomeprofile");

    private static final Set<String> LOOKUPS = Set.of("msdyn_presencemodifiedbyuserid");

    private volatile Set<String> missing = Set.of();

    String select() {
        Set<String> without = missing;
        return Stream.concat(CORE.stream(), NEWER.stream().filter(column -> !without.contains(column)))
                .map(column -> LOOKUPS.contains(column) ? "_" + column + "_value" : column)
                .collect(Collectors.joining(","));
    }

    /**
     * @param complaint what a refused query was answered
     * @return whether it names a column that was asked for until now, so that asking again helps
     */
    synchronized boolean learnFrom(String complaint) {
        Set<String> next = new HashSet<>(missing);
        boolean more = next.addAll(NEWER.stream().filter(complaint::contains).toList());
        missing = Set.copyOf(next);
        return more;
    }
}
