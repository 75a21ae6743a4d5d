package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.Defaults;
import dev.lockstep.dynamics.dataverse.DataverseOmnichannel;
import dev.lockstep.dynamics.dataverse.DataverseOmnichannelTest;
import dev.lockstep.dynamics.dataverse.DirectorySettings;
import dev.lockstep.dynamics.dataverse.GivenDataverse;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.SimulatedDataverse;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.webapi.ApplicationUser;
import dev.lockstep.local.dynamics.webhook.WebhookTiming;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.SimulatedEntra;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.QuotaLeft;
import dev.lockstep.platform.Shares;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.GivenSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way: msal4j at the simulated Entra, Quarkus' client at the simulated Dataverse. */
@QuarkusTest
@TestProfile(DataverseOmnichannelTest.OneFunction.class)
@Timeout(180)
class SimulatedDynamicsTest {
    private final List<QuotaLeft> quotas = new CopyOnWriteArrayList<>();
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String SECOND = "99999999-0000-0000-0000-000000000009";
    private static final UUID RITA = UUID.fromString("11111111-0000-0000-0000-000000000001");
    private static final UUID SAM = UUID.fromString("11111111-0000-0000-0000-000000000002");
    private static final UUID RITA_IN_ENTRA = UUID.fromString("22222222-0000-0000-0000-000000000001");

    @Inject
    ObjectMapper mapper;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private SimulatedEntra entra;
    private SimulatedDataverse dataverse;
    private ContactCenter center;
    private OmnichannelApi dynamics;
    private Tenant directory;
    private final List<String> budgets = new ArrayList<>();

    @BeforeEach
    void start() {
        LocalAuthority authority = LocalAuthority.temporary();
        authority.trustInThisProcess();
        directory = new Tenant(GivenSettings.TENANT);
        directory.register(Application.of(GivenSettings.CLIENT).withSecret("s"));
        var tokens = new dev.lockstep.local.entra.TokenIssuer(GivenSettings.TENANT, CLOCK);
        ServerFaults faults = new ServerFaults(new SplittableRandom(1));
        entra = SimulatedEntra.start(0, authority.serverContext(), faults, directory, tokens, CLOCK);
        DynamicsBehaviour rules = DynamicsBehaviour.harsh()
                .withRows(DynamicsBehaviour.harsh().rows().withDelay(Duration.ZERO));
        var timing = new WebhookTiming(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(20));
        center = ContactCenter.live(CLOCK, timers, faults, new SplittableRandom(3), rules, timing);
        dataverse = SimulatedDataverse.start(0, authority.serverContext(), faults, center, tokens, CLOCK);
        directory.resource("dataverse", dataverse.url());
        dataverse.add(ApplicationUser.of(GivenSettings.CLIENT, "lockstep", ApplicationUser.SUPERVISOR));
        center.presence().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        center.presence().add(Representative.of(RITA, "Rita Rep", "rita@contoso.com", RITA_IN_ENTRA));
        center.presence().add(Representative.of(SAM, "Sam Second", "sam@contoso.com", UUID.randomUUID()));
        dynamics = client();
    }

    @AfterEach
    void stop() {
        dataverse.close();
        entra.close();
        timers.shutdownNow();
    }

    @Test
    void whatIsLeftOfTheQuotaIsToldWithEveryAnswer() {
        client().presences();

        assertThat(quotas).isNotEmpty().allSatisfy(left -> {
            assertThat(left.requests()).isBetween(5_000, 6_000);
            assertThat(left.execution().orElseThrow()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
        });
    }

    @Test
    void aPresenceIsSetWhileTheAgentIsSignedIn() {
        OmnichannelApi.PresenceRow onACall = presence("On a call");
        assertThatExceptionOfType(PlatformException.NotSignedIn.class)
                .isThrownBy(() -> dynamics.modify("rita", RITA.toString(), onACall.id()));

        center.presence().signIn(RITA);
        dynamics.modify("rita", RITA.toString(), onACall.id());

        OmnichannelApi.StatusRow row = only(dynamics.statuses(List.of(RITA.toString())));
        assertThat(row.fields())
                .containsEntry(StatusFields.PRESENCE_ID, onACall.id())
                .containsEntry(StatusFields.LOGGED_IN, "true")
                .containsKeys(StatusFields.PRESENCE_MODIFIED_ON, StatusFields.EVENT, StatusFields.CONVERSATIONS);
        assertThat(dynamics.statuses())
                .extracting(OmnichannelApi.StatusRow::systemUserId)
                .contains(RITA.toString());
        assertThat(onACall.base()).isEqualTo(192360002);
    }

    /** Each of two application users writes its agents, and is charged for them alone. */
    @Test
    void agentsAreWrittenByTheApplicationUserWhoTheyBelongTo() {
        dataverse.add(ApplicationUser.of(SECOND, "lockstep two", ApplicationUser.SUPERVISOR));
        directory.register(Application.of(SECOND).withSecret("t"));
        OmnichannelApi shared = client(Map.of(
                "lockstep.dynamics.registrations[0].client-id",
                SECOND,
                "lockstep.dynamics.registrations[0].client-secret",
                "t"));
        Shares shares = new Shares(List.of(GivenSettings.CLIENT, SECOND));
        center.presence().signIn(RITA);
        String busy = presence("Busy").id();
        quotas.clear();
        budgets.clear();

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            shared.modify("agent" + i, RITA.toString(), busy);
            expected.add("dynamics#" + shares.of("agent" + i));
        }

        assertThat(budgets).isEqualTo(expected).contains("dynamics#" + GivenSettings.CLIENT, "dynamics#" + SECOND);
        long second = expected.stream().filter(("dynamics#" + SECOND)::equals).count();
        int last = budgets.lastIndexOf("dynamics#" + SECOND);
        assertThat(quotas.get(last).requests()).isEqualTo((int) (6_000 - second));
    }

    @Test
    void anUnknownPresenceIsRejected() {
        center.presence().signIn(RITA);

        assertThatExceptionOfType(PlatformException.Rejected.class)
                .isThrownBy(() -> dynamics.modify(
                        "rita",
                        RITA.toString(),
                        UUID.fromString("99999999-0000-0000-0000-000000000009").toString()));
    }

    @Test
    void usersAreFoundByEveryName() {
        OmnichannelApi.UserRow rita = dynamics.users().stream()
                .filter(user -> user.systemUserId().equals(RITA.toString()))
                .findFirst()
                .orElseThrow();

        assertThat(rita.entraObjectId()).isEqualTo(RITA_IN_ENTRA.toString());
        assertThat(rita.fullName()).isEqualTo("Rita Rep");
        assertThat(rita.upn()).isEqualTo("rita@contoso.com");
        assertThat(dynamics.user(RITA.toString())).contains(rita);
        assertThat(dynamics.user(RITA_IN_ENTRA.toString())).contains(rita);
        assertThat(dynamics.user("rita@contoso.com")).contains(rita);
        assertThat(dynamics.user("o'nobody@contoso.com")).isEmpty();
    }

    @Test
    void bookingsOfShiftsAreFoundAndOthersAreNot() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(4));
        Instant end = start.plus(Duration.ofHours(8));
        UUID shift = center.shifts().plan(RITA, start, end, List.of());
        center.shifts().publish(shift);
        center.shifts().bookElsewhere(SAM, start, end);

        List<OmnichannelApi.BookingRow> bookings = dynamics.bookings(start, end);
        assertThat(bookings)
                .isNotEmpty()
                .allMatch(booking -> booking.systemUserId().equals(RITA.toString()));
        assertThat(bookings.getFirst().start()).isEqualTo(start);
        assertThat(bookings.getLast().end()).isEqualTo(end);
    }

    private OmnichannelApi.PresenceRow presence(String name) {
        return only(dynamics.presences().stream()
                .filter(row -> row.name().equals(name))
                .toList());
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }

    private OmnichannelApi client() {
        return client(Map.of());
    }

    /** @param values of {@code lockstep.dynamics} besides */
    private OmnichannelApi client(Map<String, String> values) {
        EntraSettings entraSettings = GivenSettings.secret(entra.url(), "s");
        EntraTokens tokens = new EntraTokens(entraSettings, reference -> reference, CLOCK);
        DynamicsSettings settings = GivenDataverse.at(dataverse.url(), Duration.ofSeconds(30), values);
        return new DataverseOmnichannel(
                settings,
                Defaults.of(DirectorySettings.class),
                GivenDataverse.users(settings, entraSettings, tokens),
                CLOCK,
                mapper,
                (budget, left) -> {
                    budgets.add(budget);
                    quotas.add(left);
                });
    }
}
