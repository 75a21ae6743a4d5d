package dev.lockstep.teams.subscriptions;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.teams.notifications.NotificationKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Graph that allows each of its users one subscription, as the real one does, and forgets what has ended. */
final class GivenSubscriptions {
    final Map<String, Wanted> standing = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    final Deque<PlatformException> failures = new ArrayDeque<>();
    Runnable beforeCreation = () -> {};

    private final InstantSource clock;
    private int made;

    GivenSubscriptions(InstantSource clock) {
        this.clock = clock;
    }

    /** What one user's subscription is like now. */
    record Wanted(String user, SubscriptionApi.Wanted terms, Instant end) {
        private SubscriptionApi.Held held(String id) {
            return new SubscriptionApi.Held(
                    id, terms.notificationUrl(), terms.certificate().id(), end);
        }

        private Wanted renewed(NotificationKeys.Certificate certificate, Instant later) {
            SubscriptionApi.Wanted next = new SubscriptionApi.Wanted(
                    terms.users(),
                    terms.notificationUrl(),
                    terms.lifecycleUrl(),
                    terms.clientState(),
                    certificate,
                    later);
            return new Wanted(user, next, later);
        }
    }

    /** The one subscription of that user. */
    Optional<String> of(String user) {
        return standing.entrySet().stream()
                .filter(entry -> entry.getValue().user().equals(user))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    synchronized String make(String user, SubscriptionApi.Wanted wanted) {
        String id = "s" + ++made;
        standing.put(id, new Wanted(user, wanted, wanted.end()));
        return id;
    }

    SubscriptionApi as(String user) {
        return new SubscriptionApi() {
            @Override
            public List<Held> held() {
                return asked(
                        "list " + user,
                        () -> standing.entrySet().stream()
                                .filter(entry -> entry.getValue().user().equals(user))
                                .map(entry -> entry.getValue().held(entry.getKey()))
                                .toList());
            }

            @Override
            public Optional<Held> create(Wanted wanted) {
                beforeCreation.run();
                return asked("create " + user, () -> {
                    if (of(user).isPresent()) {
                        return Optional.empty();
                    }
                    String id = make(user, wanted);
                    return Optional.of(standing.get(id).held(id));
                });
            }

            @Override
            public boolean renew(String id, NotificationKeys.Certificate certificate, Instant end) {
                return asked(
                        "renew " + id,
                        () -> standing.computeIfPresent(id, (any, one) -> one.renewed(certificate, end)) != null);
            }

            @Override
            public void remove(String id) {
                asked("remove " + id, () -> Optional.ofNullable(standing.remove(id)));
            }
        };
    }

    private synchronized <T> T asked(String call, java.util.function.Supplier<T> work) {
        calls.add(call);
        if (!failures.isEmpty()) {
            throw failures.pop();
        }
        standing.values().removeIf(one -> !one.end().isAfter(clock.instant()));
        return work.get();
    }
}
