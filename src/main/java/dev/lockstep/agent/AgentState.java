package dev.lockstep.agent;

import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that is kept of one agent, in one item.
 *
 * @param standings by the platform's name
 * @param latest empty until something was decided
 */
public record AgentState(
        String agentId,
        Profile profile,
        Situation situation,
        SortedMap<String, Standing> standings,
        Optional<LatestDecision> latest,
        Coordination coordination) {

    /** An agent of whom nothing is known but who they are. Not stored yet: version 0. */
    public static AgentState of(String agentId, Profile profile) {
        return new AgentState(
                agentId,
                profile,
                Situation.unknown(),
                Collections.emptySortedMap(),
                Optional.empty(),
                Coordination.NEW);
    }

    public Standing standing(String platform) {
        return standings.getOrDefault(platform, Standing.NEW);
    }

    /** Whether an administrator removed them. */
    public boolean isRemoved() {
        return profile.removed();
    }

    /** Nobody's agent any more; kept until what we hold is taken back, and so that nobody takes them in again. */
    public AgentState remove() {
        return goingBy(profile.remove());
    }

    /** Of who was removed, nothing but the ids by which they are recognised; whose turn it is and when stay. */
    public AgentState forget() {
        return of(agentId, profile).with(coordination.with(List.of(), version()));
    }

    /** Whether they were removed and nothing more is known of them. */
    public boolean isForgotten() {
        return isRemoved() && equals(forget());
    }

    public Optional<Decision> decided() {
        return latest.map(LatestDecision::decision);
    }

    /** What people are told: Offline as long as nothing else is known. */
    public Status status() {
        return decided().map(Decision::shown).orElse(Status.OFFLINE);
    }

    /** Why, in words: everything that speaks for the status, strictest first, and what just stopped to. */
    public List<String> because() {
        List<Reason> reasons = decided().map(Decision::because).orElse(List.of());
        return Stream.concat(signedOut().stream(), reasons.stream().map(Reason::text))
                .toList();
    }

    /** Why they are Offline, if nothing else says what they are. */
    public Optional<String> signedOut() {
        boolean isKnown = situation.signIn().isKnown();
        return decided().flatMap(Decision::status).isPresent()
                ? Optional.empty()
                : Optional.of(isKnown ? "signed out" : "signed out: not seen signed in so far");
    }

    /** When the decided status began. */
    public Optional<Instant> since() {
        return latest.map(LatestDecision::since);
    }

    public List<Evidence> inbox() {
        return coordination.inbox();
    }

    public long version() {
        return coordination.version();
    }

    public Optional<Lease> lease() {
        return coordination.lease();
    }

    public Optional<Instant> dueAt() {
        return coordination.dueAt();
    }

    public Optional<Instant> lookAgainAt() {
        return coordination.lookAgainAt();
    }

    public boolean isLeasedToAnother(String me, Instant now) {
        return lease().filter(held -> held.isHeldAt(now) && !held.owner().equals(me))
                .isPresent();
    }

    public AgentState with(Profile next) {
        return new AgentState(agentId, next, situation, standings, latest, coordination);
    }

    /**
     * With other ids: whoever has a new one on a platform is somebody else there. Nothing of ours stands with them, and
     * nothing is known of them: neither facts nor choices, nor what waits in the inbox, nor whether they are signed in.
     */
    public AgentState movedTo(Profile next) {
        Set<String> left = new TreeSet<>(profile.externalIds().keySet());
        left.removeIf(platform -> profile.externalId(platform).equals(next.externalId(platform)));
        AgentState moved = with(next);
        for (String platform : left) {
            moved = moved.with(platform, Standing.NEW).without(new Source(platform));
        }
        return moved;
    }

    /** After an administrator or the directory said who they are, perhaps that they are nobody's agent any more. */
    public AgentState goingBy(Profile said) {
        return said.removed() ? with(said).with(situation.pickedOnly()) : movedTo(said);
    }

    private AgentState without(Source source) {
        List<Evidence> others =
                inbox().stream().filter(news -> !isFrom(source, news)).toList();
        return with(situation.without(source)).with(coordination.with(others, version()));
    }

    private static boolean isFrom(Source source, Evidence news) {
        return switch (news) {
            case Evidence.Reported told -> told.signal().source().equals(source);
            case Evidence.Observed seen -> seen.observation().platform().equals(source.name());
        };
    }

    public AgentState with(Situation next) {
        return new AgentState(agentId, profile, next, standings, latest, coordination);
    }

    public AgentState with(String platform, Standing standing) {
        SortedMap<String, Standing> next = new TreeMap<>(standings);
        next.put(platform, standing);
        return new AgentState(agentId, profile, situation, next, latest, coordination);
    }

    /** Notes a decision; the status keeps its beginning while it stays the same. */
    public AgentState deciding(Decision decision, Instant now) {
        LatestDecision next =
                latest.map(last -> last.followedBy(decision, now)).orElseGet(() -> new LatestDecision(decision, now));
        return new AgentState(agentId, profile, situation, standings, Optional.of(next), coordination);
    }

    /**
     * Goes on with all that is known and held of another agent, and with that one's inbox if this one's is empty. Who
     * it is, whose turn it is and when, stay.
     */
    public AgentState withPastOf(AgentState other) {
        List<Evidence> inbox = inbox().isEmpty() ? other.inbox() : inbox();
        return new AgentState(
                agentId, profile, other.situation, other.standings, other.latest, coordination.with(inbox, version()));
    }

    public AgentState withInbox(List<Evidence> next, long atVersion) {
        return with(coordination.with(next, atVersion));
    }

    /** With more news in the inbox, as a store appends it. */
    public AgentState appending(List<Evidence> news) {
        return with(coordination.appending(news));
    }

    /** With more news in the inbox, to be stored; the sweep comes only then, for somebody else is to come before. */
    public AgentState waitingWith(List<Evidence> news, Instant due) {
        return with(coordination.appending(news, due));
    }

    public AgentState leasedTo(Lease next) {
        return with(coordination.with(Optional.of(next), Optional.of(next.until())));
    }

    public AgentState released(Optional<Instant> due) {
        return with(coordination.with(Optional.empty(), due));
    }

    /** The sweep looks at the agent at that time, or earlier if it was due earlier. */
    public AgentState dueBy(Instant at) {
        return with(coordination.dueBy(at));
    }

    /** However often they are looked at before that time, they are then looked at once more. */
    public AgentState lookedAtAgainAt(Instant at) {
        return with(coordination.lookingAgain(Optional.of(at)));
    }

    /** Whoever looks at that time knows all that was changed. */
    public AgentState lookedAt(Instant now) {
        return with(coordination.lookingAgain(lookAgainAt().filter(now::isBefore)));
    }

    /**
     * Goes on with what others stored meanwhile: news, who the agent is, and when they are to be looked at again.
     *
     * @param stored at the version that is to be replaced next
     */
    public AgentState goingOnFrom(AgentState stored) {
        List<Evidence> news =
                Stream.concat(inbox().stream(), stored.inbox().stream()).toList();
        return goingBy(stored.profile())
                .with(coordination.with(news, stored.version()).lookingAgain(stored.lookAgainAt()));
    }

    private AgentState with(Coordination next) {
        return new AgentState(agentId, profile, situation, standings, latest, next);
    }
}
