package dev.lockstep.teams.subscriptions;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.Control;
import dev.lockstep.teams.subscriptions.SubscriptionApi.Held;
import dev.lockstep.teams.subscriptions.SubscriptionRecord.Made;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The one subscription of a service user, brought from what Graph lists to what is wanted. */
final class UserSubscription {
    /** Graph takes an hour at most by its own clock, and lengthens what is under 45 minutes. */
    static final Duration LIFE = Duration.ofMinutes(55);

    private static final Logger LOG = Logger.getLogger(UserSubscription.class);

    private final ServiceUser user;
    private final List<String> otherReferences;
    private final SubscriptionTerms terms;
    private final SubscriptionApi graph;
    private final SubscriptionRecord record;
    private final SubscriptionLifecycle lifecycle;
    private final InstantSource clock;
    private final Duration renewedBefore;
    private final String digest;

    /**
     * @param otherReferences of the other service users
     * @param graph the user's
     * @param renewedBefore how much time may be left when it is renewed
     */
    UserSubscription(
            ServiceUser user,
            List<String> otherReferences,
            SubscriptionTerms terms,
            SubscriptionApi graph,
            Control control,
            InstantSource clock,
            Duration renewedBefore) {
        this.user = user;
        this.otherReferences = otherReferences;
        this.terms = terms;
        this.graph = graph;
        this.record = new SubscriptionRecord(control);
        this.lifecycle = new SubscriptionLifecycle(control);
        this.clock = clock;
        this.renewedBefore = renewedBefore;
        this.digest = terms.digest(user.watched());
    }

    /** @return what is alive then; nothing where nobody is to be watched */
    Optional<Made> ensured() {
        List<Held> held = graph.held();
        Optional<Made> recorded = record.of(user.reference());
        Optional<Made> made = recorded.filter(one -> one.terms().equals(digest));
        Optional<Held> fitting = made.flatMap(
                one -> held.stream().filter(other -> fits(other, one)).findFirst());
        held.stream()
                .filter(this::isOurs)
                .filter(one -> !fitting.equals(Optional.of(one)))
                .forEach(this::takeDown);
        if (fitting.isEmpty() && recorded.isPresent()) {
            record.forget(user.reference());
        }
        if (user.watched().isEmpty()) {
            return Optional.empty();
        }
        refuseAnotherInstallation(held);
        return Optional.of(fitting.isPresent() ? renewed(fitting.get(), made.get()) : created());
    }

    private boolean fits(Held held, Made made) {
        return isOurs(held) && made.id().equals(held.id()) && !user.watched().isEmpty() && !wasRemoved(held);
    }

    private boolean isOurs(Held held) {
        return held.notificationUrl().equals(terms.notificationUrl());
    }

    private boolean wasRemoved(Held held) {
        return lifecycle.of(held.id()).filter("subscriptionRemoved"::equals).isPresent();
    }

    private void takeDown(Held stray) {
        refuseSharedUser(stray);
        graph.remove(stray.id());
        lifecycle.heeded(stray.id());
        LOG.infof("service user %d: subscription %s is taken down", user.number(), stray.id());
    }

    /** Two references of one user would take each other's subscription down again and again. */
    private void refuseSharedUser(Held stray) {
        boolean shared = otherReferences.stream()
                .flatMap(other -> record.of(other).stream())
                .anyMatch(made -> made.id().equals(stray.id()));
        if (shared) {
            throw new PlatformException.PermissionMissing(
                    "named twice in lockstep.teams.service-users: give each reference a user of its own");
        }
    }

    private void refuseAnotherInstallation(List<Held> held) {
        held.stream().filter(one -> !isOurs(one)).findFirst().ifPresent(other -> {
            throw new PlatformException.PermissionMissing("taken by another installation until " + other.end()
                    + ": each needs service users of its own; Graph allows one subscription to each");
        });
    }

    private Made renewed(Held held, Made made) {
        if (!isToBeRenewed(held)) {
            return made;
        }
        Made next = made.until(clock.instant().plus(LIFE));
        if (!graph.renew(held.id(), terms.certificate(), next.end())) {
            return created();
        }
        record.put(user.reference(), next);
        lifecycle.heeded(held.id());
        LOG.infof("service user %d: subscription %s is renewed until %s", user.number(), held.id(), next.end());
        return next;
    }

    private boolean isToBeRenewed(Held held) {
        boolean encryptsOtherwise =
                !held.certificateId().equals(terms.certificate().id());
        Instant latest = clock.instant().plus(renewedBefore);
        return encryptsOtherwise
                || !held.end().isAfter(latest)
                || lifecycle.of(held.id()).isPresent();
    }

    private Made created() {
        Held created = graph.create(terms.wanted(user.watched(), clock.instant().plus(LIFE)))
                .orElseThrow(() -> new PlatformException.Rejected(
                        "has a subscription that was not listed; the next run looks again"));
        Made made = new Made(created.id(), created.end(), digest, user.watched().size());
        record.put(user.reference(), made);
        LOG.infof(
                "service user %d: subscription %s watches %d agents until %s",
                user.number(), made.id(), made.agents(), made.end());
        return made;
    }
}
