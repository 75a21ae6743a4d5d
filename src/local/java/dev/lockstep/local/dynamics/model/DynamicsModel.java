package dev.lockstep.local.dynamics.model;

import dev.lockstep.local.dynamics.model.Desk.Step;
import dev.lockstep.local.dynamics.model.Slot.Hold;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Omnichannel presence of an organisation's representatives, without any HTTP: what people, work, routing and the API
 * do to it. Rules from "Manage presence status" and "Synchronize presence status", learn.microsoft.com; what those
 * pages leave open is in {@link DynamicsBehaviour}.
 *
 * <p>Every method that a person or the platform's own work would perform answers whether it was possible. All of them
 * may be called from any thread.
 */
public final class DynamicsModel {
    private final Office office;
    private final Conversations conversations;
    private final Map<UUID, Presence> presences = new ConcurrentHashMap<>();
    private final Map<UUID, Desk> desks = new ConcurrentHashMap<>();
    private final Map<UUID, Workstream> workstreams = new ConcurrentHashMap<>();
    private final AtomicLong workNumber = new AtomicLong();

    public DynamicsModel(InstantSource clock, Later later, DynamicsBehaviour rules) {
        office = new Office(new PlatformClock(clock), later, rules);
        conversations = new Conversations(office);
        add(Presence.outOfBox(BasePresence.AVAILABLE, "Available"));
        add(Presence.outOfBox(BasePresence.BUSY, "Busy"));
        add(Presence.outOfBox(BasePresence.BUSY_DO_NOT_DISTURB, "Do not disturb"));
        add(Presence.outOfBox(BasePresence.AWAY, "Appear away"));
        add(Presence.outOfBox(BasePresence.OFFLINE, "Offline"));
        add(Presence.inactive());
    }

    // ---- set-up

    /** Adds or replaces a presence. */
    public Presence add(Presence presence) {
        presences.put(presence.id(), presence);
        return presence;
    }

    public Workstream add(Workstream workstream) {
        workstreams.put(workstream.id(), workstream);
        return workstream;
    }

    /** Adds a representative, signed out, or changes the profile of one who is there. */
    public Representative add(Representative who) {
        Desk desk = desks.computeIfAbsent(who.id(), id -> new Desk(who, standard(BasePresence.OFFLINE), office));
        desk.rename(who);
        if (office.rules().rows().existBeforeSignIn()) {
            desk.appear();
        }
        return who;
    }

    public void listen(ChangeListener listener) {
        office.listen(listener);
    }

    /** Makes the platform's clock wrong by this much, from now on. */
    public void skewClockBy(Duration wrongBy) {
        office.clock().skewBy(wrongBy);
    }

    // ---- the representative

    /** Opens the application in a browser: a first sign-in, another browser, or a return after a disconnect. */
    public boolean signIn(UUID who) {
        return step(who, slot -> {
            if (slot.gone().isPresent() && isReturning(slot.gone().get())) {
                return Optional.of(comeBack(who, slot));
            }
            return Optional.of(slot.present() ? anotherBrowser(slot) : arrive(who, slot));
        });
    }

    /** Leaves on purpose. Who returns soon finds the former presence again, as after a lost connection. */
    public boolean signOut(UUID who) {
        Instant at = office.clock().steady();
        Presence offline = standard(BasePresence.OFFLINE);
        return step(who, slot -> {
            if (!slot.present() && slot.gone().map(Slot.Gone::signedOut).orElse(!slot.signedIn())) {
                return Optional.empty();
            }
            boolean restores = slot.present() && office.rules().disconnect().signOutRestores();
            Slot left = restores ? slot.signedOut(at, offline) : slot.left(offline);
            return Optional.of(new Step(left, Cause.person(AgentEvent.LOGOUT, who)));
        });
    }

    /** The last tab closed or asleep, the device off, the network gone: Offline at once. */
    public boolean disconnect(UUID who) {
        Instant at = office.clock().steady();
        DynamicsBehaviour.Disconnect rules = office.rules().disconnect();
        boolean lost = step(
                who,
                slot -> slot.present()
                        ? Optional.of(new Step(
                                slot.lost(at, standard(BasePresence.OFFLINE), rules.signsOut()),
                                Cause.system(rules.event())))
                        : Optional.empty());
        if (lost && rules.lapseLogsOut()) {
            office.later().after(DynamicsBehaviour.RECONNECT_WINDOW, () -> lapse(who, at));
        }
        return lost;
    }

    /** Back after a disconnect: inside the window the former presence is restored, later it is recalculated. */
    public boolean reconnect(UUID who) {
        return step(
                who,
                slot -> slot.gone().filter(gone -> !gone.signedOut()).isPresent()
                        ? Optional.of(comeBack(who, slot))
                        : Optional.empty());
    }

    /** Picks a presence in the application's own menu. */
    public boolean choose(UUID who, UUID presence) {
        return choose(who, presence, Cause.person(AgentEvent.SET_PRESENCE, who));
    }

    /** Clears Inactive, or the Do not disturb of a rejected notification. */
    public boolean reset(UUID who) {
        return step(
                who,
                slot -> slot.present() && slot.hold() == Hold.UNTIL_RESET
                        ? Optional.of(new Step(computed(who, slot), Cause.person(AgentEvent.RESET_PRESENCE, who)))
                        : Optional.empty());
    }

    /** A supervisor's "Update presence". */
    public boolean supervise(UUID supervisor, UUID who, UUID presence) {
        return choose(who, presence, Cause.person(AgentEvent.SET_PRESENCE, supervisor));
    }

    // ---- work

    /** Accepts a conversation; answers which, or nothing when the representative is not there. */
    public Optional<UUID> accept(UUID who, Work.Channel channel, int units) {
        return take(who, work(channel, units, false), SubEvent.ASSIGNMENT_ACCEPT);
    }

    /** As {@link #accept}, for a conversation that takes a slot of the capacity profile. */
    public Optional<UUID> acceptProfiled(UUID who, Work.Channel channel, int units) {
        return take(who, work(channel, units, true), SubEvent.ASSIGNMENT_ACCEPT);
    }

    /** A supervisor assigns work whatever the capacity. */
    public Optional<UUID> assign(UUID who, Work.Channel channel, int units) {
        return take(who, work(channel, units, false), SubEvent.ASSIGNED_BY_SUPERVISOR);
    }

    /** Closes a conversation, which frees its capacity. It may end while its representative is away or gone. */
    public boolean close(UUID who, UUID work) {
        return release(who, work, SubEvent.AGENT_CLOSED).isPresent()
                && conversations.change(work, one -> one.closed(office.now()));
    }

    /** Frees the capacity of the one and takes it of the other; both presences move. */
    public boolean transfer(UUID from, UUID to, UUID work) {
        if (!desks.containsKey(to) || !desk(to).slot().present()) {
            return false;
        }
        Optional<Work> moved = release(from, work, SubEvent.AGENT_TRANSFERRED);
        moved.ifPresent(one -> {
            step(to, slot -> Optional.of(taking(to, slot, one, SubEvent.TRANSFER)));
            conversations.change(work, row -> row.heldBy(desk(to).who()));
        });
        return moved.isPresent();
    }

    /** The customer has gone, the representative still writes: capacity stays taken. */
    public boolean wrapUp(UUID work) {
        return conversations.change(work, one -> one.wrappingUp(office.now()));
    }

    /** Puts a voice call on hold, or takes it back. */
    public boolean hold(UUID work, boolean held) {
        return conversations.change(
                work, one -> one.doing(held ? Conversation.Activity.HOLD : Conversation.Activity.TALK));
    }

    /** A notification timed out: Inactive, where that setting is on. */
    public boolean miss(UUID who) {
        return office.rules().notifications().missedMakesInactive()
                && notified(who, inactive(), Cause.system(AgentEvent.MISSED_NOTIFICATION, SubEvent.AGENT_TIMEOUT));
    }

    /** A notification was rejected: Do not disturb, where that setting is on. */
    public boolean reject(UUID who) {
        Cause cause = Cause.system(AgentEvent.REJECTED_NOTIFICATION, SubEvent.AGENT_REJECT);
        return office.rules().notifications().rejectedMakesDoNotDisturb()
                && notified(who, standard(BasePresence.BUSY_DO_NOT_DISTURB), cause);
    }

    // ---- the API

    /**
     * CCaaS_ModifyAgentPresence.
     *
     * @param application the calling application's user
     */
    public ModifyResult modify(UUID who, UUID presence, UUID application) {
        DynamicsBehaviour.Api rules = office.rules().api();
        Presence wanted = presences.get(presence);
        if (wanted == null || !wanted.active() || !(wanted.userSettable() || rules.setsHidden())) {
            return ModifyResult.BAD_PRESENCE;
        }
        Cause cause = new Cause(rules.event(), Optional.empty(), rules.modifiedBy(), author(who, application));
        boolean sticks = rules.sticks() && wanted.base().outlivesWork();
        boolean done = step(
                who,
                slot -> slot.signedIn()
                        ? Optional.of(
                                new Step(slot.showing(wanted, sticks ? Hold.UNTIL_CHOICE : Hold.UNTIL_WORK), cause))
                        : Optional.empty());
        return done ? ModifyResult.DONE : ModifyResult.NOT_FOUND;
    }

    // ---- routing

    /** To whom routing would offer work of this workstream now: whoever has the most capacity left. */
    public Optional<RepresentativeView> offer(UUID workstream) {
        return eligible(workstream).stream().findFirst();
    }

    /** Everybody to whom work of this workstream may be offered now, the first choice first. */
    public List<RepresentativeView> eligible(UUID workstream) {
        Workstream stream = Optional.ofNullable(workstreams.get(workstream)).orElseThrow();
        Comparator<RepresentativeView> mostFree =
                Comparator.comparing(one -> -one.who().capacity().remaining(one.work()));
        return agents().stream()
                .filter(one -> one.takes(stream))
                .sorted(mostFree.thenComparing(one -> one.who().id()))
                .toList();
    }

    // ---- what can be seen

    public Optional<RepresentativeView> agent(UUID who) {
        return Optional.ofNullable(desks.get(who)).map(RepresentativeView::of);
    }

    public List<RepresentativeView> agents() {
        return desks.values().stream()
                .sorted(Comparator.comparing(Desk::id))
                .map(RepresentativeView::of)
                .toList();
    }

    /** The rows of msdyn_agentstatus as the table shows them, which is a little behind. */
    public List<AgentStatus> rows() {
        return desksInOrder().flatMap(desk -> desk.row().stream()).toList();
    }

    public Optional<AgentStatus> row(UUID who) {
        return Optional.ofNullable(desks.get(who)).flatMap(Desk::row);
    }

    /** A row as the table's columns, by logical name. */
    public Map<String, Object> columns(AgentStatus status) {
        return office.columns(status);
    }

    /** The latest rows of msdyn_agentstatushistory of one representative, oldest first. */
    public List<StatusHistory> history(UUID who) {
        return Optional.ofNullable(desks.get(who)).map(Desk::history).orElse(List.of());
    }

    public Collection<Presence> presences() {
        return List.copyOf(presences.values());
    }

    /** The presence of this name, or status text, whatever the case. */
    public Optional<Presence> presence(String name) {
        return presences.values().stream()
                .filter(one -> one.name().equalsIgnoreCase(name) || one.text().equalsIgnoreCase(name))
                .min(Comparator.comparing(one -> one.name().equalsIgnoreCase(name) ? 0 : 1));
    }

    public Collection<Workstream> workstreams() {
        return List.copyOf(workstreams.values());
    }

    public List<Conversation> conversations() {
        return conversations.all();
    }

    public Office office() {
        return office;
    }

    // ---- rules

    private Step arrive(UUID who, Slot slot) {
        Slot here = slot.arrived(office.now());
        Optional<UUID> preset = desk(who).who().defaultPresence();
        Presence preferred = preset.map(presences::get).orElse(standard(BasePresence.AVAILABLE));
        boolean asItIs = preferred.base() == BasePresence.OFFLINE
                || preferred.base() == BasePresence.AWAY
                || (preferred.base() == BasePresence.BUSY_DO_NOT_DISTURB
                        && slot.work().isEmpty());
        Slot shown = asItIs ? here.showing(preferred, Hold.UNTIL_CHOICE) : computed(who, here);
        return new Step(shown, Cause.person(AgentEvent.LOGIN, who));
    }

    private static Step anotherBrowser(Slot slot) {
        return new Step(slot.anotherBrowser(), Cause.system(AgentEvent.OTHER));
    }

    private boolean isReturning(Slot.Gone gone) {
        return !gone.signedOut() || isInTime(gone);
    }

    private boolean isInTime(Slot.Gone gone) {
        return !office.clock().steady().isAfter(gone.at().plus(DynamicsBehaviour.RECONNECT_WINDOW));
    }

    private Step comeBack(UUID who, Slot slot) {
        Slot.Gone gone = slot.gone().orElseThrow();
        if (isInTime(gone)) {
            Cause cause = gone.signedOut() ? Cause.person(AgentEvent.LOGIN, who) : Cause.system(AgentEvent.RECONNECT);
            return new Step(slot.returned().showing(gone.before(), gone.hold()), cause);
        }
        Slot here = slot.arrived(office.now());
        return new Step(
                computed(who, here), Cause.system(office.rules().disconnect().lateReturn()));
    }

    private void lapse(UUID who, Instant lostAt) {
        step(
                who,
                slot -> slot.gone().filter(gone -> gone.at().equals(lostAt)).map(gone -> {
                    Slot left = slot.left(standard(BasePresence.OFFLINE));
                    Slot stillGone = new Slot(
                            left.presence(), left.hold(), false, 0, left.signedInAt(), slot.gone(), left.work(), false);
                    return new Step(stillGone, Cause.system(AgentEvent.LOGOUT));
                }));
    }

    private boolean choose(UUID who, UUID presence, Cause cause) {
        Presence wanted = presences.get(presence);
        if (wanted == null || !wanted.active() || !wanted.userSettable()) {
            return false;
        }
        Hold hold = wanted.base().outlivesWork() ? Hold.UNTIL_CHOICE : Hold.UNTIL_WORK;
        return step(
                who,
                slot -> slot.present() ? Optional.of(new Step(slot.showing(wanted, hold), cause)) : Optional.empty());
    }

    private boolean notified(UUID who, Presence shown, Cause cause) {
        return step(
                who,
                slot -> slot.present()
                        ? Optional.of(new Step(slot.showing(shown, Hold.UNTIL_RESET), cause))
                        : Optional.empty());
    }

    private Optional<UUID> take(UUID who, Work work, SubEvent how) {
        boolean taken =
                step(who, slot -> slot.present() ? Optional.of(taking(who, slot, work, how)) : Optional.empty());
        if (!taken) {
            return Optional.empty();
        }
        conversations.open(work, desk(who).who());
        return Optional.of(work.id());
    }

    private Step taking(UUID who, Slot slot, Work work, SubEvent how) {
        return new Step(afterWork(who, slot.taking(work)), Cause.system(AgentEvent.SESSION_ASSIGNED, how));
    }

    private Optional<Work> release(UUID who, UUID work, SubEvent how) {
        Map<UUID, Work> found = new LinkedHashMap<>();
        step(
                who,
                slot -> slot.work().stream()
                        .filter(one -> one.id().equals(work))
                        .findFirst()
                        .map(one -> {
                            found.put(work, one);
                            return new Step(
                                    afterWork(who, slot.without(one)), Cause.system(AgentEvent.SESSION_CLOSED, how));
                        }));
        return Optional.ofNullable(found.get(work));
    }

    /** An accept or a close recalculates, except what was set by hand to last, and who is not there. */
    private Slot afterWork(UUID who, Slot slot) {
        return slot.present() && slot.hold() == Hold.UNTIL_WORK ? computed(who, slot) : slot;
    }

    private Slot computed(UUID who, Slot slot) {
        Capacity capacity = desk(who).who().capacity();
        boolean untouched = slot.work().isEmpty() && !slot.worked();
        if (!untouched && capacity.full(slot.work())) {
            return slot.showing(standard(BasePresence.BUSY_DO_NOT_DISTURB), Hold.UNTIL_WORK);
        }
        BasePresence base = slot.work().isEmpty() ? BasePresence.AVAILABLE : BasePresence.BUSY;
        return slot.showing(standard(base), Hold.UNTIL_WORK);
    }

    private Optional<UUID> author(UUID who, UUID application) {
        return switch (office.rules().api().modifiedByUser()) {
            case REPRESENTATIVE -> Optional.of(who);
            case APPLICATION -> Optional.of(application);
            case PLATFORM -> Optional.of(Office.PLATFORM_USER);
            case NOBODY -> Optional.empty();
        };
    }

    private Work work(Work.Channel channel, int units, boolean profiled) {
        UUID id = UUID.nameUUIDFromBytes(("conversation " + workNumber.incrementAndGet()).getBytes());
        return new Work(id, channel, units, profiled, office.now());
    }

    private boolean step(UUID who, Function<Slot, Optional<Step>> transition) {
        Desk desk = desks.get(who);
        return desk != null && desk.step(transition);
    }

    private Desk desk(UUID who) {
        return Optional.ofNullable(desks.get(who)).orElseThrow();
    }

    private Stream<Desk> desksInOrder() {
        return desks.values().stream().sorted(Comparator.comparing(Desk::id));
    }

    private Presence standard(BasePresence base) {
        return presences.get(base.presenceId());
    }

    private Presence inactive() {
        return presences.get(Presence.inactive().id());
    }
}
