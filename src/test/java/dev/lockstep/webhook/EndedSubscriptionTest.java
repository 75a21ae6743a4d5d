package dev.lockstep.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.check.Finding;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.local.application.ThirdPartyApplication;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.GivenWish;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Status;
import dev.lockstep.presence.Strictness;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application that answers 410 is told no more, by anybody, and people hear of it. */
class EndedSubscriptionTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Subject RITA = new Subject("rita", "rita", "Rita Rep", "priority");

    private final SettableClock clock = new SettableClock(NOON);
    private final InMemoryControl control = new InMemoryControl(clock);
    private final InMemoryConnections connections = new InMemoryConnections();
    private final HttpClient client = WebhookDelivery.client(Duration.ofSeconds(5));
    private final ThirdPartyApplication application =
            ThirdPartyApplication.start(0, new ServerFaults(new SplittableRandom(1)), List.of(SECRET), client, clock);
    private final Applications one = instance();
    private final Applications other = instance();

    private Applications instance() {
        StandardWebhooks signatures = new StandardWebhooks(clock, Duration.ofMinutes(5));
        WebhookDelivery delivery = new WebhookDelivery(client, Duration.ofSeconds(5), true, clock);
        return new Applications(
                connections, reference -> reference, signatures, delivery, control, GivenDeliveryLog.in(clock));
    }

    @BeforeEach
    void connect() {
        connections.with(at(application.webhookUrl()));
    }

    private static Connection at(String url) {
        return new Connection("crm", "webhook", List.of(), List.of(SECRET), Optional.of(URI.create(url)), List.of());
    }

    @AfterEach
    void stop() {
        application.close();
        client.close();
    }

    private static ApplicationPlatform crm(Applications instance) {
        return instance.configured().getFirst();
    }

    private Plan plan(Applications instance) {
        Optional<Status> busy = Optional.of(Status.BUSY);
        Decision decision = new Decision(busy, busy, Optional.empty(), List.of(), Optional.empty());
        return crm(instance)
                .plan(
                        GivenWish.of(decision, true, new Mapping(Strictness.USUAL, Map.of())),
                        Standing.NEW,
                        clock.instant());
    }

    private void tell(Applications instance) {
        LedgerEntry step = new LedgerEntry(
                "told", Status.BUSY.label(), clock.instant(), Optional.empty(), LedgerEntry.Outcome.INTENDED);
        crm(instance).perform(step, RITA, Standing.NEW);
    }

    private void end() {
        application.unsubscribe();
        assertThatThrownBy(() -> tell(one))
                .isInstanceOf(PlatformException.PermissionMissing.class)
                .hasMessageContaining("410");
    }

    private Finding checked() {
        return new ApplicationChecks(one).checks().getFirst().look().get();
    }

    @Test
    void nothingIsPlannedForItAnyMore() {
        assertThat(plan(one).steps()).hasSize(1);

        end();

        assertThat(plan(one).steps()).isEmpty();
        assertThat(plan(one).condition()).isEqualTo(Condition.OFF);
        assertThat(plan(one).message()).contains("2026-11-22T12:00:00Z", "410", "another url");
    }

    @Test
    void everyOtherInstanceKnowsWithinHalfAMinute() {
        assertThat(plan(other).steps()).hasSize(1);
        end();

        clock.advance(HALF_A_MINUTE);

        assertThat(plan(other).steps()).isEmpty();
        assertThat(plan(instance()).steps()).isEmpty();
    }

    @Test
    void anotherAddressIsToldAtOnce() {
        end();
        connections.with(at(application.webhookUrl() + "?subscription=2"));

        assertThat(plan(one).steps()).hasSize(1);
        connections.with(at(application.webhookUrl()));
        assertThat(plan(one).steps()).isEmpty();
    }

    @Test
    void theDoctorNamesIt() {
        assertThat(checked().grade()).isEqualTo(Finding.Grade.OK);
        end();

        Finding finding = checked();

        assertThat(finding.grade()).isEqualTo(Finding.Grade.FAILED);
        assertThat(finding.detail()).contains("crm since 2026-11-22T12:00:00Z");
        assertThat(finding.fix()).isEqualTo(ApplicationSubscription.REMEDY);
    }

    @Test
    void whatCannotBeNotedIsAskedAgain() {
        application.unsubscribe();
        StandardWebhooks signatures = new StandardWebhooks(clock, Duration.ofMinutes(5));
        ApplicationSubscription unnoted = new ApplicationSubscription(
                at(application.webhookUrl()),
                new InMemoryControl(clock, new StoreFaults() {
                    @Override
                    public void before(String call) {
                        if (call.equals("control.put")) {
                            throw new StoreUnavailable("down", null);
                        }
                    }
                }),
                clock);
        ApplicationPlatform platform = new ApplicationPlatform(
                at(application.webhookUrl()),
                reference -> reference,
                signatures,
                new WebhookDelivery(client, Duration.ofSeconds(5), true, clock),
                unnoted,
                GivenDeliveryLog.in(clock));
        LedgerEntry step =
                new LedgerEntry("told", Status.BUSY.label(), NOON, Optional.empty(), LedgerEntry.Outcome.INTENDED);

        for (int time = 1; time <= 2; time++) {
            assertThatThrownBy(() -> platform.perform(step, RITA, Standing.NEW))
                    .isInstanceOf(PlatformException.PermissionMissing.class);
            assertThat(application.refused()).isEqualTo(time);
        }
    }
}
