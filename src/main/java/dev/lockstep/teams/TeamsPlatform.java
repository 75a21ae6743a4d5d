package dev.lockstep.teams;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import dev.lockstep.teams.graph.PresenceApi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Microsoft Teams: a layered platform.
 *
 * <p>Our application's session lies beside the person's own clients, and the aggregate of all is shown. What must
 * outrank a client goes to the preferred slot, which the person's own choice uses too.
 */
@Singleton
public final class TeamsPlatform implements ReadablePlatform {
    public static final String NAME = "teams";
    static final String SESSION = "session";
    static final String PREFERRED = "preferred";

    private final PresenceApi api;
    private final SessionSlots sessions;
    private final TeamsSettings rules;
    private final InstantSource clock;

    @Inject
    public TeamsPlatform(PresenceApi api, SessionSlots sessions, TeamsSettings rules, InstantSource clock) {
        this.api = api;
        this.sessions = sessions;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean coversItsOwnFacts() {
        return true;
    }

    @Override
    public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
        return new SlotPlanner(wish, sessions, standing, rules, now).plan();
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        return new PresenceInterpreter(seen, standing, situation, mapping, rules, now).interpretation();
    }

    /** What says nothing of the person, an idle screen or a closed client, is still shown by some status' name. */
    @Override
    public Optional<Status> showing(Observation seen, Optional<Status> wanted, Mapping mapping) {
        return wanted.filter(status -> isCarried(status, seen, mapping))
                .or(() -> mapping.read(NAME, TeamsPresence.of(seen).pair())
                        .filter(reading -> !reading.is(EvidenceKind.IGNORE))
                        .map(InboundRule::status))
                .or(() -> seen.field(TeamsPresence.AVAILABILITY).flatMap(Status::of));
    }

    @Override
    public Optional<String> presence(Observation seen) {
        return Optional.of(TeamsPresence.of(seen).pair());
    }

    private static boolean isCarried(Status status, Observation seen, Mapping mapping) {
        return mapping.write(NAME, status)
                .map(SlotTarget::of)
                .filter(target -> TeamsPresence.of(seen).is(target.value()))
                .isPresent();
    }

    /** The sequence is left out: it orders looks that show different things. One that contradicts must be looked at again. */
    @Override
    public Optional<Observation> seenAgain(Observation seen, Instant at) {
        Map<String, String> pair = new HashMap<>(seen.shown());
        pair.keySet().retainAll(List.of(TeamsPresence.AVAILABILITY, TeamsPresence.ACTIVITY));
        return Optional.of(new Observation(NAME, at, pair))
                .filter(again -> FallenSequence.notedIn(seen).isEmpty());
    }

    @Override
    public Stream<Instant> turns(Standing standing, Situation situation) {
        Ledger ledger = standing.ledger();
        Stream<Instant> fades = Stream.concat(
                        ledger.lastWriteAt().stream(),
                        ledger.held().values().stream().map(LedgerEntry::at))
                .map(at -> at.plus(rules.fade()));
        return Stream.of(ledger.turns(rules.grace()), fades, PresenceInterpreter.renewals(situation))
                .flatMap(times -> times);
    }

    @Override
    public Map<String, Observation> read(Collection<String> externalIds) {
        Instant asked = clock.instant();
        Map<String, Observation> seen = new HashMap<>();
        api.presences(externalIds)
                .forEach((id, presence) -> seen.put(id, new Observation(NAME, asked, TeamsPresence.fields(presence))));
        return seen;
    }

    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        if (step.slot().equals(PREFERRED)) {
            performPreferred(step, subject, standing);
        } else {
            performSession(step, subject.externalId());
        }
    }

    private void performSession(LedgerEntry step, String user) {
        String owner = sessions.owner(step.slot())
                .orElseThrow(() -> new IllegalArgumentException("Teams has no slot " + step.slot()));
        if (step.isTakenBack()) {
            api.clearSession(owner, user);
        } else {
            api.setSession(owner, user, availability(step), activity(step), expiry(step));
        }
    }

    /**
     * A preferred status is taken back only while Teams still shows what we put there: clearing the slot would clear
     * what the person has chosen since, and Graph has no compare-and-set for it.
     */
    private void performPreferred(LedgerEntry step, Subject subject, Standing standing) {
        String writer = sessions.shares().of(subject.agentId());
        String user = subject.externalId();
        if (!step.isTakenBack()) {
            api.setPreferred(writer, user, availability(step), activity(step), expiry(step));
        } else if (isStillOurs(step, user, standing)) {
            api.clearPreferred(writer, user);
        }
    }

    /** While it cannot be told whose the preferred status is, it is asked again later. */
    private boolean isStillOurs(LedgerEntry step, String user, Standing standing) {
        Optional<TeamsPresence> shown =
                Optional.ofNullable(api.presences(List.of(user)).get(user)).map(TeamsPresence::of);
        return switch (TeamsLook.beforeTakingBack(step, standing.ledger(), shown, rules)) {
            case TeamsSlots.Nothing nothing -> false;
            case TeamsSlots.Unconfirmed unconfirmed -> true;
            case TeamsSlots.Own own -> true;
            case TeamsSlots.Theirs theirs -> false;
            case TeamsSlots.Lagging lagging -> throw notYetShown();
            case TeamsSlots.Unreadable unreadable -> throw notYetShown();
        };
    }

    private static PlatformException notYetShown() {
        return new PlatformException.NotYetShown("Teams does not show yet whose status is preferred");
    }

    private static String availability(LedgerEntry step) {
        return step.value().substring(0, step.value().indexOf('/'));
    }

    private static String activity(LedgerEntry step) {
        return step.value().substring(step.value().indexOf('/') + 1);
    }

    private static Duration expiry(LedgerEntry step) {
        return Duration.between(step.at(), step.until().orElseThrow());
    }
}
