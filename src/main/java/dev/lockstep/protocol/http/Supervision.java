package dev.lockstep.protocol.http;

import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.configured.SupervisorGroups;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whom the holder of {@code Presence.Supervise} supervises, and with that role alone sees: everybody, or, where groups
 * are configured, the teams that are given to the groups in the token.
 */
@Singleton
public final class Supervision {
    public static final String READ = "Presence.Read";
    public static final String SUPERVISE = "Presence.Supervise";

    private static final int LONGEST_SHOWN = 64;

    private final SupervisorGroups groups;

    @Inject
    public Supervision(SupervisorGroups groups) {
        this.groups = groups;
    }

    /** Where no group is configured. */
    public static Supervision ofEverybody() {
        return new Supervision(List::of);
    }

    /** @param team of an agent; blank if they have none */
    public boolean covers(Requester caller, String team) {
        return caller.hasOne(SUPERVISE) && isGiven(caller, team);
    }

    /**
     * The teams whose agents the caller may see.
     *
     * @throws RejectedRequest if there is none, naming the role
     */
    public Predicate<String> seenBy(Requester caller) {
        boolean limited = !caller.hasOne(READ)
                && caller.hasOne(SUPERVISE)
                && !groups.all().isEmpty();
        if (limited) {
            return team -> isGiven(caller, team);
        }
        caller.demand(READ);
        return team -> true;
    }

    /** Whether the caller has a role by which somebody else is seen. */
    public static boolean seesOthers(Requester caller) {
        return caller.hasOne(READ, SUPERVISE);
    }

    /** @throws RejectedRequest naming the team, if the caller may not see it */
    public void demandSeen(Requester caller, String team) {
        if (!seenBy(caller).test(team)) {
            throw outside(caller, team);
        }
    }

    /** The refusal of a holder who supervises other teams. */
    public RejectedRequest outside(Requester caller, String team) {
        String whom = team.isBlank() ? "agents without a team" : "the team \"" + shown(team) + '"';
        return RejectedRequest.forbidden(
                "the token's groups do not supervise " + whom + (given(caller).isEmpty() ? nothing(caller) : "")
                        + "; an administrator gives groups their teams in the configuration, under supervisors");
    }

    private static String nothing(Requester caller) {
        return caller instanceof Requester.Holder holder && holder.groups().isEmpty()
                ? ": it names no group, so have Entra put those that are assigned to Lockstep API into its tokens"
                : ": to none of them a team is given";
    }

    private boolean isGiven(Requester caller, String team) {
        List<SupervisorGroup> all = groups.all();
        return all.isEmpty()
                || !(caller instanceof Requester.Holder)
                || given(caller).stream().anyMatch(group -> group.covers(team));
    }

    private List<SupervisorGroup> given(Requester caller) {
        return caller instanceof Requester.Holder holder
                ? groups.all().stream()
                        .filter(group -> holder.groups().contains(group.group()))
                        .toList()
                : List.of();
    }

    private static String shown(String team) {
        String start = team.strip();
        return start.substring(0, Math.min(start.length(), LONGEST_SHOWN)).replaceAll("[\\p{C}\"]", "?");
    }
}
