package dev.lockstep.simulation;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What must always hold, checked after every step. The names are those of docs/architecture.md#invariants. */
final class Invariants {
    /** How long routing may be open after a call was accepted: the write, and a person's overriding it in between. */
    private static final Duration WRITE = Duration.ofSeconds(10);

    /** A poll, and the time for which reads lag behind. */
    private static final Duration SEEN = Duration.ofSeconds(10);

    /** After something went wrong the sweep heals it within a minute, and then it has to be written. */
    private static final Duration HEALING = Duration.ofSeconds(150);

    private static final Set<Status> IN_TALK = Set.of(Status.ON_A_CALL, Status.IN_A_MEETING);

    private final Simulation simulation;
    private final Map<String, Instant> openSince = new HashMap<>();
    private final Map<String, Instant> dueSince = new HashMap<>();

    Invariants(Simulation simulation) {
        this.simulation = simulation;
    }

    void check() {
        for (SimulatedPerson person : simulation.people) {
            protectedFromRouting(person);
            notTakenForGone(person);
            notSentHomeEarly(person);
            pickIsKnown(person);
            lookedAfter(person);
        }
    }

    /** Isolation: who is due is looked after by the second sweep, whatever is wrong with somebody else. */
    private void lookedAfter(SimulatedPerson person) {
        Instant now = simulation.time.instant();
        boolean isDue = !simulation.faults.isUnreadable(person.agentId())
                && simulation
                        .state(person)
                        .dueAt()
                        .filter(due -> !due.isAfter(now))
                        .isPresent();
        if (!isDue) {
            dueSince.remove(person.agentId());
            return;
        }
        Instant since = dueSince.computeIfAbsent(person.agentId(), id -> now);
        boolean troubled = simulation.faults.lastForAll().plus(HEALING).isAfter(now);
        Duration sweeps = Simulation.SWEEP.multipliedBy(2).plus(WRITE);
        Duration allowed = troubled ? sweeps.plus(HEALING) : sweeps;
        if (since.plus(allowed).isBefore(now)) {
            fail(person, "is due since " + since + ", and nobody looks");
        }
    }

    /** Nothing lost: what was picked in Dynamics, or is somebody's default at the sign-in, is known as soon as it is told. */
    private void pickIsKnown(SimulatedPerson person) {
        Optional<Status> picked = person.lastWord()
                .filter(word -> simulation.scenario.faultRate() == 0 && simulation.readsAsShipped())
                .filter(word -> word.source().equals(Source.DYNAMICS))
                .filter(word -> word.at().plus(SEEN).isBefore(simulation.time.instant()))
                .map(SimulatedPerson.Word::status);
        if (picked.isPresent()) {
            Optional<Status> known = simulation
                    .state(person)
                    .situation()
                    .choices()
                    .of(Source.DYNAMICS)
                    .map(KnownChoice::status);
            if (!known.equals(picked)) {
                fail(person, "picked " + picked.get() + " in Dynamics, but what is known is " + known);
            }
        }
    }

    /** Nobody is sent home by an end that was moved or deleted before it came. */
    private void notSentHomeEarly(SimulatedPerson person) {
        boolean early = simulation.scenario.faultRate() == 0
                && simulation.state(person).decided().map(Decision::because).stream()
                        .flatMap(List::stream)
                        .anyMatch(reason -> reason.kind() == Reason.Kind.SHIFT_ENDED && person.isNoEnd(reason.since()));
        if (early) {
            fail(person, "is sent home though the shift goes on");
        }
    }

    /** Not gone yet: a lost connection may come back, and Dynamics then brings back what was there. */
    private void notTakenForGone(SimulatedPerson person) {
        Instant now = simulation.time.instant();
        boolean mayComeBack = simulation.scenario.faultRate() == 0
                && person.lostAt()
                        .filter(lost -> now.isBefore(lost.plus(DynamicsBehaviour.RECONNECT_WINDOW)))
                        .isPresent();
        if (mayComeBack && !simulation.state(person).situation().signIn().holdsAt(now)) {
            fail(person, "lost the connection at " + person.lostAt() + " and is taken for gone already");
        }
    }

    /** Nothing invented: no call of ours that Teams shows is ever taken for one of Teams' own. */
    void writing(SimulatedPerson person) {
        if (simulation.scenario.faultRate() > 0) {
            return;
        }
        simulation
                .state(person)
                .situation()
                .facts()
                .open(Source.TEAMS, "presence")
                .filter(fact -> fact.status() == Status.ON_A_CALL && !person.talkedInTeamsAt(fact.since()))
                .ifPresent(fact -> fail(person, "believed to be in a call in Teams that nobody made: " + fact));
    }

    /** What must hold when we write a presence. */
    void writing(SimulatedPerson person, Presence presence) {
        milderThanPicked(person, presence.name());
        asItWasPicked(person, presence.name());
        boolean open = presence.base() == BasePresence.AVAILABLE || presence.base() == BasePresence.BUSY;
        if (open) {
            notReleasedBlindly(person, presence.name());
            notLiftedByUs(person, presence.name());
            notBeyondCapacity(person, presence.name());
        }
    }

    /** Where the last word is a choice in Dynamics, the very presence is brought back and not another of its status. */
    private void asItWasPicked(SimulatedPerson person, String presence) {
        boolean another = simulation.scenario.faultRate() == 0
                && simulation.readsAsShipped()
                && !presence.equals(person.lastPicked())
                && simulation
                        .state(person)
                        .decided()
                        .flatMap(Decision::choice)
                        .filter(choice -> choice.source().equals(Source.DYNAMICS))
                        .filter(choice -> person.lastPickedAt()
                                .filter(picked -> isThatOf(choice.moment().at(), picked))
                                .isPresent())
                        .filter(choice -> DynamicsActions.meaning(presence).equals(Optional.of(choice.status())))
                        .isPresent();
        if (another) {
            fail(person, "picked " + person.lastPicked() + ", but what we write is " + presence);
        }
    }

    /** Whether that very choice is known: older environments tell whole seconds, and news of the last may be on its way. */
    private boolean isThatOf(Instant told, Instant picked) {
        boolean toTheSecond =
                simulation.scenario.tellsWholeSeconds() && told.equals(picked.truncatedTo(ChronoUnit.SECONDS));
        return told.equals(picked) || toTheSecond;
    }

    /** What Dynamics set after work was offered in vain is lifted by nobody but the person. */
    private void notLiftedByUs(SimulatedPerson person, String presence) {
        boolean unanswered = simulation.scenario.faultRate() == 0
                && person.missedAt()
                        .filter(missed -> missed.plus(SEEN).isBefore(simulation.time.instant()))
                        .isPresent();
        if (unanswered) {
            fail(person, "work is let in with " + presence + " though it was missed at " + person.missedAt());
        }
    }

    /** Where nothing is left that somebody can take, nothing is let in by us, unless they picked that in Dynamics themselves. */
    private void notBeyondCapacity(SimulatedPerson person, String presence) {
        boolean picked = simulation
                .state(person)
                .decided()
                .flatMap(Decision::choice)
                .filter(choice -> choice.source().equals(Source.DYNAMICS))
                .isPresent();
        boolean isExhausted = simulation.scenario.faultRate() == 0
                && person.exhaustedAt()
                        .filter(since -> since.plus(SEEN).isBefore(simulation.time.instant()))
                        .isPresent();
        if (isExhausted && !picked) {
            fail(
                    person,
                    "work is let in with " + presence + " though no capacity is left since " + person.exhaustedAt());
        }
    }

    /** No blind release: a call in Teams that our own session covered is found before work is let in again. */
    private void notReleasedBlindly(SimulatedPerson person, String presence) {
        boolean keptAway = person.inDynamics().presence().base() == BasePresence.BUSY_DO_NOT_DISTURB;
        boolean onAnotherCall = simulation.scenario.faultRate() == 0
                && person.inTeamsCallSince()
                        .filter(since -> since.plus(SEEN).isBefore(simulation.time.instant()))
                        .isPresent();
        if (keptAway && onAnotherCall) {
            fail(person, "work is let in with " + presence + " during a call in Teams");
        }
    }

    /**
     * People win: from one status picked in Teams to another, and for as long as one stands there, Dynamics is given
     * nothing milder. What was chosen elsewhere since is another matter.
     */
    private void milderThanPicked(SimulatedPerson person, String presence) {
        Optional<String> picked = simulation.preferred.heldBackBy(person.entra(), presence, person.lastElsewhere());
        if (simulation.scenario.faultRate() == 0 && picked.isPresent()) {
            fail(person, presence + " is written while Teams shows " + picked.get() + ", picked by the person");
        }
    }

    /** Routing protection: while a connected call lasts, Dynamics is not routable for longer than a write takes. */
    private void protectedFromRouting(SimulatedPerson person) {
        Instant now = simulation.time.instant();
        if (!isOpen(person) || !person.accepted().any() || isOutOfReach(person) || isBroken(person)) {
            openSince.remove(person.agentId());
            return;
        }
        Duration since = Duration.between(openSince.computeIfAbsent(person.agentId(), id -> now), now);
        boolean troubled = simulation.faults.last().plus(HEALING).isAfter(now);
        Duration allowed = troubled ? HEALING.multipliedBy(3) : WRITE;
        if (since.compareTo(allowed) > 0) {
            fail(
                    person,
                    "on a call " + person.accepted() + ", yet Dynamics shows "
                            + person.inDynamics().presence().name() + " for " + since);
        }
    }

    private boolean isOutOfReach(SimulatedPerson person) {
        return simulation.faults.isDown("dynamics") || simulation.faults.isUnreadable(person.agentId());
    }

    /** Whether routing may offer something. */
    private static boolean isOpen(SimulatedPerson person) {
        RepresentativeView view = person.inDynamics();
        BasePresence base = view.presence().base();
        return view.present() && (base == BasePresence.AVAILABLE || base == BasePresence.BUSY);
    }

    /** Somebody kept overriding us: then we stop, and say so. */
    private boolean isBroken(SimulatedPerson person) {
        Standing standing = simulation.state(person).standing("dynamics");
        return standing.condition() == Condition.LOOP_SUSPECTED || standing.condition() == Condition.THROTTLED;
    }

    boolean haveConverged() {
        try {
            converged();
            return true;
        } catch (Violation notYet) {
            return false;
        }
    }

    /** Convergence: when events and faults have stopped, every platform shows what is wanted, by the mapping in force. */
    void converged() {
        for (SimulatedPerson person : simulation.people) {
            AgentState state = simulation.state(person);
            callsAreKnown(person, state);
            workIsKnown(person, state);
            lastWordCounts(person, state);
            goneHomeIsOffline(person, state);
            dynamicsShows(person, state);
            pickedPresenceShows(person, state);
            leftWorkIsNoReason(person, state);
            teamsShows(person, state);
            applicationWasTold(person, state);
            rowsAreTrue(person, AgentView.of(state));
            accountIsTheirs(person, state);
            new MappingInForce(simulation, person, state).converged();
        }
    }

    /**
     * Who is signed out takes no work, whatever an application says of them. What is stored besides while a decision is
     * overdue, as after an outage, decides nothing.
     */
    void signedOutIsNotAvailable(SimulatedPerson person, AgentState state) {
        AgentView view = AgentView.of(state);
        boolean isAvailable = Stream.concat(
                        Stream.of(view.status()),
                        view.details().platforms().values().stream().flatMap(on -> on.wanted().stream()))
                .anyMatch(Status.AVAILABLE::equals);
        Instant decidedAt = simulation.time.instant().minus(WRITE);
        boolean isOverdue = state.decided()
                .flatMap(Decision::reviewAt)
                .filter(due -> due.isBefore(decidedAt))
                .isPresent();
        if (isAvailable && !isOverdue && !state.situation().signIn().holdsAt(decidedAt)) {
            fail(person, "is signed out, and yet shown as " + view);
        }
    }

    /** Where a platform is said to be in sync it shows what is said to be wanted there. */
    private void rowsAreTrue(SimulatedPerson person, AgentView view) {
        view.details().platforms().forEach((platform, on) -> {
            boolean isContradiction = on.condition() == Condition.IN_SYNC
                    && on.wanted().isPresent()
                    && !on.observed()
                            .or(() -> on.told().map(AgentView.OnPlatform.Told::status))
                            .equals(on.wanted());
            if (isContradiction) {
                fail(person, platform + " is in sync, and yet " + on);
            }
        });
    }

    /** Who was given another account is known by it, and by no former one. */
    private void accountIsTheirs(SimulatedPerson person, AgentState state) {
        Optional<String> known = state.profile().externalId("teams");
        if (!known.equals(Optional.of(person.entra()))) {
            fail(person, "has the account " + person.entra() + ", and is taken for " + known);
        }
    }

    /** What comes back is what was there: the very presence, and not another one of its status. */
    private void pickedPresenceShows(SimulatedPerson person, AgentState state) {
        Standing standing = state.standing("dynamics");
        boolean comparable = person.inDynamics().signedIn()
                && simulation.scenario.faultRate() == 0
                && person.lastWord()
                        .filter(word -> word.source().equals(Source.DYNAMICS))
                        .filter(word -> standing.wanted().equals(Optional.of(word.status())))
                        .isPresent();
        String shown = person.inDynamics().presence().name();
        if (comparable && standing.condition() == Condition.IN_SYNC && !shown.equals(person.lastPicked())) {
            fail(person, "picked " + person.lastPicked() + ", but what came back is " + shown);
        }
    }

    /** Work that stays assigned to who has left keeps nobody busy. */
    private void leftWorkIsNoReason(SimulatedPerson person, AgentState state) {
        boolean isReason = state.decided().orElseThrow().because().stream()
                .anyMatch(reason ->
                        reason.kind() == Reason.Kind.FACT && reason.source().equals(Source.DYNAMICS));
        if (isReason && !person.inDynamics().signedIn()) {
            fail(person, "has left, and yet " + state.decided().orElseThrow().because());
        }
    }

    private void workIsKnown(SimulatedPerson person, AgentState state) {
        RepresentativeView view = person.inDynamics();
        boolean known = state.situation().facts().open(Source.DYNAMICS, "work").isPresent();
        if (view.signedIn() && known != !view.work().isEmpty()) {
            fail(person, "has " + view.work().size() + " conversations, believed " + known);
        }
    }

    /** People win: what somebody picked last counts, unless nobody could know of it. */
    private void lastWordCounts(SimulatedPerson person, AgentState state) {
        boolean knowable = person.lastWord()
                .filter(word -> !word.source().equals(Source.DYNAMICS) || simulation.scenario.faultRate() == 0)
                .filter(word -> !simulation.faults.wasDown("teams"))
                .filter(word -> simulation.readsAsShipped())
                .filter(word -> !simulation.faults.wasUnreadable(person.agentId()))
                .isPresent();
        Optional<KnownChoice> known = state.situation().choices().latest();
        boolean counts = known.filter(choice -> person.lastWord()
                        .filter(word -> word.source().equals(choice.source()) && word.status() == choice.status())
                        .isPresent())
                .isPresent();
        if (knowable && !counts) {
            fail(person, "picked last " + person.lastWord() + ", but what counts is " + known);
        }
    }

    /** Home means Offline. */
    private void goneHomeIsOffline(SimulatedPerson person, AgentState state) {
        boolean onACall = person.accepted().any() || !person.accepted().areCertain() || shows(state, Status.ON_A_CALL);
        boolean knowable = !simulation.faults.wasUnreadable(person.agentId());
        // What was picked while Teams was down may be of after the end, for all that anybody can tell.
        boolean pickedUnseen = simulation.faults.wasDown("teams")
                && state.decided()
                        .flatMap(Decision::choice)
                        .filter(choice -> choice.source().equals(Source.TEAMS))
                        .isPresent();
        if (person.wentHome() && knowable && !pickedUnseen && !onACall && !shows(state, Status.OFFLINE)) {
            fail(
                    person,
                    "went home, yet is decided to be "
                            + state.decided().orElseThrow().status());
        }
    }

    private static boolean shows(AgentState state, Status status) {
        return state.decided().orElseThrow().status().equals(Optional.of(status));
    }

    private void applicationWasTold(SimulatedPerson person, AgentState state) {
        Standing standing = state.standing("application:" + Product.APPLICATION);
        String wanted = standing.wanted().map(Status::label).orElse("offline");
        if (!simulation.told(person).equals(wanted)) {
            fail(person, "the application was told " + simulation.told(person) + ", wanted " + wanted);
        }
    }

    /** Nothing lost, and nothing invented. */
    private void callsAreKnown(SimulatedPerson person, AgentState state) {
        boolean says = state.decided().map(Decision::because).orElseThrow().stream()
                .anyMatch(reason -> reason.kind() == Reason.Kind.CALL);
        boolean elsewhere = !says
                && state.decided()
                        .orElseThrow()
                        .status()
                        .filter(IN_TALK::contains)
                        .isPresent();
        if (elsewhere && !person.accepted().any() && person.accepted().areCertain()) {
            fail(
                    person,
                    "no call and no meeting anywhere, yet "
                            + state.decided().get().because());
        }
        boolean lost = person.accepted().any() && !says;
        boolean invented = says && !person.accepted().any() && person.accepted().areCertain();
        if (lost || invented) {
            fail(
                    person,
                    "accepted calls " + person.accepted() + ", decided "
                            + state.decided().orElseThrow().because());
        }
    }

    /** Convergence in Dynamics, and nothing sticks there. */
    private void dynamicsShows(SimulatedPerson person, AgentState state) {
        RepresentativeView view = person.inDynamics();
        Standing standing = state.standing("dynamics");
        String shown = view.presence().name();
        Instant now = simulation.time.instant();
        boolean shownOffline = view.presence().base() == BasePresence.OFFLINE;
        boolean believed = state.situation().signIn().holdsAt(now);
        if (view.signedIn() != believed && !shownOffline) {
            fail(person, "signed in " + view.signedIn() + ", believed the opposite");
        }
        if (!view.signedIn() || !believed) {
            return;
        }
        Condition condition = standing.condition();
        boolean settled = condition == Condition.IN_SYNC
                || condition == Condition.HELD_BY_PERSON
                || condition == Condition.LOOP_SUSPECTED;
        if (!settled) {
            fail(
                    person,
                    "Dynamics shows " + shown + ", wanted " + standing.wanted() + ", is " + condition + ": "
                            + standing.progress().message());
        }
        boolean says = shown.equals("On a call");
        boolean wanted = standing.wanted().equals(Optional.of(Status.ON_A_CALL));
        if (says && !wanted && condition != Condition.LOOP_SUSPECTED) {
            fail(person, "Dynamics still says On a call, wanted " + standing.wanted());
        }
        if (wanted
                && !says
                && condition == Condition.IN_SYNC
                && view.presence().base() != BasePresence.BUSY_DO_NOT_DISTURB
                && view.presence().base() != BasePresence.OFFLINE) {
            fail(person, "Dynamics shows " + shown + " though on a call");
        }
    }

    /** Convergence in Teams, and nothing sticks there. */
    private void teamsShows(SimulatedPerson person, AgentState state) {
        TeamsModel.Inside inside = simulation.teams.inside(person.entra());
        Standing standing = state.standing("teams");
        boolean ours = inside.applications().containsValue(Pair.IN_A_CALL);
        boolean wanted = standing.wanted().equals(Optional.of(Status.ON_A_CALL));
        if (ours != wanted) {
            fail(person, "our session in Teams says " + inside.applications() + ", wanted " + standing.wanted());
        }
        Condition condition = standing.condition();
        boolean outranked = simulation.preferred.isPersons(person.entra());
        boolean settled = condition == Condition.IN_SYNC || condition == Condition.HELD_BY_PERSON;
        if (!settled && !outranked) {
            fail(
                    person,
                    "Teams shows " + inside + ", wanted " + standing.wanted() + ", is " + condition + ": "
                            + standing.progress().message());
        }
        // An idle machine and a faded session of ours look the same as an Away that somebody picked, and without any
        // session nobody sees that what was picked was reset.
        boolean unseen = inside.shown().equals(Pair.AWAY) || inside.shown().equals(Pair.OFFLINE);
        if (condition == Condition.HELD_BY_PERSON && !unseen && !outranked) {
            fail(person, "Teams is taken to be held by the person, who set nothing: " + inside);
        }
    }

    /** Quiet: when nothing happens, nothing is written but what must be renewed. */
    void quiet(long writes) {
        if (writes > simulation.people.size() * 2L) {
            throw new Violation(
                    "seed " + simulation.scenario.seed() + ": nothing happened, and yet " + writes + " writes"
                            + simulation.trace.of(simulation.people.getFirst().agentId()));
        }
    }

    void fail(SimulatedPerson person, String what) {
        AgentState state = simulation.state(person);
        Situation situation = state.situation();
        throw new Violation("seed " + simulation.scenario.seed() + " at " + simulation.time.instant() + ", "
                + person.agentId() + ": " + what + "\n" + simulation.trace.of(person.agentId())
                + "\n  decided " + state.decided().orElse(null)
                + "\n  calls " + situation.calls().known().values()
                + "\n  lines " + situation.calls().lines().values()
                + "\n  facts " + situation.facts().known().values()
                + "\n  choices " + situation.choices().known().values() + " withdrawn "
                + situation.choices().withdrawals()
                + "\n  signed in " + situation.signIn().latest() + ", out "
                + situation.signIn().signOut()
                + told("dynamics", state) + told("teams", state)
                + "\n  in Dynamics " + person.inDynamics()
                + "\n  in Teams " + simulation.teams.inside(person.entra()));
    }

    private String told(String platform, AgentState state) {
        Standing standing = state.standing(platform);
        StringBuilder text = new StringBuilder("\n  " + platform + " wanted " + standing.wanted() + ", "
                + standing.condition() + ": " + standing.progress().message() + ", showing "
                + standing.display().showing() + ", observed "
                + standing.observed());
        for (LedgerEntry entry : standing.ledger().entries()) {
            text.append("\n    " + entry.at() + " " + entry.slot() + " '" + simulation.named(entry.value()) + "' "
                    + entry.outcome() + (standing.ledger().holds(entry) ? " held" : ""));
        }
        return text.toString();
    }
}
