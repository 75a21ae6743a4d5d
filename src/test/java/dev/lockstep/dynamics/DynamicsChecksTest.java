package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.Defaults;
import dev.lockstep.check.Check;
import dev.lockstep.check.Finding;
import dev.lockstep.check.Finding.Grade;
import dev.lockstep.configured.StoredMappings;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.dynamics.dataverse.SetupApi;
import dev.lockstep.dynamics.dataverse.SetupApi.RoutingException;
import dev.lockstep.dynamics.dataverse.SetupApi.StepRow;
import dev.lockstep.dynamics.dataverse.SetupApi.WorkstreamRow;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryDocuments;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a contact centre may be set up, and what an administrator is told of it. */
class DynamicsChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int AVAILABLE = 192360000;
    private static final int BUSY = 192360001;
    private static final int DND = 192360002;
    private static final String OURS = "https://hooks.contoso.com/dynamics";
    private static final Set<String> COLUMNS = Set.of("msdyn_currentpresenceid", "msdyn_isagentloggedin");

    private final InMemoryControl control = new InMemoryControl(() -> NOW);
    private final Setup setup = new Setup();
    private final List<PresenceRow> presences = new ArrayList<>(List.of(
            row("f523f628-c07a-e811-8162-000d3aa11f50", "Available", AVAILABLE),
            row("efdeb843-c07a-e811-8162-000d3aa11f50", "Busy", BUSY),
            row("08971864-c07a-e811-8162-000d3aa11f50", "Busy - DND", DND),
            row("3dacae76-c07a-e811-8162-000d3aa11f50", "Away", 192360003),
            row("70139190-c07a-e811-8162-000d3aa11f50", "Offline", 192360004)));
    private Optional<URI> url = Optional.of(URI.create("https://contoso.example"));
    private Optional<List<String>> key = Optional.of(List.of("key"));

    private static PresenceRow row(String id, String name, int base) {
        return new PresenceRow(id, name, name, base);
    }

    /** Mapping documents by team. */
    private final Map<String, String> teams = new HashMap<>();

    private final InMemoryDocuments documents = new InMemoryDocuments();

    private Optional<String> caller = Optional.empty();
    private Optional<String> further = Optional.empty();

    private Finding look(String name) {
        OmnichannelApi api = fake(OmnichannelApi.class, "presences", () -> presences);
        Map<String, String> given = new HashMap<>();
        further.ifPresent(value -> given.put("lockstep.dynamics.registrations[0].client-id", value));
        caller.ifPresent(value -> given.put("lockstep.dynamics.caller-id", value));
        url.ifPresent(value -> given.put("lockstep.dynamics.url", value.toString()));
        key.ifPresent(value -> given.put("lockstep.dynamics.webhook-key", String.join(",", value)));
        DynamicsSettings settings = Defaults.of(DynamicsSettings.class, given);
        return new DynamicsChecks(settings, this::reveal, api, setup, mappings(), control, () -> NOW)
                .checks().stream()
                        .filter(check -> check.name().equals(name))
                        .map(Check::look)
                        .findFirst()
                        .orElseThrow()
                        .get();
    }

    private Mappings mappings() {
        teams.forEach((team, text) -> documents.put(Map.of("team#" + team, text)));
        return new StoredMappings(GivenPlatforms.SCHEMA, documents, () -> NOW);
    }

    private String reveal(String reference) {
        if (reference.startsWith("gone")) {
            throw new PlatformException.PermissionMissing("the secret cannot be read");
        }
        return reference;
    }

    private static <T> T fake(Class<T> type, String only, Supplier<?> answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals(only)) {
                return answer.get();
            }
            throw new AssertionError(method + " is not to be called");
        }));
    }

    @Test
    void withoutDynamicsNothingIsAsked() {
        url = Optional.empty();
        for (String name : List.of("dynamics-application-user", "on-a-call-presence", "workstreams", "webhook-heard")) {
            assertThat(look(name).grade()).isEqualTo(Grade.SKIPPED);
        }
    }

    @Test
    void theApplicationUserIsNamed() {
        assertThat(look("dynamics-application-user").detail()).contains(Setup.US);
    }

    @Test
    void aCustomPresenceOnBusyDndIsAsItShouldBe() {
        presences.add(row("11111111-0000-0000-0000-000000000001", "On a call", DND));

        assertThat(look("on-a-call-presence").grade()).isEqualTo(Grade.OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {AVAILABLE, BUSY, 192360003, 192360004})
    void onAnyOtherBaseWorkIsOfferedDuringCalls(int base) {
        presences.add(row("11111111-0000-0000-0000-000000000001", "On a call", base));

        Finding finding = look("on-a-call-presence");
        assertThat(finding.grade()).isEqualTo(Grade.FAILED);
        assertThat(finding.fix()).contains("Busy - DND");
    }

    @Test
    void withoutACustomPresenceTheAgentsOwnOneIsBorrowed() {
        assertThat(look("on-a-call-presence").grade()).isEqualTo(Grade.WARNING);
        presences.removeIf(row -> row.base() == DND);
        assertThat(look("on-a-call-presence").grade()).isEqualTo(Grade.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "192360000 192360001, OK",
        "192360000, OK",
        "192360000 192360002, FAILED",
        "192360000 192360003, WARNING",
        "192360004, WARNING"
    })
    void workstreamsMustNotAllowWhatCarriesACall(String allowed, Grade grade) {
        presences.add(row("11111111-0000-0000-0000-000000000001", "On a call", DND));
        setup.workstreams = List.of(
                workstream("Chats", AVAILABLE, BUSY),
                workstream(
                        "Cases",
                        Arrays.stream(allowed.split(" "))
                                .mapToInt(Integer::parseInt)
                                .toArray()));

        Finding finding = look("workstreams");
        assertThat(finding.grade()).isEqualTo(grade);
        if (grade != Grade.OK) {
            assertThat(finding.detail()).contains("Cases").doesNotContain("Chats");
        }
    }

    private static WorkstreamRow workstream(String name, int... bases) {
        return new WorkstreamRow(name, Optional.of(Arrays.stream(bases).boxed().collect(Collectors.toSet())));
    }

    private void callsByBusyIn(String team) {
        presences.add(row("11111111-0000-0000-0000-000000000001", "On a call", DND));
        teams.put(team, "dynamics:\n  write:\n    onACall: Busy\n");
    }

    @Test
    @DisplayName("a team whose mapping shows calls by Busy is found, whatever the installation's does")
    void onACallOfATeam() {
        callsByBusyIn("priority");

        Finding finding = look("on-a-call-presence");
        assertThat(finding.grade()).isEqualTo(Grade.FAILED);
        assertThat(finding.detail())
                .contains("\"Busy\"", "in the mapping of priority")
                .doesNotContain("\"On a call\"");
        assertThat(look("mapped-presences").grade()).isEqualTo(Grade.OK);

        setup.workstreams = List.of(workstream("Chats", AVAILABLE), workstream("Cases", AVAILABLE, BUSY));
        assertThat(look("workstreams").grade()).isEqualTo(Grade.FAILED);
        assertThat(look("workstreams").detail())
                .contains("Cases (onACall in the mapping of priority)")
                .doesNotContain("Chats");
    }

    @Test
    @DisplayName("of the workstreams that tell nothing none is called fine")
    void silentWorkstreams() {
        presences.add(row("11111111-0000-0000-0000-000000000001", "On a call", DND));
        setup.workstreams = List.of(
                workstream("Chats", AVAILABLE, BUSY),
                new WorkstreamRow("Cases", Optional.empty()),
                new WorkstreamRow("Calls", Optional.empty()));

        Finding finding = look("workstreams");
        assertThat(finding.grade()).isEqualTo(Grade.OK);
        assertThat(finding.detail()).startsWith("1 workstreams").contains("not looked at", "Cases, Calls");
        setup.workstreams = List.of(workstream("Chats", DND), new WorkstreamRow("Cases", Optional.empty()));
        assertThat(look("workstreams").grade()).isEqualTo(Grade.FAILED);
        assertThat(look("workstreams").detail()).contains("Chats (", "not looked at", ": Cases");
    }

    @Test
    @DisplayName("a presence that Dynamics lacks is named for every status of every team's mapping")
    void lackingPresences() {
        teams.put("priority", "dynamics:\n  write:\n    beRightBack: Coffee\n    away: [Tea, Walk]\n");
        teams.put("night", "dynamics:\n  write:\n    beRightBack: Coffee\n");

        Finding finding = look("mapped-presences");
        assertThat(finding.grade()).isEqualTo(Grade.FAILED);
        assertThat(finding.detail())
                .contains(
                        "beRightBack (Coffee) in the mapping of night, priority",
                        "away (Tea, Walk) in the mapping of priority")
                .doesNotContain("busy");
        presences.removeIf(row -> row.name().equals("Busy"));
        assertThat(look("mapped-presences").detail()).contains("busy (Busy);");
    }

    @Test
    void whatCannotBeReadIsNoFailure() {
        setup.failure = new PlatformException.PermissionMissing("Dynamics refuses");
        assertThat(look("workstreams").grade()).isEqualTo(Grade.SKIPPED);
        assertThat(look("webhook-registered").grade()).isEqualTo(Grade.SKIPPED);
        setup.failure = new PlatformException.Unreachable("silent");
        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(() -> look("workstreams"));
        setup.failure = null;
        setup.workstreams = List.of(new WorkstreamRow("Chats", Optional.empty()));
        assertThat(look("workstreams").grade()).isEqualTo(Grade.SKIPPED);
    }

    @Test
    void howLongTheWebhookWasSilent() {
        assertThat(look("webhook-heard").grade()).isEqualTo(Grade.WARNING);
        control.put(DynamicsChecks.HEARD, NOW.minusSeconds(60).toString(), Optional.empty());
        assertThat(look("webhook-heard").grade()).isEqualTo(Grade.OK);
        control.put(DynamicsChecks.HEARD, NOW.minus(Duration.ofHours(25)).toString(), Optional.empty());
        assertThat(look("webhook-heard").grade()).isEqualTo(Grade.WARNING);
        key = Optional.of(List.of("key", "gone"));
        assertThat(look("webhook-heard").detail()).startsWith("1 of the webhook's keys cannot be read");
        key = Optional.empty();
        assertThat(look("webhook-heard").grade()).isEqualTo(Grade.FAILED);
    }

    @Test
    void theWebhookStepMustBeThereEnabledAsynchronousAndComplete() {
        assertThat(registered()).isEqualTo(Grade.FAILED);
        assertThat(registered(new StepRow("s", "Create", true, true, Set.of(), OURS)))
                .isEqualTo(Grade.FAILED);
        assertThat(registered(new StepRow("s", "Update", true, true, Set.of(), "")))
                .isEqualTo(Grade.FAILED);
        assertThat(registered(new StepRow("s", "Update", true, false, Set.of(), OURS)))
                .isEqualTo(Grade.FAILED);
        assertThat(registered(new StepRow("s", "Update", false, true, Set.of(), OURS)))
                .isEqualTo(Grade.WARNING);
        assertThat(look("webhook-registered").detail()).contains("synchronous");
        assertThat(registered(new StepRow("s", "Update", true, true, Set.of("msdyn_eventname"), OURS)))
                .isEqualTo(Grade.WARNING);
        assertThat(registered(new StepRow("s", "Update", true, true, COLUMNS, OURS + "/?x=1")))
                .isEqualTo(Grade.OK);
        assertThat(registered(
                        new StepRow("s", "Update", true, true, Set.of(), OURS),
                        new StepRow("somebody's", "Update", false, true, Set.of(), "https://else.example/hook")))
                .isEqualTo(Grade.OK);
    }

    private Grade registered(StepRow... steps) {
        setup.steps = List.of(steps);
        return look("webhook-registered").grade();
    }

    @Test
    @DisplayName("every registration that shares writing is tried out, and whose is at fault is named")
    void registrations() {
        assertThat(look("dynamics-registrations").grade()).isEqualTo(Grade.SKIPPED);
        further = Optional.of("44444444-0000-0000-0000-000000000004");
        setup.sharing = Map.of(Setup.US, Optional.empty(), further.get(), Optional.empty());
        assertThat(look("dynamics-registrations").grade()).isEqualTo(Grade.OK);
        setup.sharing = Map.of(Setup.US, Optional.empty(), further.get(), Optional.of("not a member"));
        assertThat(look("dynamics-registrations").grade()).isEqualTo(Grade.FAILED);
        assertThat(look("dynamics-registrations").detail()).isEqualTo(further.get() + ": not a member");
        caller = Optional.of("33333333-0000-0000-0000-000000000003");
        assertThat(look("dynamics-registrations").grade()).isEqualTo(Grade.WARNING);
    }

    @Test
    @DisplayName("a supervisor in whose name is written is tried out")
    void caller() {
        assertThat(look("dynamics-caller").grade()).isEqualTo(Grade.SKIPPED);
        caller = Optional.of("33333333-0000-0000-0000-000000000003");
        assertThat(look("dynamics-caller").grade()).isEqualTo(Grade.FAILED);
        setup.writer = "33333333-0000-0000-0000-000000000003";
        assertThat(look("dynamics-caller").grade()).isEqualTo(Grade.OK);
        setup.failure = new PlatformException.PermissionMissing("prvActOnBehalfOfAnotherUser");
        assertThat(look("dynamics-caller").grade()).isEqualTo(Grade.FAILED);
        assertThat(look("dynamics-caller").fix()).contains("Delegate");
    }

    @Test
    @DisplayName("what gives work whatever the presence is named, and OK is said only of what was looked at")
    void routingExceptions() {
        Map<RoutingException, List<String>> found = setup.exceptions;
        assertThat(look("routing-exceptions").grade()).isEqualTo(Grade.SKIPPED);

        found.put(RoutingException.AGENT_AFFINITY, List.of());
        Finding partly = look("routing-exceptions");
        assertThat(partly.grade()).isEqualTo(Grade.OK);
        assertThat(partly.detail()).contains("agent affinity", "not looked at", "custom assignment");

        for (RoutingException way : RoutingException.values()) {
            found.put(way, List.of("Priority chats"));
            Finding finding = look("routing-exceptions");
            assertThat(finding.grade()).isEqualTo(Grade.WARNING);
            assertThat(finding.detail()).contains("Priority chats");
            assertThat(finding.fix()).contains("Conversation.Workstream.Allowed Presences");
            found.put(way, List.of());
        }
        assertThat(look("routing-exceptions").grade()).isEqualTo(Grade.OK);
        assertThat(look("routing-exceptions").detail()).doesNotContain("not looked at");
    }

    private static final class Setup implements SetupApi {
        static final String US = "22222222-0000-0000-0000-000000000002";
        List<WorkstreamRow> workstreams = List.of();
        List<StepRow> steps = List.of();
        String writer = US;
        Map<String, Optional<String>> sharing = Map.of("", Optional.empty());
        final Map<RoutingException, List<String>> exceptions = new EnumMap<>(RoutingException.class);
        PlatformException failure;

        @Override
        public String whoAmI() {
            return US;
        }

        @Override
        public String whoWrites() {
            return or(writer);
        }

        @Override
        public Map<String, Optional<String>> whoShares() {
            return or(sharing);
        }

        @Override
        public List<WorkstreamRow> workstreams() {
            return or(workstreams);
        }

        @Override
        public Map<RoutingException, List<String>> routingExceptions() {
            return or(exceptions);
        }

        @Override
        public List<StepRow> steps() {
            return or(steps);
        }

        private <T> T or(T answer) {
            if (failure != null) {
                throw failure;
            }
            return answer;
        }
    }
}
