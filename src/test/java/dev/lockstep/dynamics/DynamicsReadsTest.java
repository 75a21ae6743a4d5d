package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.dynamics.GivenDynamics.Row;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.StatusRow;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Status;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Dataverse answers, in the words of an observation, what it is told, and by which status a presence is shown. */
class DynamicsReadsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String TEXT_ONLY = "0a0a0a0a-0000-4000-8000-000000000003";
    private static final String NAMED = "0a0a0a0a-0000-4000-8000-000000000006";
    private static final String UNNAMED = "0a0a0a0a-0000-4000-8000-000000000004";
    private static final String UNKNOWN = "0a0a0a0a-0000-4000-8000-000000000005";

    private static final PresenceCatalogue PRESENCES = new PresenceCatalogue(List.of(
            new PresenceRow(GivenDynamics.ON_A_CALL.toUpperCase(Locale.ROOT), "Custom 7", "On a call", 192360002),
            new PresenceRow(TEXT_ONLY, "Custom 8", "Inactive", 192360001),
            new PresenceRow(NAMED, "Inactive", "Custom 10", 192360001),
            new PresenceRow(UNNAMED, "Custom 9", "Training", 192360003)));

    private final List<String> told = new ArrayList<>();
    private final DynamicsPlatform platform =
            new DynamicsPlatform(dataverse(), () -> PRESENCES, GivenDynamics.RULES, () -> NOW);

    private OmnichannelApi dataverse() {
        return (OmnichannelApi) Proxy.newProxyInstance(
                OmnichannelApi.class.getClassLoader(),
                new Class<?>[] {OmnichannelApi.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "statuses" ->
                        List.of(new StatusRow("d-rita", Map.of(StatusFields.LOGGED_IN, "true"), Optional.empty()));
                    case "modify" -> told.add(given[1] + " " + given[2]) ? null : null;
                    default -> throw new AssertionError(method + " was called");
                });
    }

    @Test
    void everybodysRowIsReadWithTheTimeOfAsking() {
        assertThat(platform.name()).isEqualTo("dynamics");
        assertThat(platform.read(List.of("d-rita", "d-nobody")))
                .containsOnly(
                        Map.entry("d-rita", new Observation("dynamics", NOW, Map.of(StatusFields.LOGGED_IN, "true"))));
    }

    @Test
    void whatIsPlannedIsSetForTheRepresentativeWhateverStands() {
        LedgerEntry step = new LedgerEntry(
                DynamicsPlatform.SLOT, GivenDynamics.DND, NOW, Optional.empty(), LedgerEntry.Outcome.INTENDED);

        platform.perform(step, new Subject("rita", "d-rita", "Rita Rep", ""), Standing.NEW);

        assertThat(told).containsExactly("d-rita " + GivenDynamics.DND);
    }

    @Test
    void peopleAreToldTheNameAndNotTheId() {
        assertThat(platform.named(GivenDynamics.DND)).isEqualTo("Busy - DND");
        assertThat(platform.named(UNNAMED)).isEqualTo("Custom 9");
        assertThat(platform.named(UNKNOWN)).isEqualTo(UNKNOWN);

        Presences unread = () -> {
            throw new PlatformException.Unreachable("silent");
        };
        assertThat(new DynamicsPlatform(dataverse(), unread, GivenDynamics.RULES, () -> NOW).named(UNNAMED))
                .isEqualTo(UNNAMED);
    }

    @ParameterizedTest
    @CsvSource({
        GivenDynamics.AVAILABLE + ", AVAILABLE, AVAILABLE",
        GivenDynamics.ON_A_CALL + ", , ON_A_CALL",
        NAMED + ", AWAY, AWAY",
        TEXT_ONLY + ", AWAY, AWAY",
        UNNAMED + ", AWAY, AWAY",
        UNKNOWN + ", BUSY, BUSY"
    })
    void aPresenceMeansWhatItsNameItsTextOrElseItsBaseSays(String presenceId, Status meant, Status shown) {
        PresenceMeanings meanings = new PresenceMeanings(PRESENCES, GivenPlatforms.shippedMapping());
        InboundRule rule = meanings.of(presenceId);

        assertThat(Optional.of(rule)
                        .filter(read -> !read.is(EvidenceKind.IGNORE))
                        .map(InboundRule::status))
                .isEqualTo(Optional.ofNullable(meant));
        assertThat(platform.showing(Row.of(presenceId, NOW).at(NOW), Optional.empty(), GivenPlatforms.shippedMapping()))
                .contains(shown);
    }

    @Test
    void whoseRowTellsNoPresenceShowsNone() {
        assertThat(platform.showing(new Row().at(NOW), Optional.empty(), GivenPlatforms.shippedMapping()))
                .isEmpty();
    }

    @Test
    void aCustomPresenceCarriesAStatusByItsTextAndThoseOfDynamicsAreKnownAnyway() {
        PresenceMeanings meanings = new PresenceMeanings(PRESENCES, GivenPlatforms.shippedMapping());

        assertThat(meanings.carrierOf(Status.ON_A_CALL)).contains(GivenDynamics.ON_A_CALL);
        assertThat(meanings.carrierOf(Status.BUSY)).contains(GivenDynamics.BUSY);
        assertThat(meanings.isOnlyOurs(GivenDynamics.ON_A_CALL)).isTrue();
        assertThat(meanings.isOnlyOurs(GivenDynamics.AVAILABLE)).isFalse();
    }
}
