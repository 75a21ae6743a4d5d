package dev.lockstep.simulation;

import dev.lockstep.agent.AgentState;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is decided, written and read is so by the mapping in force, and not by one that an administrator has replaced. */
final class MappingInForce {
    private static final String DYNAMICS = "dynamics";
    private static final String TEAMS = "teams";

    private final Simulation simulation;
    private final SimulatedPerson person;
    private final AgentState state;
    private final Mapping mapping;
    private final Instant now;

    MappingInForce(Simulation simulation, SimulatedPerson person, AgentState state) {
        this.simulation = simulation;
        this.person = person;
        this.state = state;
        this.mapping = simulation.mappingInForce();
        this.now = simulation.time.instant();
    }

    void converged() {
        decidedByIt();
        readInDynamics();
        readInTeams();
        shownInDynamics();
        heldInTeams();
    }

    private void decidedByIt() {
        Decider decider = new Decider(new Policy(mapping.strictness(), Policy.DEFAULT.callMaxAge()));
        Optional<Status> status = decider.decide(state.situation(), now).status();
        Optional<Status> decided = state.decided().orElseThrow().status();
        if (!decided.equals(status)) {
            fail("is decided to be " + decided + ", by the order in force " + status);
        }
    }

    /**
     * What somebody picked in Dynamics, whether it shows there or lies beneath something else. Of a presence that was made
     * meanwhile nobody may have looked since it is known, unless it shows.
     */
    private void readInDynamics() {
        Presence shown = person.inDynamics().presence();
        pickedIn(Source.DYNAMICS)
                .ifPresent(choice -> simulation.center.presence().presences().stream()
                        .filter(presence -> choice.presence()
                                .equals(Optional.of(presence.id().toString())))
                        .filter(presence ->
                                presence.equals(shown) || !presence.name().equals(DynamicsActions.MADE_MEANWHILE))
                        .filter(presence -> !isRead(reading(presence), choice))
                        .forEach(presence -> fail(presence.name() + " is taken for " + choice.status())));
    }

    /** What somebody picked in Teams, whether it shows there or lies beneath something else. */
    private void readInTeams() {
        pickedIn(Source.TEAMS)
                .ifPresent(choice -> choice.presence()
                        .filter(pair -> !isRead(mapping.read(TEAMS, pair).orElse(InboundRule.IGNORED), choice))
                        .ifPresent(pair -> fail(pair + " is taken for " + choice.status())));
    }

    private Optional<KnownChoice> pickedIn(Source platform) {
        return state.situation().choices().of(platform);
    }

    private static boolean isRead(InboundRule reading, KnownChoice choice) {
        return reading.is(EvidenceKind.CHOICE) && reading.status() == choice.status();
    }

    /** By its name; what no mapping names means its base. */
    private InboundRule reading(Presence presence) {
        return mapping.read(DYNAMICS, presence.name())
                .orElseGet(() -> new InboundRule(meaning(presence.base()), EvidenceKind.CHOICE));
    }

    private static Status meaning(BasePresence base) {
        return switch (base) {
            case AVAILABLE -> Status.AVAILABLE;
            case BUSY -> Status.BUSY;
            case BUSY_DO_NOT_DISTURB -> Status.DO_NOT_DISTURB;
            case AWAY -> Status.AWAY;
            case OFFLINE -> Status.OFFLINE;
        };
    }

    /** Ours is what carries the status, or the very presence that was picked; anything else means the status. */
    private void shownInDynamics() {
        Standing standing = state.standing(DYNAMICS);
        if (!person.inDynamics().signedIn()
                || standing.condition() != Condition.IN_SYNC
                || standing.wanted().isEmpty()) {
            return;
        }
        Presence shown = person.inDynamics().presence();
        Status wanted = standing.wanted().get();
        boolean isCarrier =
                carrier(wanted).filter(shown.name()::equalsIgnoreCase).isPresent();
        boolean isOurs = standing.ledger()
                .heldIn("presence", now)
                .filter(entry -> entry.value().equals(shown.id().toString()))
                .isPresent();
        boolean means = isOurs ? isPicked(shown, wanted) : means(shown, wanted);
        if (!isCarrier && !means) {
            fail("Dynamics shows " + shown.name() + ", wanted " + wanted + ", which is shown as " + carrier(wanted));
        }
    }

    private Optional<String> carrier(Status status) {
        return mapping.write(DYNAMICS, status).map(OutboundRule::values).orElse(List.of()).stream()
                .filter(name -> simulation.center.presence().presence(name).isPresent())
                .findFirst();
    }

    private boolean isPicked(Presence shown, Status wanted) {
        return state.decided()
                .flatMap(Decision::choice)
                .flatMap(latest -> state.situation().choices().saidAlready(Source.DYNAMICS, latest))
                .filter(choice ->
                        choice.presence().equals(Optional.of(shown.id().toString())))
                .filter(choice -> choice.status() == wanted && isRead(reading(shown), choice))
                .isPresent();
    }

    private boolean means(Presence shown, Status wanted) {
        InboundRule reading = reading(shown);
        if (!reading.is(EvidenceKind.IGNORE)) {
            return reading.status() == wanted;
        }
        boolean isOnlyOurs = Arrays.stream(Status.values())
                .anyMatch(status ->
                        carrier(status).filter(shown.name()::equalsIgnoreCase).isPresent());
        return !isOnlyOurs && meaning(shown.base()) == wanted;
    }

    /** What we hold in Teams is what carries the status there. Beside a preferred one there may be any mild session. */
    private void heldInTeams() {
        Standing standing = state.standing(TEAMS);
        boolean showsItself =
                state.situation().facts().open(Source.TEAMS, "presence").isPresent();
        if (standing.condition() != Condition.IN_SYNC || standing.wanted().isEmpty() || showsItself) {
            return;
        }
        Status wanted = standing.wanted().get();
        OutboundRule rule = mapping.write(TEAMS, wanted).orElseThrow();
        Optional<String> preferred = held(standing, "preferred");
        Optional<String> session = standing.ledger().held().keySet().stream()
                .filter(slot -> slot.startsWith("session"))
                .flatMap(slot -> held(standing, slot).stream())
                .filter(value -> !value.equals("Available/Available"))
                .findFirst();
        boolean isPreferred = rule.slot().equals("preferred");
        boolean isWrong = preferred
                        .filter(value -> !isPreferred || !rule.values().contains(value))
                        .isPresent()
                || session.filter(value -> isPreferred || !rule.values().contains(value))
                        .isPresent();
        if (isWrong) {
            fail("we hold " + preferred + " and " + session + " in Teams, wanted " + wanted + ", which is " + rule);
        }
    }

    private Optional<String> held(Standing standing, String slot) {
        return standing.ledger().heldIn(slot, now).map(LedgerEntry::value);
    }

    private void fail(String what) {
        simulation.fail(person.entra(), "by the mapping in force: " + what);
    }
}
