package dev.lockstep.agent;

import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is kept of one agent, in one item.
 *
 * @param inbox news that came while somebody else held the lease; the holder folds it in before it lets go
 * @param decided the last decision, for the board and for telling what changed
 * @param since when the decided status began
 * @param version rises with every change of the item, whoever makes it
 * @param dueAt when the sweep must look at the agent even if nothing happens
 */
public record AgentState(
        String agentId,
        Profile profile,
        Situation situation,
        SortedMap<String, Standing> standings,
        List<Evidence> inbox,
        Optional<Decision> decided,
        Optional<Instant> since,
        long version,
        Optional<Lease> lease,
        Optional<Instant> dueAt) {
    public AgentState {
        inbox = List.copyOf(inbox);
    }

    /** An agent of whom nothing is known but who they are. Not stored yet: version 0. */
    public static AgentState of(String agentId, Profile profile) {
        return new AgentState(
                agentId,
                profile,
                Situation.unknown(),
                new TreeMap<>(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
    }

    public Standing standing(String platform) {
        return standings.getOrDefault(platform, Standing.NEW);
    }

    public boolean isLeasedToAnother(String me, Instant now) {
        return lease.filter(held -> held.isHeldAt(now) && !held.owner().equals(me))
                .isPresent();
    }

    public AgentState with(Profile next) {
        return new AgentState(agentId, next, situation, standings, inbox, decided, since, version, lease, dueAt);
    }

    public AgentState with(Situation next) {
        return new AgentState(agentId, profile, next, standings, inbox, decided, since, version, lease, dueAt);
    }

    public AgentState with(String platform, Standing standing) {
        SortedMap<String, Standing> next = new TreeMap<>(standings);
        next.put(platform, standing);
        return new AgentState(agentId, profile, situation, next, inbox, decided, since, version, lease, dueAt);
    }

    public AgentState withInbox(List<Evidence> next, long atVersion) {
        return new AgentState(agentId, profile, situation, standings, next, decided, since, atVersion, lease, dueAt);
    }

    /** Notes a decision; the status keeps its beginning while it stays the same. */
    public AgentState deciding(Decision decision, Instant now) {
        boolean same = decided.isPresent() && decided.get().status().equals(decision.status());
        Optional<Instant> start = same ? since : Optional.of(now);
        return new AgentState(
                agentId, profile, situation, standings, inbox, Optional.of(decision), start, version, lease, dueAt);
    }

    public AgentState leasedTo(Lease next) {
        return new AgentState(
                agentId,
                profile,
                situation,
                standings,
                inbox,
                decided,
                since,
                version,
                Optional.of(next),
                Optional.of(next.until()));
    }

    public AgentState released(Optional<Instant> due) {
        return new AgentState(
                agentId, profile, situation, standings, inbox, decided, since, version, Optional.empty(), due);
    }
}
