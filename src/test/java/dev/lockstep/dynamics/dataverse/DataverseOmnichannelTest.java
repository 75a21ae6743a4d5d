package dev.lockstep.dynamics.dataverse;

import static dev.lockstep.platform.StubServer.empty;
import static dev.lockstep.platform.StubServer.html;
import static dev.lockstep.platform.StubServer.json;
import static dev.lockstep.platform.StubServer.lost;
import static dev.lockstep.platform.StubServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.StubServer;
import dev.lockstep.protocol.entra.AccessToken;
import dev.lockstep.protocol.entra.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quarkus' client against a server of our own, over HTTPS with a private authority named by the JVM's properties. */
@QuarkusTest
@TestProfile(DataverseOmnichannelTest.OneFunction.class)
@Timeout(180)
public class DataverseOmnichannelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String RITA = "11111111-0000-0000-0000-000000000001";
    private static final String OTTO = "11111111-0000-0000-0000-00000000000a";
    private static final String BUSY = "efdeb843-c07a-e811-8162-000d3aa11f50";
    private static final String RITAS_ROW = """
            {"@odata.etag":"W/1","msdyn_agentstatusid":"22222222-0000-0000-0000-000000000002",
             "msdyn_isagentloggedin":true,"msdyn_presencemodifiedon":"2026-09-01T09:30:01Z",
             "msdyn_presencemodifiedonwithmilliseconds":"2026-09-01T09:30:01.234Z","msdyn_presencemodifiedby":"AGENT",
             "_msdyn_presencemodifiedbyuserid_value":"11111111-0000-0000-0000-000000000001",
             "msdyn_eventname":192350006,"msdyn_assignedconversationcount":2,"modifiedon":"2026-09-01T09:30:02Z",
             "msdyn_agentid":{"systemuserid":"11111111-0000-0000-0000-000000000001","fullname":"Rita Rep",
              "azureactivedirectoryobjectid":"33333333-0000-0000-0000-00000000000B","applicationid":null,
              "domainname":"rita@contoso.com","internalemailaddress":"r.rep@contoso.com","isdisabled":false},
             "msdyn_currentpresenceid":{"msdyn_presenceid":"EFDEB843-C07A-E811-8162-000D3AA11F50"}}""";

    private static StubServer server;

    @Inject
    ObjectMapper mapper;

    private final GivenTokens tokens = new GivenTokens();
    private OmnichannelApi dynamics;

    @BeforeAll
    static void start() {
        LocalAuthority authority = LocalAuthority.temporary();
        authority.trustInThisProcess();
        server = StubServer.https(authority);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fresh() {
        server.reset();
        dynamics = dynamics(server.url(), Duration.ofSeconds(20));
    }

    // ---- writing

    @Test
    void modifiesPresenceWithoutImpersonation() throws Exception {
        server.answer(json(200, "{\"@odata.context\":\"x\"}"), empty(204));

        dynamics.modify("rita", RITA, BUSY);
        dynamics.modify("rita", RITA, BUSY);

        StubServer.Received request = server.received().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/api/data/v9.2/CCaaS_ModifyAgentPresence");
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer token-1")
                .containsEntry("Accept", "application/json")
                .containsEntry("OData-Version", "4.0")
                .containsEntry("OData-MaxVersion", "4.0")
                .containsEntry("If-None-Match", "null")
                .doesNotContainKeys("MSCRMCallerID", "CallerObjectId", "Prefer");
        assertThat(request.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(mapper.readTree(request.body())).isEqualTo(mapper.readTree("""
                {"ApiVersion":"1.0","AgentId":"%s","PresenceId":"%s"}""".formatted(RITA, BUSY)));
    }

    @Test
    void anAgentWhoIsSignedOutIsNoError() {
        server.answer(
                json(404, "{\"error\":{\"code\":\"0x1\",\"message\":\"Agent not found\"}}"), empty(404), html(404));

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(PlatformException.NotSignedIn.class)
                    .isThrownBy(() -> dynamics.modify("rita", RITA, BUSY));
        }
    }

    @Test
    void anOrganisationWithoutTheInterfaceIsNotAnAgentWhoIsSignedOut() {
        server.answer(json(404, """
                {"error":{"code":"0x8006088a","message":"Resource not found for the segment 'CCaaS_ModifyAgentPresence'."}}"""));

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> dynamics.modify("rita", RITA, BUSY))
                .withMessageContaining("license");
    }

    @ParameterizedTest
    @CsvSource({"403, Omnichannel supervisor", "405, licence"})
    void saysWhatAnAdministratorHasToGrant(int status, String advice) {
        server.answer(
                json(status, "{\"error\":{\"code\":\"0x80040220\",\"message\":\"lacks prvRead\"}}"), html(status));

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                    .isThrownBy(() -> dynamics.modify("rita", RITA, BUSY))
                    .withMessageContaining(String.valueOf(status))
                    .withMessageContaining(advice);
        }
    }

    @Test
    void whatDynamicsUnderstandsAndRefusesIsRejected() {
        server.answer(
                json(400, "{\"error\":{\"code\":\"0x80040203\",\"message\":\"Invalid\\npresence\"}}"), empty(412));

        assertThatExceptionOfType(PlatformException.Rejected.class)
                .isThrownBy(() -> dynamics.modify("rita", RITA, BUSY))
                .withMessage("Dynamics refused (400 0x80040203) Invalid presence");
        assertThatExceptionOfType(PlatformException.Rejected.class)
                .isThrownBy(() -> dynamics.modify("rita", RITA, BUSY));
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() throws Exception {
        server.answer(empty(401), empty(204));

        dynamics.modify("rita", RITA, BUSY);

        assertThat(server.received())
                .extracting(request -> request.header("Authorization").orElse(""))
                .containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(mapper.readTree(server.received().getLast().body())
                        .path("AgentId")
                        .asText())
                .isEqualTo(RITA);
    }

    @Test
    void aFreshTokenThatIsRefusedMeansAMissingUser() {
        server.otherwise(json(401, "{\"error\":{\"code\":\"0x80072560\",\"message\":\"not a member\"}}"));

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> dynamics.presences())
                .withMessageContaining("application user");
        assertThat(server.received()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7 | PT7S", "2.5 | PT2.5S", "Sun, 22 Nov 2026 10:00:30 GMT | PT30S"})
    void waitsAsLongAsDynamicsAsks(String header, Duration wait) {
        server.otherwise(json(429, "{\"error\":{\"code\":\"0x80072322\",\"message\":\"Number of requests\"}}")
                .with("Retry-After", header));

        assertThatExceptionOfType(PlatformException.Throttled.class)
                .isThrownBy(() -> dynamics.modify("rita", RITA, BUSY))
                .matches(e -> e.retryAfter().equals(Optional.of(wait)));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void everythingElseIsNoAnswer() {
        List<StubServer.Answer> answers = List.of(
                json(500, "{\"error\":{\"code\":\"0x80040216\",\"message\":\"x\"}}"),
                html(502),
                empty(503).with("Retry-After", "30"),
                empty(504),
                empty(408),
                empty(302).with("Location", "/elsewhere"),
                lost());
        for (StubServer.Answer answer : answers) {
            server.otherwise(answer);
            assertThatExceptionOfType(PlatformException.Unreachable.class)
                    .as("answer %d", answers.indexOf(answer))
                    .isThrownBy(() -> dynamics.modify("rita", RITA, BUSY));
        }
        assertThatExceptionOfType(PlatformException.Unreachable.class)
                .isThrownBy(() ->
                        dynamics("https://localhost:1", Duration.ofSeconds(20)).modify("rita", RITA, BUSY));
    }

    /** As after a freeze, in which the other side closes what it keeps open. */
    @Test
    void whatIsClosedBeforeItIsAnsweredIsAskedOnceMore() {
        server.answer(empty(204), lost(), empty(204), lost(), json(200, "{\"value\":[]}"));

        dynamics.modify("rita", RITA, BUSY);
        dynamics.modify("rita", RITA, BUSY);

        assertThat(server.received()).hasSize(3);
        assertThat(server.received().get(2).body())
                .isEqualTo(server.received().get(1).body());
        assertThat(dynamics.users()).isEmpty();
    }

    @Test
    void waitsNoLongerThanItMay() {
        OmnichannelApi impatient = dynamics(server.url(), Duration.ofMillis(700));
        server.answer(server.hang(), server.hang(), server.hangInTheBody());

        assertThatExceptionOfType(PlatformException.Unreachable.class)
                .isThrownBy(() -> impatient.modify("rita", RITA, BUSY));
        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(impatient::presences);
        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(impatient::presences);
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() {
        try (StubServer impostor = StubServer.https(LocalAuthority.temporary())) {
            impostor.otherwise(empty(204));

            assertThatExceptionOfType(PlatformException.Unreachable.class)
                    .isThrownBy(() ->
                            dynamics(impostor.url(), Duration.ofSeconds(20)).modify("rita", RITA, BUSY));
            assertThat(impostor.received()).isEmpty();
        }
    }

    @Test
    void withoutItsUrlItSaysSo() {
        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> dynamics("", Duration.ofSeconds(20)).presences())
                .withMessageContaining("lockstep.dynamics.url");
    }

    // ---- reading

    @Test
    void readsPresences() {
        server.answer(json(200, """
                {"value":[
                 {"msdyn_presenceid":"EFDEB843-C07A-E811-8162-000D3AA11F50","msdyn_name":"Busy",
                  "msdyn_presencestatustext":"Beschäftigt","msdyn_basepresencestatus":192360001,"msdyn_canuserset":true},
                 {"msdyn_presenceid":"99999999-0000-0000-0000-000000000009","msdyn_name":"On a call",
                  "msdyn_basepresencestatus":192360002,"msdyn_canuserset":false},
                 {"msdyn_name":"no id"}]}"""), json(200, """
                {"value":[{"_msdyn_inactive_presence_lookup_value":"99999999-0000-0000-0000-000000000009"},
                 {"_msdyn_inactive_presence_lookup_value":null}]}"""));

        assertThat(dynamics.presences())
                .containsExactly(
                        new OmnichannelApi.PresenceRow(BUSY, "Busy", "Beschäftigt", 192360001),
                        new OmnichannelApi.PresenceRow(
                                "99999999-0000-0000-0000-000000000009", "On a call", "On a call", 192360002, true));
        assertThat(query(server.received().getFirst())).containsEntry("$filter", "statecode eq 0");
        assertThat(server.received().getFirst().header("Prefer")).contains("odata.maxpagesize=500");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void withoutASettingForMissedWorkThePresencesAreReadAllTheSame(int status) {
        server.answer(
                json(200, """
                        {"value":[{"msdyn_presenceid":"%s","msdyn_name":"Busy","msdyn_basepresencestatus":192360001}]}""".formatted(BUSY)), json(status, "{\"error\":{\"code\":\"0x0\",\"message\":\"no\"}}"));

        assertThat(dynamics.presences())
                .containsExactly(new OmnichannelApi.PresenceRow(BUSY, "Busy", "Busy", 192360001));
    }

    @Test
    void ofSeveralRowsOfOneAgentTheNewestCounts() {
        server.answer(json(200, """
                {"value":[{"_msdyn_agentid_value":"%1$s","modifiedon":"2026-11-22T09:00:00Z","msdyn_eventname":1},
                 {"_msdyn_agentid_value":"%1$s","modifiedon":"2026-11-22T09:30:00Z","msdyn_eventname":2},
                 {"_msdyn_agentid_value":"%1$s","modifiedon":"2026-11-22T09:10:00Z","msdyn_eventname":3}]}""".formatted(RITA)));

        assertThat(dynamics.statuses())
                .singleElement()
                .satisfies(row -> assertThat(row.fields()).containsEntry(StatusFields.EVENT, "2"));
    }

    @Test
    void readsStatusesOfPeopleAndLeavesBotsOut() {
        server.answer(json(200, """
                {"value":[%s,
                 {"msdyn_agentstatusid":"22222222-0000-0000-0000-000000000003","msdyn_isagentloggedin":false,
                  "_msdyn_agentid_value":"%s","_msdyn_currentpresenceid_value":"%s","msdyn_agentid":null},
                 {"msdyn_agentstatusid":"22222222-0000-0000-0000-000000000004",
                  "msdyn_agentid":{"systemuserid":"11111111-0000-0000-0000-00000000000c",
                   "applicationid":"66666666-0000-0000-0000-000000000006"}},
                 {"msdyn_agentstatusid":"22222222-0000-0000-0000-000000000005","msdyn_agentid":null}]}""".formatted(RITAS_ROW, OTTO, BUSY)));

        List<OmnichannelApi.StatusRow> rows = dynamics.statuses();

        assertThat(rows).extracting(OmnichannelApi.StatusRow::systemUserId).containsExactly(RITA, OTTO);
        assertThat(rows.getFirst().fields())
                .containsOnly(
                        entry(StatusFields.BY, "read"),
                        entry(StatusFields.PRESENCE_ID, BUSY),
                        entry(StatusFields.LOGGED_IN, "true"),
                        entry(StatusFields.PRESENCE_MODIFIED_ON, "2026-09-01T09:30:01.234Z"),
                        entry(StatusFields.MODIFIED_BY, "AGENT"),
                        entry(StatusFields.MODIFIED_BY_USER, RITA),
                        entry(StatusFields.EVENT, "192350006"),
                        entry(StatusFields.CONVERSATIONS, "2"),
                        entry(StatusFields.CHANGED_ON, "2026-09-01T09:30:02Z"));
        assertThat(rows.getFirst().user())
                .contains(new OmnichannelApi.UserRow(
                        RITA, "33333333-0000-0000-0000-00000000000b", "Rita Rep", "rita@contoso.com", true));
        assertThat(rows.getLast().fields())
                .containsOnly(
                        entry(StatusFields.BY, "read"),
                        entry(StatusFields.LOGGED_IN, "false"),
                        entry(StatusFields.PRESENCE_ID, BUSY));
        assertThat(rows.getLast().user()).isEmpty();
        assertThat(query(server.onlyOne())).containsEntry("$filter", "statecode eq 0");
    }

    @Test
    void doesWithoutColumnsThatTheOrganisationDoesNotHaveAndRemembersIt() {
        String complaint = "{\"error\":{\"code\":\"0x80060888\",\"message\":\"Could not find a property named '%s'"
                + " on type 'Microsoft.Dynamics.CRM.msdyn_agentstatus'.\"}}";
        server.answer(
                json(400, complaint.formatted("_msdyn_presencemodifiedbyuserid_value")),
                json(400, complaint.formatted("msdyn_assignedconversationcount")),
                json(200, "{\"value\":[]}"),
                json(200, "{\"value\":[]}"));

        dynamics.statuses();
        dynamics.statuses();

        assertThat(server.received()).hasSize(4);
        assertThat(query(server.received().get(3)).get("$select"))
                .isEqualTo("msdyn_agentstatusid,msdyn_isagentloggedin,msdyn_presencemodifiedon,"
                        + "msdyn_presencemodifiedby,modifiedon,msdyn_presencemodifiedonwithmilliseconds,msdyn_eventname,"
                        + "msdyn_availableunitscapacity,msdyn_isblockedbysomeprofile");
    }

    @Test
    void aComplaintAboutAnythingElseIsOne() {
        server.otherwise(json(400, "{\"error\":{\"code\":\"0x80060888\",\"message\":\"no 'modifiedon'\"}}"));

        assertThatExceptionOfType(PlatformException.Rejected.class).isThrownBy(dynamics::statuses);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void followsLinksToFurtherPagesAsTheyCame() {
        String rest = "/api/data/v9.2/msdyn_agentstatuses?$select=a,b&$skiptoken="
                + "%3Ccookie%20pagenumber=%222%22%20x=%22a%2Bb+c%22%20/%3E&q=%7B%7D";
        server.answer(
                json(200, "{\"value\":[%s],\"@odata.nextLink\":\"%s\"}".formatted(RITAS_ROW, server.url() + rest)),
                json(200, "{\"value\":[%s]}".formatted(RITAS_ROW.replace(RITA, OTTO))));

        assertThat(dynamics.statuses())
                .extracting(OmnichannelApi.StatusRow::systemUserId)
                .containsExactly(RITA, OTTO);
        assertThat(server.received().getLast().target()).isEqualTo(rest);
        assertThat(server.received().getLast().header("Prefer")).contains("odata.maxpagesize=500");
    }

    @Test
    void neverTakesATokenToAnotherPlaceOrRoundInCircles() {
        try (StubServer elsewhere = StubServer.http()) {
            String away = elsewhere.url() + "/api/data/v9.2/msdyn_presences";
            String round = server.url() + "/api/data/v9.2/msdyn_presences?again";
            for (String link : List.of(away, round, "http://[", server.url().replace("https", "http") + "/x")) {
                server.otherwise(json(200, "{\"value\":[],\"@odata.nextLink\":\"%s\"}".formatted(link)));
                assertThatExceptionOfType(PlatformException.Rejected.class)
                        .as(link)
                        .isThrownBy(dynamics::presences);
            }
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void namesAFewAndReadsEverybodyInsteadOfMany() {
        server.otherwise(json(200, "{\"value\":[%s]}".formatted(RITAS_ROW)));
        List<String> many = IntStream.range(1, 102)
                .mapToObj("11111111-0000-0000-0000-%012x"::formatted)
                .toList();

        assertThat(dynamics.statuses(List.of(RITA, OTTO.toUpperCase(), "x' or 1 eq 1")))
                .hasSize(1);
        assertThat(query(server.onlyOne()))
                .containsEntry(
                        "$filter",
                        "statecode eq 0 and (_msdyn_agentid_value eq " + RITA + " or _msdyn_agentid_value eq " + OTTO
                                + ")");
        server.received().clear();
        dynamics.statuses(many.subList(0, 60));
        assertThat(server.received()).hasSize(3);
        server.received().clear();
        assertThat(dynamics.statuses(many))
                .extracting(OmnichannelApi.StatusRow::systemUserId)
                .containsExactly(RITA);
        assertThat(query(server.onlyOne())).containsEntry("$filter", "statecode eq 0");
        server.received().clear();
        assertThat(dynamics.statuses(List.of("nobody"))).isEmpty();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void readsOneStatusRow() {
        server.answer(json(200, RITAS_ROW), empty(404));

        assertThat(dynamics.status("22222222-0000-0000-0000-000000000002")
                        .orElseThrow()
                        .systemUserId())
                .isEqualTo(RITA);
        assertThat(dynamics.status("22222222-0000-0000-0000-000000000002")).isEmpty();
        assertThat(dynamics.status("nonsense")).isEmpty();
        assertThat(server.received())
                .hasSize(2)
                .allMatch(request -> request.target()
                        .startsWith(
                                "/api/data/v9.2/msdyn_agentstatuses(22222222-0000-0000-0000-000000000002)?$select="));
    }

    @Test
    void readsUsersByTheConfiguredFilter() {
        server.answer(json(200, """
                {"value":[{"systemuserid":"%s","fullname":"Rita Rep","domainname":"rita@contoso.com",
                 "azureactivedirectoryobjectid":"33333333-0000-0000-0000-00000000000b","isdisabled":true},
                 {"systemuserid":"%s","domainname":null,"internalemailaddress":"otto@contoso.com"}]}""".formatted(RITA, OTTO)));

        assertThat(dynamics.users())
                .containsExactly(
                        new OmnichannelApi.UserRow(
                                RITA, "33333333-0000-0000-0000-00000000000b", "Rita Rep", "rita@contoso.com", false),
                        new OmnichannelApi.UserRow(OTTO, "", "", "otto@contoso.com", true));
        assertThat(query(server.onlyOne())).containsEntry("$filter", "isdisabled eq false and name ne 'x & y'");
    }

    @ParameterizedTest
    @CsvSource({"0, null, true", "1, null, false", "2, null, false", "4, null, false", "0, '\"%s\"', false"})
    @DisplayName("a person at work has read-write access (systemuser, accessmode) and is no application's user")
    void onlyWhoSignsInThemselvesIsAPerson(int accessMode, String application, boolean isPerson) {
        server.answer(json(200, """
                {"value":[{"systemuserid":"%s","isdisabled":false,"accessmode":%d,"applicationid":%s}]}""".formatted(RITA, accessMode, application.formatted(OTTO))));

        assertThat(dynamics.users()).extracting(OmnichannelApi.UserRow::enabled).containsExactly(isPerson);
    }

    @Test
    void findsAUserByAnyOfTheirNames() {
        server.answer(
                json(200, "{\"value\":[]}"),
                json(200, "{\"value\":[{\"systemuserid\":\"%s\"}]}".formatted(RITA)),
                json(200, "{\"value\":[]}"),
                json(200, "{\"value\":[]}"));

        assertThat(dynamics.user(OTTO).orElseThrow().systemUserId()).isEqualTo(RITA);
        assertThat(dynamics.user("o'neil@contoso.com")).isEmpty();
        assertThat(server.received())
                .extracting(request -> query(request).get("$filter"))
                .containsExactly(
                        "systemuserid eq " + OTTO,
                        "azureactivedirectoryobjectid eq " + OTTO,
                        "domainname eq 'o''neil@contoso.com'",
                        "internalemailaddress eq 'o''neil@contoso.com'");
    }

    @Test
    void readsCommittedShiftBookings() {
        server.answer(json(200, """
                {"value":[
                 {"starttime":"2026-11-22T08:00:00Z","endtime":"2026-11-22T10:00:00Z",
                  "Resource":{"bookableresourceid":"x","_userid_value":"%s"},"BookingStatus":{"status":2}},
                 {"starttime":"2026-11-22T08:00:00Z","endtime":"2026-11-22T10:00:00Z","Resource":{"_userid_value":null}},
                 {"starttime":null,"endtime":"2026-11-22T10:00:00Z","Resource":{"_userid_value":"%s"}}]}""".formatted(RITA, OTTO)));

        assertThat(dynamics.bookings(NOW.minusSeconds(900), NOW.plusSeconds(900)))
                .containsExactly(new OmnichannelApi.BookingRow(
                        RITA, Instant.parse("2026-11-22T08:00:00Z"), Instant.parse("2026-11-22T10:00:00Z"), true));
        assertThat(query(server.onlyOne()))
                .containsEntry(
                        "$filter",
                        "statecode eq 0 and BookingStatus/status ne 3 and _msdyn_bookingsetupmetadataid_value eq"
                                + " 4beb9fdb-48e9-453f-b008-5862ff902c5d and starttime le 2026-11-22T10:15:00Z"
                                + " and endtime ge 2026-11-22T09:45:00Z")
                .containsEntry(
                        "$expand", "Resource($select=bookableresourceid,_userid_value),BookingStatus($select=status)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{}", "{\"value\":{}}", "{\"value\":", "<html></html>"})
    void anAnswerThatCannotBeReadIsNone(String body) {
        server.otherwise(text(200, "application/json", body));

        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(dynamics::presences);
    }

    @Test
    void aTableThatIsNotThereIsNoSilence() {
        server.otherwise(html(404));
        assertThatExceptionOfType(PlatformException.Rejected.class).isThrownBy(dynamics::users);

        server.otherwise(json(404, "{\"error\":{\"message\":\"Resource not found for the segment 'x'.\"}}"));
        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> dynamics.bookings(NOW, NOW));
    }

    private OmnichannelApi dynamics(String url, Duration limit) {
        DataverseSettings settings = GivenDataverse.at(url, limit);
        return new DataverseOmnichannel(
                settings,
                () -> "isdisabled eq false and name ne 'x & y'",
                ApplicationUsers.one(tokens),
                () -> NOW,
                mapper,
                (platform, left) -> {});
    }

    private static Map<String, String> query(StubServer.Received request) {
        Map<String, String> query = new java.util.LinkedHashMap<>();
        for (String option : URI.create(request.target()).getRawQuery().split("&")) {
            String[] parts = option.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static final class GivenTokens implements Tokens {
        private int count = 1;

        @Override
        public AccessToken current(URI platform) {
            return new AccessToken("token-" + count, Instant.MAX, Instant.MAX);
        }

        @Override
        public AccessToken renewed(URI platform, AccessToken refused) {
            count++;
            return current(platform);
        }
    }

    /** The runtime wants to know which function to be, even if nobody calls it; and any free port for its events. */
    public static class OneFunction implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.funqy.export", "sync", "quarkus.lambda.mock-event-server.test-port", "0");
        }
    }
}
