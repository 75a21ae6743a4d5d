package dev.lockstep.teams.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.check.Finding;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.PlatformException.PermissionMissing;
import dev.lockstep.platform.PlatformException.Throttled;
import dev.lockstep.platform.PlatformException.Unreachable;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsSettings;
import dev.lockstep.teams.notifications.GivenNotifications;
import dev.lockstep.teams.notifications.NotificationChecks;
import dev.lockstep.teams.notifications.NotificationKeys;
import dev.lockstep.teams.notifications.NotificationSettings;
import dev.lockstep.teams.notifications.NotificationVectors;
import dev.lockstep.teams.subscriptions.Subscriptions.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One living subscription for each service user, whatever happened before. */
@Timeout(60)
class SubscriptionsTest {
    private static final String URL = "https://lockstep.example.com";
    private static final Duration SCHEDULE = Duration.ofMinutes(10);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final GivenSubscriptions graph = new GivenSubscriptions(clock);
    private final AtomicBoolean forgetful = new AtomicBoolean();
    private final InMemoryControl control = new InMemoryControl(clock, new StoreFaults() {
        @Override
        public void before(String call) {
            if (call.equals("control.put") && forgetful.getAndSet(false)) {
                throw new StoreUnavailable("the process died", null);
            }
        }
    });
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final List<Duration> pauses = new ArrayList<>();
    private SubscriptionSettings settings = serving(URL, "one");
    private NotificationSettings notifications = GivenNotifications.usual();

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        hire(1, 2);
    }

    private void hire(int from, int to) throws AgentStore.Conflict {
        for (int number = from; number <= to; number++) {
            Profile profile = new Profile("Agent " + number, "", Map.of(TeamsPlatform.NAME, id(number)));
            store.save(AgentState.of("agent-" + number, profile));
        }
    }

    private static String id(int number) {
        return String.format("33333333-0000-0000-0000-%012d", number);
    }

    private Kept run() throws InterruptedException {
        return new Subscriptions(
                        settings,
                        notifications,
                        reference -> reference,
                        (number, user) -> graph.as(user),
                        store,
                        control,
                        clock,
                        new SplittableRandom(7),
                        pauses::add,
                        new VirtualThreadRunner())
                .keep();
    }

    @Test
    void withoutServiceUsersItSaysSoAndDoesNothing() throws InterruptedException {
        settings = serving(URL);

        Kept kept = run();

        assertThat(kept.note()).contains("lockstep.teams.service-users", "polled");
        assertThat(kept.problems()).isEmpty();
        assertThat(graph.calls).isEmpty();
        assertThat(check().grade()).isEqualTo(Finding.Grade.SKIPPED);
    }

    @Test
    void everyAgentIsWatched() throws InterruptedException {
        Kept kept = run();

        assertThat(kept).isEqualTo(new Kept(1, 2, List.of(), ""));
        SubscriptionApi.Wanted made =
                graph.standing.get(graph.of("one").orElseThrow()).terms();
        assertThat(made.users()).containsExactly(id(1), id(2));
        assertThat(made.notificationUrl()).isEqualTo(URL + "/teams");
        assertThat(made.lifecycleUrl()).isEqualTo(URL + "/teams/lifecycle");
        assertThat(made.clientState()).isEqualTo("a-secret-state");
        assertThat(made.certificate().id()).isEqualTo("presence-2026-11");
        assertThat(Duration.between(clock.instant(), made.end()))
                .isBetween(Duration.ofMinutes(45), Duration.ofMinutes(59));
        assertThat(check())
                .matches(finding -> finding.grade() == Finding.Grade.OK
                        && finding.detail().contains("1 subscriptions watch 2 agents"));
    }

    @Test
    void aSecondRunFindsNothingToDo() throws InterruptedException {
        Kept first = run();
        graph.calls.clear();

        assertThat(run()).isEqualTo(first);
        assertThat(graph.calls).containsExactly("list one");
    }

    @Test
    void itLivesOnForADayWithoutEverBeingMadeAnew() throws InterruptedException {
        run();
        String id = graph.of("one").orElseThrow();
        Duration least = UserSubscription.LIFE;
        for (int ran = 0; ran < 24 * 6; ran++) {
            clock.advance(SCHEDULE);
            Duration left =
                    Duration.between(clock.instant(), graph.standing.get(id).end());
            least = left.compareTo(least) < 0 ? left : least;
            assertThat(run().subscriptions()).isEqualTo(1);
        }
        assertThat(graph.of("one")).hasValue(id);
        assertThat(least).isGreaterThanOrEqualTo(SCHEDULE.multipliedBy(2));
        assertThat(graph.calls.stream().filter(call -> call.startsWith("renew")).count())
                .isBetween(24L, 96L);
    }

    @Test
    void threeRunsMayFailBeforeItIsLost() throws InterruptedException {
        run();
        String id = graph.of("one").orElseThrow();
        clock.advance(SCHEDULE.multipliedBy(2));
        for (int failed = 0; failed < 3; failed++) {
            graph.failures.add(new Unreachable("no answer"));
            assertThat(run().problems()).hasSize(1);
            clock.advance(SCHEDULE);
        }
        run();
        assertThat(graph.of("one")).hasValue(id);
    }

    @Test
    void whatEndedIsMadeAnew() throws InterruptedException {
        run();
        clock.advance(Duration.ofHours(2));
        assertThat(check().grade()).isEqualTo(Finding.Grade.FAILED);

        assertThat(run().subscriptions()).isEqualTo(1);
        assertThat(graph.of("one")).hasValue("s2");
    }

    @Test
    void whatGraphLostWithoutAWordIsMadeAnew() throws InterruptedException {
        run();
        graph.standing.clear();

        assertThat(run().subscriptions()).isEqualTo(1);
        assertThat(graph.of("one")).hasValue("s2");
    }

    @Test
    void whatVanishesBetweenListAndRenewalIsMadeAnew() throws InterruptedException {
        run();
        tell("s1", "reauthorizationRequired");
        SubscriptionApi listed = graph.as("one");
        List<SubscriptionApi.Held> before = listed.held();
        graph.standing.clear();
        Subscriptions late = new Subscriptions(
                settings,
                notifications,
                reference -> reference,
                (number, user) -> new Late(graph.as(user), before),
                store,
                control,
                clock,
                new SplittableRandom(7),
                pauses::add,
                new VirtualThreadRunner());

        assertThat(late.keep().subscriptions()).isEqualTo(1);
        assertThat(graph.of("one")).hasValue("s2");
    }

    @Test
    void agentsWhoComeAndGoChangeWhoIsWatched() throws Exception {
        run();
        hire(3, 3);
        store.remove("agent-1");

        run();

        assertThat(graph.standing).hasSize(1);
        assertThat(graph.standing.get("s2").terms().users()).containsExactly(id(2), id(3));
        assertThat(graph.calls).containsSubsequence("remove s1", "create one");
    }

    @Test
    void nobodyIsLeftWatchedWhoIsNoAgent() throws InterruptedException {
        run();
        store.remove("agent-1");
        store.remove("agent-2");

        assertThat(run()).isEqualTo(new Kept(0, 0, List.of(), ""));
        assertThat(graph.standing).isEmpty();
        assertThat(check().grade()).isEqualTo(Finding.Grade.FAILED);
    }

    @Test
    void eachServiceUserWatches650() throws Exception {
        hire(3, 1301);
        settings = serving(URL, "one", "two");

        Kept kept = run();

        assertThat(kept.subscriptions()).isEqualTo(2);
        assertThat(kept.watched()).isEqualTo(1300);
        assertThat(kept.problems()).singleElement().asString().contains("1 agents are polled only");
        assertThat(graph.standing.values())
                .allSatisfy(one -> assertThat(one.terms().users()).hasSize(650));
        Set<String> watched = graph.standing.values().stream()
                .flatMap(one -> one.terms().users().stream())
                .collect(Collectors.toSet());
        assertThat(watched).hasSize(1300);
    }

    @Test
    void listsAreAskedForMoreSlowlyThanGraphAllows() throws InterruptedException {
        settings =
                serving(URL, IntStream.range(0, 30).mapToObj(n -> "user-" + n).toArray(String[]::new));

        run();

        assertThat(graph.calls.stream().filter(call -> call.startsWith("list")).count())
                .isEqualTo(30);
        assertThat(pauses).containsExactly(Subscriptions.WINDOW, Subscriptions.WINDOW);
        assertThat(2 * Subscriptions.USERS_PER_WINDOW).isLessThan(25);
    }

    @Test
    void whoDiedBeforeRememberingStartsAnew() throws InterruptedException {
        forgetful.set(true);
        assertThat(run().problems()).singleElement().asString().contains("service user 1: ");
        assertThat(graph.of("one")).hasValue("s1");

        assertThat(run().problems()).isEmpty();
        assertThat(graph.standing).containsOnlyKeys("s2");
        assertThat(run().subscriptions()).isEqualTo(1);
        assertThat(graph.standing).containsOnlyKeys("s2");
    }

    @Test
    void whereAnotherRunWasFasterItsSubscriptionStays() throws InterruptedException {
        graph.beforeCreation = () -> {
            graph.beforeCreation = () -> {};
            try {
                assertThat(run().subscriptions()).isEqualTo(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };

        assertThat(run().problems()).singleElement().asString().contains("the next run looks again");
        assertThat(graph.standing).containsOnlyKeys("s1");
        assertThat(run()).isEqualTo(new Kept(1, 2, List.of(), ""));
        assertThat(graph.standing).containsOnlyKeys("s1");
    }

    @Test
    void anotherInstallationsSubscriptionIsNeverTouched() throws InterruptedException {
        SubscriptionApi.Wanted theirs = new SubscriptionApi.Wanted(
                List.of(id(9)),
                "https://other.example.com/teams",
                "https://other.example.com/teams/lifecycle",
                "their-state",
                new NotificationKeys.Certificate("theirs", "", Instant.MAX),
                clock.instant().plus(Duration.ofMinutes(50)));
        graph.make("one", theirs);

        Kept kept = run();

        assertThat(kept.subscriptions()).isZero();
        assertThat(kept.problems()).singleElement().asString().contains("another installation", "service users");
        assertThat(graph.standing).containsOnlyKeys("s1");
    }

    @Test
    void oneUserUnderTwoNamesIsFoundOut() throws InterruptedException {
        run();
        settings = serving(URL, "one", "alias");
        Subscriptions confused = new Subscriptions(
                settings,
                notifications,
                reference -> reference,
                (number, user) -> graph.as("one"),
                store,
                control,
                clock,
                new SplittableRandom(7),
                pauses::add,
                new VirtualThreadRunner());

        assertThat(confused.keep().problems())
                .singleElement()
                .asString()
                .contains("service user 2: named twice in lockstep.teams.service-users");
        assertThat(graph.standing).containsOnlyKeys("s1");
    }

    @Test
    void aNewClientStateNeedsANewSubscription() throws InterruptedException {
        run();
        notifications = GivenNotifications.with("client-state", "a-secret-state,the-next-state");

        run();

        assertThat(graph.standing).containsOnlyKeys("s2");
        assertThat(graph.standing.get("s2").terms().clientState()).isEqualTo("the-next-state");
    }

    @Test
    void aNewCertificateComesWithARenewal() throws InterruptedException {
        run();
        notifications = GivenNotifications.with("notification-keys", "presence-2027-11=" + NotificationVectors.pem());

        run();

        assertThat(graph.standing.get("s1").terms().certificate().id()).isEqualTo("presence-2027-11");
        graph.calls.clear();
        run();
        assertThat(graph.calls).containsExactly("list one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reauthorizationRequired", "missed"})
    void whatGraphAsksForIsDoneOnce(String event) throws InterruptedException {
        run();
        clock.advance(Duration.ofMinutes(1));
        tell("s1", event);

        run();

        assertThat(graph.standing.get("s1").end()).isEqualTo(clock.instant().plus(UserSubscription.LIFE));
        graph.calls.clear();
        run();
        assertThat(graph.calls).containsExactly("list one");
    }

    @Test
    void whatGraphSaysIsRemovedIsMadeAnew() throws InterruptedException {
        run();
        tell("s1", "subscriptionRemoved");

        run();

        assertThat(graph.standing).containsOnlyKeys("s2");
        assertThat(control.withPrefix(ControlKeys.SUBSCRIPTION_LIFECYCLE)).isEmpty();
    }

    @Test
    void graphIsLeftAloneForAsLongAsItAsks() throws InterruptedException {
        graph.failures.add(new Throttled(Optional.of(Duration.ofMinutes(15))));
        assertThat(run().problems()).singleElement().asString().contains("throttled");
        graph.calls.clear();
        clock.advance(SCHEDULE);

        assertThat(run().problems()).hasSize(1);
        assertThat(graph.calls).isEmpty();

        clock.advance(SCHEDULE);
        assertThat(run().subscriptions()).isEqualTo(1);
    }

    @Test
    void oneUsersTroubleIsNoOthers() throws Exception {
        hire(3, 700);
        settings = serving(URL, "one", "two");
        Subscriptions some = new Subscriptions(
                settings,
                notifications,
                reference -> reference,
                (number, user) -> {
                    if (user.equals("one")) {
                        return new Refusing(graph.as(user), new PermissionMissing("sign the user in again"));
                    }
                    return graph.as(user);
                },
                store,
                control,
                clock,
                new SplittableRandom(7),
                pauses::add,
                new VirtualThreadRunner());

        Kept kept = some.keep();

        assertThat(kept.subscriptions()).isEqualTo(1);
        assertThat(kept.watched()).isEqualTo(50);
        assertThat(kept.problems()).containsExactly("service user 1: sign the user in again");
    }

    @Test
    void whatIsNotConfiguredIsNamed() throws InterruptedException {
        settings = serving("", "one");
        assertThat(lacking()).contains("set lockstep.teams.notification-url");
        settings = serving(URL, "one");
        for (String name : List.of("client-state", "notification-keys")) {
            notifications = GivenNotifications.with(name, "");
            assertThat(lacking()).contains("set lockstep.teams." + name);
        }
        notifications = GivenNotifications.with("client-state", "x".repeat(129));
        assertThat(run().problems()).singleElement().asString().contains("128 characters");
        assertThat(graph.calls).isEmpty();
    }

    private String lacking() throws InterruptedException {
        assertThat(run().problems()).hasSize(1);
        return run().problems().getFirst();
    }

    @Test
    void aSecretTellsNobodyOfItself() throws InterruptedException {
        run();
        assertThat(control.withPrefix("").toString()).doesNotContain("a-secret-state", "one");
        assertThat(graph.standing.get("s1").terms().toString()).doesNotContain("a-secret-state");
    }

    private void tell(String id, String event) {
        control.put(
                ControlKeys.SUBSCRIPTION_LIFECYCLE + id,
                event + " " + clock.instant(),
                Optional.of(clock.instant().plus(Duration.ofDays(1))));
    }

    private Finding check() {
        return new NotificationChecks(notifications, settings, reference -> reference, control)
                .checks().stream()
                        .filter(check -> check.name().equals("teams-subscriptions"))
                        .findFirst()
                        .orElseThrow()
                        .look()
                        .get();
    }

    /** Shows what was there a moment ago. */
    private record Late(SubscriptionApi graph, List<Held> held) implements SubscriptionApi {
        @Override
        public Optional<Held> create(Wanted wanted) {
            return graph.create(wanted);
        }

        @Override
        public boolean renew(String id, NotificationKeys.Certificate certificate, Instant end) {
            return graph.renew(id, certificate, end);
        }

        @Override
        public void remove(String id) {
            graph.remove(id);
        }
    }

    private record Refusing(SubscriptionApi graph, PlatformException why) implements SubscriptionApi {
        @Override
        public List<Held> held() {
            throw why;
        }

        @Override
        public Optional<Held> create(Wanted wanted) {
            throw why;
        }

        @Override
        public boolean renew(String id, NotificationKeys.Certificate certificate, Instant end) {
            throw why;
        }

        @Override
        public void remove(String id) {
            throw why;
        }
    }

    private static SubscriptionSettings serving(String url, String... users) {
        return Defaults.of(
                TeamsSettings.class,
                Map.of(
                        "lockstep.teams.service-users",
                        String.join(",", users),
                        "lockstep.teams.notification-url",
                        url));
    }
}
