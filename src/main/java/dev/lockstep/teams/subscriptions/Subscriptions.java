package dev.lockstep.teams.subscriptions;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.teams.graph.GraphPresence;
import dev.lockstep.teams.notifications.NotificationKeys;
import dev.lockstep.teams.notifications.NotificationSettings;
import dev.lockstep.teams.subscriptions.SubscriptionApi.Held;
import dev.lockstep.teams.subscriptions.SubscriptionRecord.Made;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Keeps one subscription to presences alive for each service user: agents in the order of their ids, 650 to a user.
 *
 * <p>What Graph lists is compared with what is wanted, so that a run may follow, or meet, any other: one of ours that is
 * not remembered (we died after making it) or was made for other terms is taken down and made anew; where another run was
 * faster, it is left to the next one. One that brings its notifications elsewhere belongs to another installation and is
 * never touched. What changes in Teams between two subscriptions is found by {@link TeamsPoll}, which polls on.
 */
public final class Subscriptions {
    private static final Logger LOG = Logger.getLogger(Subscriptions.class);

    /** Graph takes an hour at most by its own clock, and lengthens what is under 45 minutes. */
    static final Duration LIFE = Duration.ofMinutes(55);

    /** With less left it is renewed: at a run each ten minutes, that leaves three attempts. */
    static final Duration RENEWED_BEFORE = Duration.ofMinutes(30);

    /** Drawn on top of it, so that users whose subscriptions were made together are not renewed together for ever. */
    static final Duration JITTER = Duration.ofMinutes(10);

    /** Lists may be asked for 25 times in 20 s (Graph, throttling limits); another run may be asking too. */
    static final int USERS_PER_WINDOW = 12;

    static final Duration WINDOW = Duration.ofSeconds(20);

    private static final int AT_ONCE = 4;
    private static final Duration PAUSE_WITHOUT_A_TIME = Duration.ofMinutes(1);
    private static final String PAUSED = "pause#teams-subscriptions";

    private final SubscriptionSettings settings;
    private final NotificationSettings notifications;
    private final Secrets secrets;
    private final NotificationKeys keys;
    private final BiFunction<Integer, String, SubscriptionApi> api;
    private final AgentStore store;
    private final Control control;
    private final SubscriptionRecord memory;
    private final SubscriptionLifecycle news;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Sleeper pause;

    /** @param api the subscriptions of a service user, by number and by the reference of the refresh token */
    public Subscriptions(
            SubscriptionSettings settings,
            NotificationSettings notifications,
            Secrets secrets,
            BiFunction<Integer, String, SubscriptionApi> api,
            AgentStore store,
            Control control,
            InstantSource clock,
            RandomGenerator random,
            Sleeper pause) {
        this.settings = settings;
        this.notifications = notifications;
        this.secrets = secrets;
        this.keys = new NotificationKeys(notifications, secrets);
        this.api = api;
        this.store = store;
        this.control = control;
        this.memory = new SubscriptionRecord(control);
        this.news = new SubscriptionLifecycle(control);
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    /**
     * What stands after a run.
     *
     * @param subscriptions alive
     * @param watched agents in them
     * @param problems what an administrator can heal, and what the next run will try again
     * @param note why there was nothing to do; blank otherwise
     */
    @RegisterForReflection
    public record Kept(int subscriptions, int watched, List<String> problems, String note) {
        public Kept {
            problems = List.copyOf(problems);
        }
    }

    /** One service user, and those whom they watch. */
    private record Share(int number, String reference, List<String> users) {}

    public Kept keep() throws InterruptedException {
        List<String> users = serviceUsers(settings);
        if (users.isEmpty()) {
            return new Kept(
                    0, 0, List.of(), "no service users are configured (lockstep.teams.service-users): Teams is polled");
        }
        SubscriptionTerms terms;
        try {
            terms = SubscriptionTerms.of(settings, notifications, secrets, keys);
        } catch (PlatformException e) {
            LOG.warn(e.getMessage());
            return new Kept(0, 0, List.of(e.getMessage()), "");
        }
        return tend(users, watched(), terms);
    }

    public static List<String> serviceUsers(SubscriptionSettings settings) {
        return settings.serviceUsers().orElse(List.of()).stream()
                .map(String::strip)
                .filter(reference -> !reference.isEmpty())
                .toList();
    }

    private List<String> watched() {
        try (Stream<AgentState> all = store.all()) {
            return all.flatMap(agent -> agent.profile().externalId(TeamsPlatform.NAME).stream())
                    .filter(id -> GraphPresence.GUID.matcher(id).matches())
                    .map(id -> id.toLowerCase(Locale.ROOT))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private Kept tend(List<String> references, List<String> agents, SubscriptionTerms terms)
            throws InterruptedException {
        int most = GraphPresence.IDS_PER_READ;
        List<Share> shares = IntStream.range(0, references.size())
                .mapToObj(index -> new Share(
                        index + 1,
                        references.get(index),
                        agents.subList(
                                Math.min(agents.size(), index * most), Math.min(agents.size(), (index + 1) * most))))
                .toList();
        List<Made> alive = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int from = 0; from < shares.size(); from += USERS_PER_WINDOW) {
            if (from > 0) {
                pause.of(WINDOW);
            }
            tend(shares.subList(from, Math.min(shares.size(), from + USERS_PER_WINDOW)), terms, alive, problems);
        }
        int beyond = agents.size() - references.size() * most;
        if (beyond > 0) {
            problems.add(beyond + " agents are polled only: add service users to lockstep.teams.service-users, one for "
                    + most + " agents");
        }
        problems.forEach(LOG::warn);
        return new Kept(alive.size(), alive.stream().mapToInt(Made::agents).sum(), problems, "");
    }

    private void tend(List<Share> shares, SubscriptionTerms terms, List<Made> alive, List<String> problems)
            throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Optional<Made>>> visits = shares.stream()
                    .map(share -> threads.submit(() -> new Visit(share, terms).make()))
                    .toList();
            for (int index = 0; index < visits.size(); index++) {
                try {
                    visits.get(index).get().ifPresent(alive::add);
                } catch (ExecutionException e) {
                    problems.add("service user " + shares.get(index).number() + ": " + reason(e.getCause()));
                }
            }
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof PlatformException || failure instanceof StoreUnavailable) {
            return failure.getMessage();
        }
        throw new IllegalStateException(failure);
    }

    /** One service user being looked after. */
    private final class Visit {
        private final Share share;
        private final SubscriptionTerms terms;
        private final SubscriptionApi graph;
        private final String digest;

        Visit(Share share, SubscriptionTerms terms) {
            this.share = share;
            this.terms = terms;
            this.graph = api.apply(share.number(), share.reference());
            this.digest = terms.digest(share.users());
        }

        /** @return what is alive then; nothing where nobody is to be watched */
        Optional<Made> make() {
            if (control.get(PAUSED).isPresent()) {
                throw new PlatformException.Throttled(Optional.empty());
            }
            try {
                return aligned();
            } catch (PlatformException.Throttled e) {
                Duration wait = e.retryAfter().orElse(PAUSE_WITHOUT_A_TIME);
                control.put(PAUSED, "throttled", Optional.of(clock.instant().plus(wait)));
                throw e;
            }
        }

        private Optional<Made> aligned() {
            List<Held> held = graph.held();
            Optional<Made> remembered = memory.of(share.reference());
            Optional<Made> made = remembered.filter(one -> one.terms().equals(digest));
            Optional<Held> fitting = held.stream()
                    .filter(this::isOurs)
                    .filter(one -> made.isPresent() && made.get().id().equals(one.id()))
                    .filter(one -> !share.users().isEmpty() && !wasRemoved(one))
                    .findFirst();
            held.stream()
                    .filter(this::isOurs)
                    .filter(one -> !fitting.equals(Optional.of(one)))
                    .forEach(this::takeDown);
            if (fitting.isEmpty() && remembered.isPresent()) {
                memory.forget(share.reference());
            }
            if (share.users().isEmpty()) {
                return Optional.empty();
            }
            demandRoom(held);
            return fitting.isPresent() ? renewed(fitting.get(), made.get()) : created();
        }

        private boolean isOurs(Held held) {
            return held.notificationUrl().equals(terms.notificationUrl());
        }

        private boolean wasRemoved(Held held) {
            return news.of(held.id()).filter("subscriptionRemoved"::equals).isPresent();
        }

        private void takeDown(Held stray) {
            demandOther(stray);
            graph.remove(stray.id());
            news.heeded(stray.id());
            LOG.infof("service user %d: subscription %s is taken down", share.number(), stray.id());
        }

        /** Two references of one user would take each other's subscription down for ever. */
        private void demandOther(Held stray) {
            boolean shared = serviceUsers(settings).stream()
                    .filter(other -> !other.equals(share.reference()))
                    .flatMap(other -> memory.of(other).stream())
                    .anyMatch(made -> made.id().equals(stray.id()));
            if (shared) {
                throw new PlatformException.PermissionMissing(
                        "named twice in lockstep.teams.service-users: give each reference a user of its own");
            }
        }

        private void demandRoom(List<Held> held) {
            held.stream().filter(one -> !isOurs(one)).findFirst().ifPresent(other -> {
                throw new PlatformException.PermissionMissing("taken by another installation until " + other.end()
                        + ": each needs service users of its own; Graph allows one subscription to each");
            });
        }

        private Optional<Made> renewed(Held held, Made made) {
            boolean wished = news.of(held.id()).isPresent();
            boolean encryptsOtherwise =
                    !held.certificateId().equals(terms.certificate().id());
            if (!wished && !encryptsOtherwise && held.end().isAfter(renewalBound())) {
                return Optional.of(made);
            }
            Instant end = end();
            if (!graph.renew(held.id(), terms.certificate(), end)) {
                return created();
            }
            memory.put(share.reference(), made.until(end));
            news.heeded(held.id());
            LOG.infof("service user %d: subscription %s is renewed until %s", share.number(), held.id(), end);
            return Optional.of(made.until(end));
        }

        private Instant renewalBound() {
            return clock.instant().plus(RENEWED_BEFORE).plusMillis(random.nextLong(JITTER.toMillis()));
        }

        private Optional<Made> created() {
            Held created = graph.create(terms.wanted(share.users(), end()))
                    .orElseThrow(() -> new PlatformException.Rejected(
                            "has a subscription that was not listed; the next run looks again"));
            Made made =
                    new Made(created.id(), created.end(), digest, share.users().size());
            memory.put(share.reference(), made);
            LOG.infof(
                    "service user %d: subscription %s watches %d agents until %s",
                    share.number(), made.id(), made.agents(), made.end());
            return Optional.of(made);
        }

        private Instant end() {
            return clock.instant().plus(LIFE);
        }
    }
}
