package dev.lockstep.local.teams.notifications;

import dev.lockstep.local.entra.Caller;
import dev.lockstep.local.teams.graph.GraphBehaviour;
import dev.lockstep.local.teams.graph.GraphError;
import dev.lockstep.local.teams.model.ShownChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The subscriptions that exist, and their lives: presence subscriptions vanish silently when they expire, and ask to
 * be reauthorized while the token of their creator runs out.
 */
public final class ActiveSubscriptions {
    private static final Duration BEFORE_LAPSE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_CHALLENGES = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Notifier notifier;
    private final GraphBehaviour rules;
    private final Map<String, Subscription> all = new LinkedHashMap<>();

    public ActiveSubscriptions(InstantSource clock, Notifier notifier, GraphBehaviour rules) {
        this.clock = clock;
        this.notifier = notifier;
        this.rules = rules;
    }

    /** @throws GraphError 409 when the application has one for this user already */
    public synchronized void demandRoom(Caller caller, Watched watched) {
        tick();
        String creator = creator(caller);
        boolean taken = all.values().stream()
                .anyMatch(other -> other.isOf(caller.appId(), creator) && overlaps(other.watched(), watched));
        if (taken) {
            throw GraphError.conflict("A subscription already exists for the specified application and user. It must "
                    + "be deleted before another one can be created.");
        }
    }

    public synchronized void add(Caller caller, Subscription subscription) {
        demandRoom(caller, subscription.watched());
        all.put(subscription.id(), subscription);
    }

    public synchronized void remove(Caller caller, String id) {
        all.remove(find(caller, id).id());
    }

    /** @throws GraphError 404 when the caller has none of this id */
    public synchronized Subscription find(Caller caller, String id) {
        tick();
        return Optional.ofNullable(all.get(id))
                .filter(found -> found.isOf(caller.appId(), creator(caller)))
                .orElseThrow(() -> GraphError.notFound("The object was not found."));
    }

    public synchronized Subscription replace(Caller caller, String id, UnaryOperator<Subscription> change) {
        Subscription changed = change.apply(find(caller, id));
        all.put(id, changed);
        return changed;
    }

    public synchronized List<Subscription> of(Caller caller) {
        tick();
        return all.values().stream()
                .filter(found -> found.isOf(caller.appId(), creator(caller)))
                .toList();
    }

    public synchronized List<Subscription> everybodys() {
        return List.copyOf(all.values());
    }

    /** Asks for reauthorization now, as the platform may at any time. */
    public synchronized boolean challenge(String id) {
        Optional<Subscription> found = Optional.ofNullable(all.get(id));
        found.ifPresent(this::challenge);
        return found.isPresent();
    }

    /** Tells the subscribers of a presence; what changes while a subscription is paused is lost. */
    public synchronized void presenceChanged(ShownChange change) {
        if (!change.isOfPair() && !rules.has(GraphBehaviour.Option.NOTIFY_ON_MESSAGE)) {
            return;
        }
        Instant now = clock.instant();
        for (Subscription each : all.values()) {
            if (each.deliversAt(now)
                    && each.watched() instanceof Watched.Presences presences
                    && presences.contains(change.userId())) {
                notifier.presence(each, change.after());
            }
        }
    }

    public synchronized void shiftChanged(String changeType, String teamId, String shiftId) {
        Instant now = clock.instant();
        for (Subscription each : all.values()) {
            if (each.deliversAt(now)
                    && each.watched() instanceof Watched.Shifts(String watchedTeam)
                    && watchedTeam.equals(teamId)
                    && List.of(each.changeType().split(",")).contains(changeType)) {
                notifier.shift(each, changeType, teamId, shiftId);
            }
        }
    }

    /** Drops what has expired and sends the challenges that are due. */
    public synchronized void tick() {
        Instant now = clock.instant();
        all.values().removeIf(each -> !each.isLiveAt(now));
        for (Subscription each : new ArrayList<>(all.values())) {
            boolean lapses = !now.isBefore(each.authorizedUntil().minus(BEFORE_LAPSE));
            boolean asked = each.challenged().isAfter(now.minus(BETWEEN_CHALLENGES));
            if (lapses && !asked) {
                challenge(each);
            }
        }
    }

    private void challenge(Subscription each) {
        all.put(each.id(), each.challengedAt(clock.instant()));
        notifier.lifecycle(each, "reauthorizationRequired");
    }

    /** Presence: one for each application and user, whatever it watches. Shifts: one for each application and path. */
    private static boolean overlaps(Watched one, Watched other) {
        return (one instanceof Watched.Presences && other instanceof Watched.Presences) || one.equals(other);
    }

    public static String creator(Caller caller) {
        return caller.user().orElse(caller.appId());
    }
}
