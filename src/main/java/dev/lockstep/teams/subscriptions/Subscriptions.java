package dev.lockstep.teams.subscriptions;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.Batches;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.Guid;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.teams.graph.GraphPresence;
import dev.lockstep.teams.notifications.NotificationKeys;
import dev.lockstep.teams.notifications.NotificationSettings;
import dev.lockstep.teams.subscriptions.SubscriptionRecord.Made;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
@Singleton
public final class Subscriptions {
    private static final Logger LOG = Logger.getLogger(Subscriptions.class);

    /** With less left it is renewed: at a run each ten minutes, that leaves three attempts. */
    static final Duration RENEWED_BEFORE = Duration.ofMinutes(30);

    /** Drawn on top of it, so that users whose subscriptions were made together are not renewed together for ever. */
    static final Duration JITTER = Duration.ofMinutes(10);

    /** Lists may be asked for 25 times in 20 s (Graph, throttling limits); another run may be asking too. */
    static final int USERS_PER_WINDOW = 12;

    static final Duration WINDOW = Duration.ofSeconds(20);

    private static final int AT_ONCE = 4;

    /** List, take down, make or renew, and the sign-in before them. */
    private static final int CALLS_OF_A_USER = 4;

    private static final Duration PAUSE_WITHOUT_A_TIME = Duration.ofMinutes(1);

    private final SubscriptionSettings settings;
    private final NotificationSettings notifications;
    private final Secrets secrets;
    private final NotificationKeys keys;
    private final BiFunction<Integer, String, SubscriptionApi> api;
    private final AgentStore store;
    private final Control control;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Sleeper pause;
    private final ParallelRunner runner;

    @Inject
    public Subscriptions(
            SubscriptionSettings settings,
            NotificationSettings notifications,
            ServiceUsers users,
            Secrets secrets,
            AgentStore store,
            Control control,
            InstantSource clock,
            RandomGenerator random,
            Sleeper pause,
            ParallelRunner runner) {
        this(settings, notifications, secrets, users::subscriptions, store, control, clock, random, pause, runner);
    }

    /** @param api the subscriptions of a service user, by number and by the reference of the refresh token */
    Subscriptions(
            SubscriptionSettings settings,
            NotificationSettings notifications,
            Secrets secrets,
            BiFunction<Integer, String, SubscriptionApi> api,
            AgentStore store,
            Control control,
            InstantSource clock,
            RandomGenerator random,
            Sleeper pause,
            ParallelRunner runner) {
        this.settings = settings;
        this.notifications = notifications;
        this.secrets = secrets;
        this.keys = new NotificationKeys(notifications, secrets);
        this.api = api;
        this.store = store;
        this.control = control;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
        this.runner = runner;
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
        return keep(users, watched(), terms);
    }

    public static List<String> serviceUsers(SubscriptionSettings settings) {
        return settings.serviceUsers().orElse(List.of()).stream()
                .map(String::strip)
                .filter(reference -> !reference.isEmpty())
                .toList();
    }

    private List<String> watched() {
        try (Stream<AgentState> all = store.all()) {
            return all.filter(agent -> !agent.isRemoved())
                    .flatMap(agent -> agent.profile().externalId(TeamsPlatform.NAME).stream())
                    .filter(Guid::isBare)
                    .map(id -> id.toLowerCase(Locale.ROOT))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private Kept keep(List<String> references, List<String> agents, SubscriptionTerms terms)
            throws InterruptedException {
        List<Result> results = new ArrayList<>();
        for (List<ServiceUser> some :
                Batches.of(shared(references, agents), USERS_PER_WINDOW).toList()) {
            if (!results.isEmpty()) {
                pause.of(WINDOW);
            }
            results.addAll(ensured(some, terms));
        }
        List<Made> alive =
                results.stream().flatMap(result -> result.made().stream()).toList();
        List<String> problems = Stream.concat(
                        results.stream().flatMap(result -> result.problem().stream()),
                        beyond(agents.size() - references.size() * GraphPresence.IDS_PER_READ).stream())
                .toList();
        problems.forEach(LOG::warn);
        return new Kept(alive.size(), alive.stream().mapToInt(Made::agents).sum(), problems, "");
    }

    private static Optional<String> beyond(int agents) {
        return agents <= 0
                ? Optional.empty()
                : Optional.of(agents + " agents are polled only: add service users to lockstep.teams.service-users, one"
                        + " for " + GraphPresence.IDS_PER_READ + " agents");
    }

    private static List<ServiceUser> shared(List<String> references, List<String> agents) {
        List<List<String>> shares =
                Batches.of(agents, GraphPresence.IDS_PER_READ).toList();
        return IntStream.range(0, references.size())
                .mapToObj(index -> new ServiceUser(
                        index + 1, references.get(index), index < shares.size() ? shares.get(index) : List.of()))
                .toList();
    }

    private List<Result> ensured(List<ServiceUser> users, SubscriptionTerms terms) {
        return Batches.of(users, AT_ONCE)
                .flatMap(some -> ensuredAtOnce(some, terms).stream())
                .toList();
    }

    private List<Result> ensuredAtOnce(List<ServiceUser> users, SubscriptionTerms terms) {
        List<Callable<Result>> tasks = users.stream()
                .<Callable<Result>>map(user -> () -> ensured(user, terms))
                .toList();
        List<Optional<Result>> results =
                runner.runAll(tasks, settings.subscriptionTimeout().multipliedBy(CALLS_OF_A_USER));
        return IntStream.range(0, users.size())
                .mapToObj(index -> results.get(index)
                        .orElseGet(() -> Result.problem(users.get(index), "Teams did not answer in time")))
                .toList();
    }

    private Result ensured(ServiceUser user, SubscriptionTerms terms) {
        try {
            return new Result(unlessThrottled(subscription(user, terms)), Optional.empty());
        } catch (PlatformException | StoreUnavailable e) {
            return Result.problem(user, e.getMessage());
        }
    }

    private UserSubscription subscription(ServiceUser user, SubscriptionTerms terms) {
        SubscriptionApi graph = api.apply(user.number(), user.reference());
        List<String> others = serviceUsers(settings).stream()
                .filter(other -> !other.equals(user.reference()))
                .toList();
        Duration renewedBefore = RENEWED_BEFORE.plusMillis(random.nextLong(JITTER.toMillis()));
        return new UserSubscription(user, others, terms, graph, control, clock, renewedBefore);
    }

    private Optional<Made> unlessThrottled(UserSubscription subscription) {
        if (control.get(ControlKeys.SUBSCRIPTION_PAUSE).isPresent()) {
            throw new PlatformException.Throttled(Optional.empty());
        }
        try {
            return subscription.ensured();
        } catch (PlatformException.Throttled e) {
            Duration wait = e.retryAfter().orElse(PAUSE_WITHOUT_A_TIME);
            control.put(
                    ControlKeys.SUBSCRIPTION_PAUSE,
                    "throttled",
                    Optional.of(clock.instant().plus(wait)));
            throw e;
        }
    }

    /** What became of one service user's subscription. */
    private record Result(Optional<Made> made, Optional<String> problem) {
        static Result problem(ServiceUser user, String what) {
            return new Result(Optional.empty(), Optional.of("service user " + user.number() + ": " + what));
        }
    }
}
