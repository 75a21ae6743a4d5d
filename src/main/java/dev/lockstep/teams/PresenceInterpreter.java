package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.NAME;

import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a presence read in Teams says about the agent, given what we wrote: one answer for each {@link TeamsSlots}. */
record PresenceInterpreter(
        Observation seen, Standing standing, Situation situation, Mapping mapping, TeamsSettings rules, Instant now) {
    /** The one fact that Teams can show of somebody. */
    static final String PRESENCE = "presence";

    /** A person's Busy and Do not disturb end after a day, the rest after a week (presence-setUserPreferredPresence). */
    private static final Duration ONE_DAY = Duration.ofDays(1);

    private static final Duration ONE_WEEK = Duration.ofDays(7);

    /** A call seen only as a status must be seen again within this time. */
    private static final Duration FACT_LIFE = Duration.ofHours(4);

    Interpretation interpretation() {
        return switch (TeamsLook.of(seen, standing, mapping, rules, seen.askedAt())) {
            case TeamsSlots.Blind blind -> Interpretation.nothing(doubting());
            case TeamsSlots.Lagging lagging -> Interpretation.doubtful(standing);
            case TeamsSlots.Uncovering hiding -> Interpretation.doubtful(confirmed(hiding.entries()));
            // A call under it is looked for before work is let in, and until then not believed.
            case TeamsSlots.Covered covered -> Interpretation.of(factEnded(), confirmed(covered.entries()));
            case TeamsSlots.Ours ours -> session(ours);
            case TeamsSlots.Theirs theirs -> foreign(theirs);
        };
    }

    /**
     * It shows what we hold. That confirms a write that Teams accepted, while one without an answer is made again: the
     * person may have picked the same. Where the same stood there until a moment ago, it is not clear which of the two
     * shows.
     */
    private Standing confirmed(List<LedgerEntry> entries) {
        Standing next = remembering();
        for (LedgerEntry entry : entries) {
            if (entry.outcome() == LedgerEntry.Outcome.DONE && !mayBeFormer(entry)) {
                next = next.settling(entry, LedgerEntry.Outcome.SEEN);
            }
        }
        return next;
    }

    private boolean mayBeFormer(LedgerEntry entry) {
        return Stream.of(standing.ledger().formerlyHeldUntil(entry), availableUntil(entry))
                .flatMap(Optional::stream)
                .anyMatch(until -> until.plus(rules.grace()).isAfter(seen.askedAt()));
    }

    /** People's own clients show Available too: until another session of ours came, of which no look has told yet. */
    private Optional<Instant> availableUntil(LedgerEntry entry) {
        return entry.value().equalsIgnoreCase(TeamsPresence.AVAILABLE_PAIR)
                ? standing.ledger().unseenBefore(entry).map(LedgerEntry::at)
                : Optional.empty();
    }

    /** Only a mild session of ours can say that a stricter thing of Teams' own is over: others cover it. */
    private Interpretation session(TeamsSlots.Ours ours) {
        boolean mild = meaning(ours.shown()).status() == Status.AVAILABLE;
        return both(
                mild ? factEnded() : List.of(), pickedAvailable(ours.lost()), confirmed(ours.entries()), ours.lost());
    }

    private Interpretation foreign(TeamsSlots.Theirs theirs) {
        InboundRule reading = meaning(theirs.shown());
        return switch (reading.use()) {
            case FACT -> both(fact(reading.status()), noChoice(theirs.shown()), remembering(), Optional.empty());
            case CHOICE -> both(factEnded(), picked(reading.status(), theirs.lost()), remembering(), theirs.lost());
            case IGNORE -> both(factEnded(), ignored(theirs), remembering(), theirs.lost());
        };
    }

    /**
     * What the mapping says is no choice. One that shows still and was read as a choice before was none: the mapping was
     * changed. And one that people pick has taken the place of what they had picked before.
     */
    private List<Signal> noChoice(TeamsPresence shown) {
        boolean isOver =
                wasMisread(shown) || (shown.isPickable() && choiceHeldHere().isPresent());
        return isOver ? List.of(new Signal.ChoiceWithdrawn(Source.TEAMS, askedAt())) : List.of();
    }

    private boolean wasMisread(TeamsPresence shown) {
        return situation
                .choices()
                .of(Source.TEAMS)
                .flatMap(KnownChoice::presence)
                .filter(shown::is)
                .isPresent();
    }

    /** An Away that is ignored may be an idle machine's, or picked in the place of something else. */
    private List<Signal> ignored(TeamsSlots.Theirs theirs) {
        boolean isNew = theirs.shown().isAway() && !wasMisread(theirs.shown());
        List<Signal> over = isNew ? List.of() : noChoice(theirs.shown());
        return over.isEmpty() ? idle(theirs) : over;
    }

    private Interpretation both(List<Signal> facts, List<Signal> choices, Standing next, Optional<LedgerEntry> lost) {
        List<Signal> signals = Stream.concat(facts.stream(), choices.stream()).toList();
        return Interpretation.of(
                signals, lost.map(entry -> next.losing(entry.slot(), now)).orElse(next));
    }

    private List<Signal> picked(Status status, Optional<LedgerEntry> lost) {
        return status == Status.AVAILABLE
                ? pickedAvailable(lost)
                : choice(status, Optional.of(TeamsPresence.of(seen).pair()));
    }

    /**
     * Who took away the preferred status that we had set chose Available: nobody else can have. A write without an answer
     * may never have been made, and then nobody took anything away.
     */
    private List<Signal> pickedAvailable(Optional<LedgerEntry> lost) {
        return lost.filter(LedgerEntry::isAccepted)
                .<List<Signal>>map(taken -> List.of(new Signal.Choice(
                        Source.TEAMS, takenAt(taken), Status.AVAILABLE, Optional.empty(), Optional.empty())))
                .orElseGet(this::withdrawn);
    }

    /** An idle machine, whose Away looks like one that was picked; either way no other status is preferred any more. */
    private List<Signal> idle(TeamsSlots.Theirs theirs) {
        if (theirs.shown().isAway() && isPickedAway(theirs)) {
            return choice(Status.AWAY, Optional.empty());
        }
        return theirs.shown().isFaded() ? pickedAvailable(theirs.lost()) : List.of();
    }

    /**
     * In the place of a preferred status, the person's or ours, an Away is taken for the next one that was picked: in
     * doubt nobody is made reachable. Our session is sent again then, and tells the two apart.
     */
    private boolean isPickedAway(TeamsSlots.Theirs theirs) {
        return theirs.lost().isPresent() || choiceHeldHere().isPresent() || outranksAway();
    }

    /**
     * A session of ours that outranks every client's Away, and yet Away shows: then it is the person's own preferred
     * status. It proves that only once reads have caught up with the write, and our Available only until it can have
     * faded.
     */
    private boolean outranksAway() {
        return SessionSlots.held(standing.ledger(), now)
                .filter(LedgerEntry::isAccepted)
                .filter(entry -> entry.outcome() == LedgerEntry.Outcome.SEEN
                        || !seen.askedAt().isBefore(entry.at().plus(rules.grace())))
                .filter(entry -> !entry.value().equalsIgnoreCase(TeamsPresence.AVAILABLE_PAIR)
                        || seen.askedAt().isBefore(entry.at().plus(rules.fade())))
                .isPresent();
    }

    /** When a fact that shows still is to be believed for longer. */
    static Stream<Instant> renewals(Situation situation) {
        return situation.facts().open(Source.TEAMS, PRESENCE).flatMap(KnownFact::until).stream()
                .map(until -> until.minus(FACT_LIFE.dividedBy(2)));
    }

    /** The same thing seen again changes nothing but how long it is believed. */
    private List<Signal> fact(Status status) {
        Optional<KnownFact> known =
                situation.facts().open(Source.TEAMS, PRESENCE).filter(fact -> fact.status() == status);
        boolean fresh = known.flatMap(KnownFact::until)
                .map(until -> now.isBefore(until.minus(FACT_LIFE.dividedBy(2))))
                .orElse(false);
        return fresh
                ? List.of()
                : List.of(new Signal.Fact(Source.TEAMS, askedAt(), PRESENCE, status, Optional.of(now.plus(FACT_LIFE))));
    }

    private List<Signal> factEnded() {
        return situation.facts().open(Source.TEAMS, PRESENCE).isPresent()
                ? List.of(new Signal.FactEnded(Source.TEAMS, askedAt(), PRESENCE))
                : List.of();
    }

    /**
     * What shows still is no new choice, even if another was made elsewhere since.
     *
     * @param presence by which it is known, if the mapping says that it is a choice
     */
    private List<Signal> choice(Status status, Optional<String> presence) {
        Optional<Observation> before = standing.observed().filter(this::showsTheSame);
        Optional<KnownChoice> latest = before.isPresent()
                ? situation.choices().of(Source.TEAMS)
                : situation.choices().latest().filter(choice -> choice.source().equals(Source.TEAMS));
        if (latest.filter(choice -> choice.status() == status).isPresent()) {
            return List.of();
        }
        boolean endsSoon = status == Status.BUSY || status == Status.DO_NOT_DISTURB;
        Instant until = seen.askedAt().plus(endsSoon ? ONE_DAY : ONE_WEEK);
        SourceTime moment = before.map(Observation::askedAt).map(SourceTime::at).orElseGet(this::firstSeenAt);
        return List.of(new Signal.Choice(Source.TEAMS, moment, status, presence, Optional.empty(), Optional.of(until)));
    }

    private List<Signal> withdrawn() {
        return choiceHeldHere().isPresent() ? List.of(new Signal.ChoiceWithdrawn(Source.TEAMS, askedAt())) : List.of();
    }

    /** What was picked last, if that was here and keeps work away. */
    private Optional<KnownChoice> choiceHeldHere() {
        return situation
                .choices()
                .latest()
                .filter(choice -> choice.source().equals(Source.TEAMS))
                .filter(choice -> choice.status() != Status.AVAILABLE);
    }

    /** What contradicts what is known is no more than noted. */
    private Standing doubting() {
        return standing.observed()
                .filter(known -> FallenSequence.isFallen(seen, known))
                .map(known -> standing.seeing(FallenSequence.noted(known, seen)))
                .orElse(standing);
    }

    /**
     * The same again tells nothing new, unless it is the first look after a write, after the time of fading, or after the
     * time within which a session of ours that does not fade must have come to show.
     */
    private Standing remembering() {
        boolean noNews = standing.observed()
                .filter(known -> showsTheSame(known) && isOnTheSameSideOfOurWrite(known))
                .filter(known -> FallenSequence.notedIn(known).isEmpty())
                .isPresent();
        Standing next = noNews ? standing : standing.seeing(seen);
        return next.with(next.ledger().ending(TeamsLook.replaced(seen, standing, rules), seen.askedAt()));
    }

    private boolean isOnTheSameSideOfOurWrite(Observation known) {
        return standing.ledger()
                        .lastWriteAt()
                        .map(write ->
                                known.askedAt().isAfter(write) && isAfterFade(known, write) == isAfterFade(seen, write))
                        .orElse(true)
                && SessionSlots.held(standing.ledger(), now)
                        .filter(PresenceInterpreter::mustShow)
                        .map(entry -> entry.at().plus(rules.grace()))
                        .map(grace -> known.askedAt().isBefore(grace)
                                == seen.askedAt().isBefore(grace))
                        .orElse(true);
    }

    private static boolean mustShow(LedgerEntry entry) {
        return entry.outcome() == LedgerEntry.Outcome.DONE
                && !entry.value().equalsIgnoreCase(TeamsPresence.AVAILABLE_PAIR);
    }

    private boolean isAfterFade(Observation look, Instant write) {
        return !look.askedAt().isBefore(write.plus(rules.fade()));
    }

    private boolean showsTheSame(Observation known) {
        return TeamsPresence.of(known).is(TeamsPresence.of(seen).pair());
    }

    private InboundRule meaning(TeamsPresence shown) {
        return mapping.read(NAME, shown.pair()).orElse(InboundRule.IGNORED);
    }

    /** It is believed when reads must have caught up with our write, and was done when the same first showed after it. */
    private SourceTime takenAt(LedgerEntry ours) {
        return standing.observed()
                .filter(this::showsTheSame)
                .map(Observation::askedAt)
                .filter(first -> first.isAfter(ours.at()))
                .map(SourceTime::at)
                .orElseGet(this::firstSeenAt);
    }

    /** What was seen before and not believed yet is no newer for being seen again. */
    private SourceTime firstSeenAt() {
        return SourceTime.at(standing.observed()
                .flatMap(FallenSequence::notedIn)
                .filter(first -> first.isOf(seen))
                .map(FallenSequence::askedAt)
                .orElse(seen.askedAt()));
    }

    private SourceTime askedAt() {
        return SourceTime.at(seen.askedAt());
    }
}
