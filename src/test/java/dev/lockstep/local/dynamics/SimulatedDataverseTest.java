package dev.lockstep.local.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.model.Work;
import dev.lockstep.local.dynamics.model.WorkforceBooking;
import dev.lockstep.local.dynamics.model.WorkforceModel;
import dev.lockstep.local.dynamics.model.Workstream;
import dev.lockstep.local.dynamics.webapi.ApplicationUser;
import dev.lockstep.local.dynamics.webhook.WebhookTiming;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.SimulatedEntra;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedDataverseTest {
    private static final String TENANT = "33333333-aaaa-0000-0000-000000000000";
    private static final String CLIENT = "44444444-aaaa-0000-0000-000000000000";
    private static final String STRANGER = "55555555-aaaa-0000-0000-000000000000";
    private static final UUID RITA = UUID.fromString("11111111-0000-0000-0000-000000000001");
    private static final UUID SAM = UUID.fromString("11111111-0000-0000-0000-000000000002");
    private static final UUID RITA_IN_ENTRA = UUID.fromString("22222222-0000-0000-0000-000000000001");
    private static final String AWAY = BasePresence.AWAY.presenceId().toString();

    private static LocalAuthority authority;
    private static TokenIssuer tokens;
    private static Tenant directory;
    private static SimulatedEntra entra;
    private static HttpClient client;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private SimulatedDataverse dataverse;
    private DynamicsModel model;
    private String token;

    @BeforeAll
    static void startEntra() {
        authority = LocalAuthority.temporary();
        tokens = new TokenIssuer(TENANT, InstantSource.system());
        directory = new Tenant(TENANT);
        directory.register(Application.of(CLIENT).withSecret("s"));
        directory.register(Application.of(STRANGER).withSecret("s"));
        ServerFaults faults = new ServerFaults(new SplittableRandom(1));
        entra = SimulatedEntra.start(0, authority.serverContext(), faults, directory, tokens, InstantSource.system());
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(authority.clientContext())
                .build();
    }

    @AfterAll
    static void stopEntra() {
        entra.close();
        client.close();
    }

    @BeforeEach
    void start() throws Exception {
        ServerFaults faults = new ServerFaults(new SplittableRandom(2));
        DynamicsBehaviour rules = DynamicsBehaviour.harsh()
                .withRows(DynamicsBehaviour.harsh().rows().withDelay(Duration.ZERO));
        var quick = new WebhookTiming(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(20));
        ContactCenter center =
                ContactCenter.live(InstantSource.system(), timers, faults, new SplittableRandom(3), rules, quick);
        model = center.presence();
        dataverse =
                SimulatedDataverse.start(0, authority.serverContext(), faults, center, tokens, InstantSource.system());
        directory.resource("dataverse", dataverse.url());
        dataverse.add(ApplicationUser.of(
                CLIENT, "lockstep", ApplicationUser.SUPERVISOR, ApplicationUser.DELEGATE, ApplicationUser.CUSTOMIZER));
        model.add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        model.add(Representative.of(RITA, "Rita Rep", "rita@contoso.com", RITA_IN_ENTRA));
        model.add(Representative.of(SAM, "Sam Second", "sam@contoso.com", UUID.randomUUID()));
        token = token(CLIENT, dataverse.url());
    }

    @AfterEach
    void stop() {
        dataverse.close();
        timers.shutdownNow();
    }

    // ---- who may

    @Test
    void wantsATokenForItself() throws Exception {
        assertThat(send("GET", "WhoAmI", null, "").statusCode()).isEqualTo(401);
        assertThat(send("GET", "WhoAmI", null, "Bearer nonsense").statusCode()).isEqualTo(401);
        directory.resource("elsewhere", "https://elsewhere.example");
        String other = "Bearer " + token(CLIENT, "https://elsewhere.example");
        assertThat(send("GET", "WhoAmI", null, other).statusCode()).isEqualTo(401);

        JsonNode me = json(get("WhoAmI"), 200);
        assertThat(me.path("UserId").asText()).isNotEmpty();
        assertThat(me.path("OrganizationId").asText()).isNotEmpty();
    }

    @Test
    void refusesApplicationsThatAreNoUsers() throws Exception {
        String stranger = "Bearer " + token(STRANGER, dataverse.url());
        HttpResponse<String> refused = send("GET", "WhoAmI", null, stranger);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Json.read(refused.body()).path("error").path("code").asText())
                .startsWith("0x");
    }

    @Test
    void needsTheSupervisorsRoleToModify() throws Exception {
        model.signIn(RITA);
        dataverse.add(ApplicationUser.of(CLIENT, "lockstep", ApplicationUser.AGENT));
        assertThat(modify(RITA.toString(), AWAY).statusCode()).isEqualTo(403);
        assertThat(get("msdyn_presences").statusCode()).isEqualTo(200);
        dataverse.add(ApplicationUser.of(CLIENT, "lockstep", ApplicationUser.SUPERVISOR)
                .withoutReading("bookableresourcebooking"));
        assertThat(modify(RITA.toString(), AWAY).statusCode()).isEqualTo(204);
        assertThat(get("bookableresourcebookings").statusCode()).isEqualTo(403);
        assertThat(post("serviceendpoints", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void intersectsRightsUnderImpersonation() throws Exception {
        model.signIn(RITA);
        String body = modification(RITA.toString(), AWAY);
        assertThat(post("CCaaS_ModifyAgentPresence", body, "MSCRMCallerID", SAM.toString())
                        .statusCode())
                .isEqualTo(403);
        dataverse.makeSupervisor(SAM);
        assertThat(post("CCaaS_ModifyAgentPresence", body, "MSCRMCallerID", SAM.toString())
                        .statusCode())
                .isEqualTo(204);
    }

    // ---- presence

    @Test
    void modifiesThePresenceOfWhoIsSignedIn() throws Exception {
        assertThat(modify(RITA.toString(), AWAY).statusCode()).isEqualTo(404);
        model.signIn(RITA);
        assertThat(modify(RITA.toString(), AWAY).statusCode()).isEqualTo(204);
        assertThat(model.agent(RITA).orElseThrow().presence().base()).isEqualTo(BasePresence.AWAY);
        dataverse.modifyAnswers(200);
        assertThat(modify(RITA.toString(), AWAY).statusCode()).isEqualTo(200);
        model.signOut(RITA);
        assertThat(modify(RITA.toString(), AWAY).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"AgentId\":\"11111111-0000-0000-0000-000000000001\",\"PresenceId\":\"3dacae76-c07a-e811-8162-000d3aa11f50\"}",
                "{\"ApiVersion\":\"2.0\",\"AgentId\":\"11111111-0000-0000-0000-000000000001\",\"PresenceId\":\"3dacae76-c07a-e811-8162-000d3aa11f50\"}",
                "{\"ApiVersion\":\"1.0\",\"AgentId\":\"rita\",\"PresenceId\":\"3dacae76-c07a-e811-8162-000d3aa11f50\"}",
                "{\"ApiVersion\":\"1.0\",\"AgentId\":\"11111111-0000-0000-0000-000000000001\",\"PresenceId\":\"Away\"}",
                "{\"ApiVersion\":\"1.0\",\"AgentId\":\"11111111-0000-0000-0000-000000000001\",\"PresenceId\":\"00000000-0000-0000-0000-000000000000\"}",
                "{\"ApiVersion\":\"1.0\",\"AgentId\":\"11111111-0000-0000-0000-000000000001\",\"PresenceId\":\"3dacae76-c07a-e811-8162-000d3aa11f50\",\"Reason\":\"x\"}",
                "{\"ApiVersion\":"
            })
    void refusesMalformedModifications(String body) throws Exception {
        model.signIn(RITA);
        HttpResponse<String> refused = post("CCaaS_ModifyAgentPresence", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Json.read(refused.body()).path("error").path("message").asText())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CCaaS_GetPresence",
                "CCaaS_GetPresence(ApiVersion=@v)?@v='1.0'",
                "CCaaS_GetPresence(ApiVersion='1.0')"
            })
    void readsThePresenceOfTheCallerNamed(String form) throws Exception {
        model.signIn(RITA);
        JsonNode presence = json(get(form, "MSCRMCallerID", RITA.toString()), 200);
        assertThat(presence.path("CurrentPresenceStatusInfo").asText()).isEqualTo("Available");
        assertThat(presence.path("AgentId").asText()).isEqualTo(RITA.toString());
        assertThat(presence.path("ActiveBrowserSessions").asInt()).isEqualTo(1);
        assertThat(get(form).statusCode()).isEqualTo(404);
        assertThat(get(form, "MSCRMCallerID", SAM.toString()).statusCode()).isEqualTo(404);
        assertThat(get(form, "MSCRMCallerID", "rita").statusCode()).isEqualTo(400);
    }

    // ---- tables

    @Test
    void showsSelectedColumnsAndExpandedLookupsOnly() throws Exception {
        model.signIn(RITA);
        JsonNode rows = json(
                get("msdyn_agentstatuses?$select=msdyn_isagentloggedin,_msdyn_agentid_value"
                        + "&$expand=msdyn_agentid($select=fullname,applicationid),"
                        + "msdyn_currentpresenceid($select=msdyn_name)&$filter=_msdyn_agentid_value eq " + RITA),
                200);
        JsonNode row = rows.path("value").get(0);
        assertThat(fields(row))
                .containsExactlyInAnyOrder(
                        "@odata.etag",
                        "msdyn_agentstatusid",
                        "msdyn_isagentloggedin",
                        "_msdyn_agentid_value",
                        "msdyn_agentid",
                        "msdyn_currentpresenceid");
        assertThat(row.path("msdyn_agentid").path("fullname").asText()).isEqualTo("Rita Rep");
        assertThat(row.path("msdyn_agentid").has("isdisabled")).isFalse();
        assertThat(row.path("msdyn_currentpresenceid").path("msdyn_name").asText())
                .isEqualTo("Available");
        assertThat(row.path("@odata.etag").asText()).matches("W/\"\\d+\"");
    }

    @Test
    void hasARowForABotToo() throws Exception {
        JsonNode rows = json(get("msdyn_agentstatuses?$filter=msdyn_agentid/applicationid ne null"), 200);
        assertThat(rows.path("value")).hasSize(1);
    }

    @Test
    void givesFormattedValuesOnlyWhenAsked() throws Exception {
        model.signIn(RITA);
        String query =
                "msdyn_agentstatuses?$select=msdyn_eventname,_msdyn_agentid_value&$filter=_msdyn_agentid_value eq "
                        + RITA;
        String formatted = "msdyn_eventname@OData.Community.Display.V1.FormattedValue";
        assertThat(json(get(query), 200).path("value").get(0).has(formatted)).isFalse();
        JsonNode row = json(get(query, "Prefer", "odata.include-annotations=\"*\""), 200)
                .path("value")
                .get(0);
        assertThat(row.path(formatted).asText()).isEqualTo("Login");
        assertThat(row.path("_msdyn_agentid_value@Microsoft.Dynamics.CRM.lookuplogicalname")
                        .asText())
                .isEqualTo("systemuser");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "msdyn_agentstatuses?$select=nosuch",
                "msdyn_agentstatuses?$select=msdyn_agentid",
                "msdyn_agentstatuses?$expand=MSDYN_AgentId",
                "msdyn_agentstatuses?$expand=msdyn_agentid($select=nosuch)",
                "msdyn_agentstatuses?$filter=nosuch eq 1",
                "msdyn_agentstatuses?$filter=_msdyn_agentid_value eq '11111111-0000-0000-0000-000000000001'",
                "msdyn_agentstatuses?$orderby=nosuch",
                "msdyn_agentstatuses?$orderby=modifiedon downwards",
                "msdyn_agentstatuses?$top=0",
                "msdyn_agentstatuses?$skip=10",
                "msdyn_agentstatuses(rita)"
            })
    void refusesWhatDoesNotExist(String query) throws Exception {
        HttpResponse<String> refused = get(query);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Json.read(refused.body()).path("error").path("code").asText())
                .startsWith("0x");
    }

    @Test
    void answers404ForUnknownSetsAndRows() throws Exception {
        assertThat(get("nosuchtable").statusCode()).isEqualTo(404);
        assertThat(get("systemusers(" + UUID.randomUUID() + ")").statusCode()).isEqualTo(404);
    }

    @Test
    void findsUsersByEntraId() throws Exception {
        JsonNode found = json(
                get("systemusers?$select=systemuserid&$filter=azureactivedirectoryobjectid eq " + RITA_IN_ENTRA), 200);
        assertThat(found.path("value").get(0).path("systemuserid").asText()).isEqualTo(RITA.toString());
    }

    @Test
    void pagesWithLinksThatAreFollowedAsTheyAre() throws Exception {
        for (int i = 0; i < 5; i++) {
            model.add(Representative.of(UUID.randomUUID(), "Rep " + i, "rep" + i + "@contoso.com", UUID.randomUUID()));
        }
        JsonNode first = json(
                get(
                        "systemusers?$select=fullname&$filter=startswith(fullname,'Rep ')&$orderby=fullname desc",
                        "Prefer",
                        "odata.maxpagesize=2"),
                200);
        assertThat(first.path("value").findValuesAsText("fullname")).containsExactly("Rep 4", "Rep 3");
        JsonNode second = json(follow(first, "odata.maxpagesize=2"), 200);
        JsonNode third = json(follow(second, "odata.maxpagesize=2"), 200);
        assertThat(second.path("value").findValuesAsText("fullname")).containsExactly("Rep 2", "Rep 1");
        assertThat(third.path("value").findValuesAsText("fullname")).containsExactly("Rep 0");
        assertThat(third.has("@odata.nextLink")).isFalse();
    }

    @Test
    void cutsToTheTop() throws Exception {
        JsonNode top = json(get("msdyn_presences?$top=2&$orderby=msdyn_name", "Prefer", "odata.maxpagesize=1"), 200);
        assertThat(top.path("value").findValuesAsText("msdyn_name")).containsExactly("Available", "Away");
        assertThat(top.has("@odata.nextLink")).isFalse();
    }

    @Test
    void answers304ForAKnownEtag() throws Exception {
        String one = "msdyn_presences(" + AWAY + ")?$select=msdyn_name";
        String etag = json(get(one), 200).path("@odata.etag").asText();
        assertThat(get(one, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(get(one, "If-None-Match", "null").statusCode()).isEqualTo(200);
    }

    @Test
    void answersTheQueryForShiftsThatEnd() throws Exception {
        Instant eight = Instant.parse("2026-11-22T08:00:00Z");
        Instant noon = Instant.parse("2026-11-22T12:00:00Z");
        Instant five = Instant.parse("2026-11-22T17:00:00Z");
        WorkforceModel shifts = dataverse.center().shifts();
        var lunch = new WorkforceModel.Pause(WorkforceBooking.Activity.LUNCH, noon, noon.plusSeconds(1800));
        shifts.plan(RITA, eight, five, List.of(lunch));
        shifts.bookElsewhere(RITA, five, five.plusSeconds(3600));
        UUID proposed = shifts.plan(SAM, eight, five, List.of());
        shifts.move(proposed, Duration.ZERO);

        JsonNode rows = json(
                get("bookableresourcebookings?$select=bookableresourcebookingid,starttime,endtime,modifiedon,"
                        + "_resource_value,_msdyn_shiftplan_value,_msdyn_shiftactivitytype_value"
                        + "&$expand=Resource($select=bookableresourceid,_userid_value),"
                        + "msdyn_shiftactivitytype($select=msdyn_name,msdyn_shiftassignmentstatus)"
                        + "&$filter=statecode eq 0 and BookingStatus/status eq 2"
                        + " and _msdyn_bookingsetupmetadataid_value eq 4beb9fdb-48e9-453f-b008-5862ff902c5d"
                        + " and starttime le 2026-11-22T18:00:00Z and endtime ge 2026-11-22T07:00:00Z"
                        + "&$orderby=_resource_value,starttime"),
                200);

        assertThat(rows.path("value")).hasSize(3);
        assertThat(rows.path("value").findValuesAsText("_userid_value")).containsOnly(RITA.toString());
        assertThat(rows.path("value")
                        .get(1)
                        .path("msdyn_shiftactivitytype")
                        .path("msdyn_name")
                        .asText())
                .isEqualTo("Lunch");
        assertThat(rows.path("value").get(2).path("endtime").asText()).isEqualTo("2026-11-22T17:00:00Z");
    }

    @Test
    void answersTheQueryForVoiceCalls() throws Exception {
        model.signIn(RITA);
        UUID call = model.accept(RITA, Work.Channel.VOICE_CALL, 60).orElseThrow();
        model.accept(RITA, Work.Channel.CHAT, 30);
        String query = "msdyn_ocliveworkitems?$select=activityid,statuscode,msdyn_channel,msdyn_startedon,"
                + "msdyn_conversationactivitystate&$filter=_msdyn_activeagentid_value eq " + RITA
                + " and statecode eq 0 and statuscode eq 2 and Microsoft.Dynamics.CRM.ContainValues("
                + "PropertyName='msdyn_channel',PropertyValues=['192440000'])";
        JsonNode rows = json(get(query), 200);
        assertThat(rows.path("value")).hasSize(1);
        assertThat(rows.path("value")
                        .get(0)
                        .path("msdyn_conversationactivitystate")
                        .asInt())
                .isEqualTo(1);
        model.hold(call, true);
        assertThat(json(get(query), 200)
                        .path("value")
                        .get(0)
                        .path("msdyn_conversationactivitystate")
                        .asInt())
                .isEqualTo(2);
        model.close(RITA, call);
        assertThat(json(get(query), 200).path("value")).isEmpty();
    }

    @Test
    void showsWorkstreamsWithTheirAllowedPresences() throws Exception {
        model.add(Workstream.chat("Chats"));
        JsonNode row = json(get("msdyn_liveworkstreams?$select=msdyn_name,msdyn_allowedpresences"), 200)
                .path("value")
                .get(0);
        assertThat(row.path("msdyn_allowedpresences").asText()).isEqualTo("192360000,192360001");
    }

    @Test
    void namesTheColumnsThatATableHas() throws Exception {
        JsonNode names =
                json(get("EntityDefinitions(LogicalName='msdyn_agentstatus')/Attributes?$select=LogicalName"), 200);
        assertThat(names.path("value").findValuesAsText("LogicalName"))
                .contains("msdyn_assignedconversationcount", "msdyn_agentid");
        assertThat(get("EntityDefinitions(LogicalName='nosuch')/Attributes").statusCode())
                .isEqualTo(404);
    }

    // ---- webhooks

    @Test
    void registersAWebhookAsDocumentedAndCallsIt() throws Exception {
        BlockingQueue<HttpRequestSeen> seen = new LinkedBlockingQueue<>();
        try (var receiver =
                dev.lockstep.local.server.SimulatedServer.http(0, new ServerFaults(new SplittableRandom(4)))) {
            receiver.on("POST", "/dynamics", request -> {
                seen.add(new HttpRequestSeen(request.header("x-lockstep-key").orElse(""), request.text()));
                return dev.lockstep.local.server.Reply.empty(204);
            });
            receiver.start();
            String endpoint = registerEndpoint(receiver.url() + "/dynamics");
            String step = registerStep(endpoint, "Update");
            assertThat(image(step, "Target").statusCode()).isEqualTo(204);
            assertThat(image(registerStep(endpoint, "Create"), "Target").statusCode())
                    .isEqualTo(400);

            model.signIn(RITA);
            JsonNode body = null;
            for (int i = 0; i < 2; i++) {
                HttpRequestSeen one = seen.poll(5, TimeUnit.SECONDS);
                assertThat(one).isNotNull();
                assertThat(one.key()).isEqualTo("k7");
                JsonNode read = Json.read(one.body());
                body = read.path("MessageName").asText().equals("Update") ? read : body;
            }
            assertThat(body.path("PostEntityImages").get(1).path("key").asText())
                    .isEqualTo("post");
            assertThat(json(get("serviceendpoints(" + endpoint + ")/serviceendpoint_sdkmessageprocessingstep"), 200)
                            .path("value"))
                    .hasSize(2);
            assertThat(send("DELETE", "serviceendpoints(" + endpoint + ")", null, "Bearer " + token)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private record HttpRequestSeen(String key, String body) {}

    @Test
    void keepsTheWebhooksSecretToItselfAndRefusesPascalCaseBinds() throws Exception {
        String endpoint = registerEndpoint("http://localhost:9/dynamics");
        JsonNode row = json(get("serviceendpoints(" + endpoint + ")"), 200);
        assertThat(row.path("authvalue").isNull()).isTrue();
        String body = stepBody(endpoint, "Update").replace("sdkmessageid@", "SdkMessageId@");
        assertThat(post("sdkmessageprocessingsteps", body).statusCode()).isEqualTo(400);
        assertThat(post("serviceendpoints", endpointBody("https://hooks.example:8443/x"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void listsFailedJobs() throws Exception {
        String endpoint = registerEndpoint("http://localhost:9/dynamics");
        String step = registerStep(endpoint, "Update");
        model.signIn(RITA);
        String query = "asyncoperations?$select=name,friendlymessage,errorcode,message,completedon"
                + "&$orderby=completedon desc&$filter=statuscode eq 31 and _owningextensionid_value eq " + step;
        JsonNode failed = json(get(query), 200);
        for (int i = 0; i < 100 && failed.path("value").isEmpty(); i++) {
            Thread.sleep(20);
            failed = json(get(query), 200);
        }
        assertThat(failed.path("value")).hasSize(1);
    }

    // ---- limits and faults

    @Test
    void refusesTheRequestAfterTheLastAllowedOne() throws Exception {
        assertThat(get("WhoAmI").headers().firstValue("x-ms-ratelimit-burst-remaining-xrm-requests"))
                .hasValue("5999");
        assertThat(get("WhoAmI").headers().firstValue("x-ms-ratelimit-time-remaining-xrm-requests"))
                .hasValueSatisfying(left -> assertThat(left).matches("1,(200[.]00|199[.][0-9]{2})"));
        assertThat(raw("PUT", "/_limits", "{\"requests\":3}", "").statusCode()).isEqualTo(204);
        for (int i = 0; i < 3; i++) {
            assertThat(get("WhoAmI").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = get("WhoAmI");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
        assertThat(Json.read(refused.body()).path("error").path("code").asText())
                .isEqualTo("0x80072322");
    }

    @Test
    void wordsSwitchedOnFaultsAsItsOwn() throws Exception {
        dataverse
                .faults()
                .add(Fault.of("POST *", Fault.Kind.TOO_MANY)
                        .withRetryAfter(Duration.ofSeconds(7))
                        .once());
        model.signIn(RITA);
        HttpResponse<String> refused = modify(RITA.toString(), AWAY);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(Json.read(refused.body()).path("error").path("code").asText())
                .isEqualTo("0x80072322");
        assertThat(model.agent(RITA).orElseThrow().presence().base()).isEqualTo(BasePresence.AVAILABLE);
    }

    // ---- people

    @ParameterizedTest
    @CsvSource({"11111111-0000-0000-0000-000000000001", "rita@contoso.com", "22222222-0000-0000-0000-000000000001"})
    void letsPeopleAct(String name) throws Exception {
        assertThat(people("POST", name + "/presence", "{\"name\":\"Away\"}").statusCode())
                .isEqualTo(409);
        assertThat(people("POST", name + "/sign-in", "").statusCode()).isEqualTo(200);
        JsonNode away = json(people("POST", name + "/presence", "{\"name\":\"appear away\"}"), 200);
        assertThat(away.path("presence").asText()).isEqualTo("Away");
        assertThat(json(people("POST", name + "/presence", "{\"name\":\"Available\"}"), 200)
                        .path("presence")
                        .asText())
                .isEqualTo("Available");
        JsonNode busy = json(people("POST", name + "/work/accept", ""), 200);
        assertThat(busy.path("presence").asText()).isEqualTo("Busy");
        assertThat(json(people("POST", name + "/work/close", ""), 200)
                        .path("presence")
                        .asText())
                .isEqualTo("Available");
        assertThat(json(people("POST", name + "/missed", ""), 200)
                        .path("presence")
                        .asText())
                .isEqualTo("Inactive");
        assertThat(json(people("POST", name + "/disconnect", ""), 200)
                        .path("presence")
                        .asText())
                .isEqualTo("Offline");
        assertThat(json(people("POST", name + "/reconnect", ""), 200)
                        .path("presence")
                        .asText())
                .isEqualTo("Inactive");
        assertThat(json(people("POST", name + "/sign-out", ""), 200)
                        .path("signedIn")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void letsPeoplePlanAndAskRouting() throws Exception {
        model.add(Workstream.chat("Chats"));
        String shift = "{\"start\":\"2026-11-22T08:00:00Z\",\"end\":\"2026-11-22T17:00:00Z\"}";
        assertThat(people("PUT", RITA + "/shift", shift).statusCode()).isEqualTo(200);
        assertThat(people("PUT", RITA + "/shift", shift).statusCode()).isEqualTo(200);
        assertThat(dataverse.center().shifts().bookings()).hasSize(1);
        assertThat(people("PUT", RITA + "/shift", "{\"start\":\"now\"}").statusCode())
                .isEqualTo(400);
        assertThat(people("PUT", "nobody/shift", shift).statusCode()).isEqualTo(404);

        assertThat(offered()).isEmpty();
        people("POST", RITA + "/sign-in", "");
        assertThat(offered()).isEqualTo(RITA.toString());
    }

    private String offered() throws Exception {
        return json(raw("GET", "/_workstreams/Chats/offer", "", ""), 200)
                .path("offeredTo")
                .asText("");
    }

    // ----

    private String registerEndpoint(String url) throws Exception {
        HttpResponse<String> created = post("serviceendpoints", endpointBody(url), "Prefer", "return=representation");
        return json(created, 201).path("serviceendpointid").asText();
    }

    private static String endpointBody(String url) {
        return Json.object()
                .put("name", "availability-sync")
                .put("url", url)
                .put("contract", 8)
                .put("messageformat", 2)
                .put("authtype", 5)
                .put("authvalue", "<settings><setting name=\"x-lockstep-key\" value=\"k7\"/></settings>")
                .toString();
    }

    private String registerStep(String endpoint, String message) throws Exception {
        HttpResponse<String> created = post("sdkmessageprocessingsteps", stepBody(endpoint, message));
        assertThat(created.statusCode()).isEqualTo(204);
        String entity = created.headers().firstValue("OData-EntityId").orElseThrow();
        return entity.replaceAll(".*\\((.*)\\)", "$1");
    }

    private String stepBody(String endpoint, String message) throws Exception {
        String messageId = id("sdkmessages?$select=sdkmessageid&$filter=name eq '" + message + "'", "sdkmessageid");
        String filterId = id(
                "sdkmessagefilters?$select=sdkmessagefilterid&$filter=primaryobjecttypecode eq 'msdyn_agentstatus'"
                        + " and sdkmessageid/name eq '" + message + "'",
                "sdkmessagefilterid");
        var body = Json.object()
                .put("name", "availability-sync: " + message + " of msdyn_agentstatus")
                .put("stage", 40)
                .put("mode", 1)
                .put("rank", 1)
                .put("supporteddeployment", 0)
                .put("asyncautodelete", true)
                .put("eventhandler_serviceendpoint@odata.bind", "/serviceendpoints(" + endpoint + ")")
                .put("sdkmessageid@odata.bind", "/sdkmessages(" + messageId + ")")
                .put("sdkmessagefilterid@odata.bind", "/sdkmessagefilters(" + filterId + ")");
        if (message.equals("Update")) {
            body.put("filteringattributes", "msdyn_currentpresenceid,msdyn_isagentloggedin");
        }
        return body.toString();
    }

    private HttpResponse<String> image(String step, String property) throws Exception {
        return post(
                "sdkmessageprocessingstepimages",
                Json.object()
                        .put("name", "post")
                        .put("entityalias", "post")
                        .put("imagetype", 1)
                        .put("messagepropertyname", property)
                        .put("attributes", "msdyn_agentid,msdyn_eventname")
                        .put("sdkmessageprocessingstepid@odata.bind", "/sdkmessageprocessingsteps(" + step + ")")
                        .toString());
    }

    private String id(String query, String column) throws Exception {
        return json(get(query), 200).path("value").get(0).path(column).asText();
    }

    private HttpResponse<String> modify(String agent, String presence) throws Exception {
        return post("CCaaS_ModifyAgentPresence", modification(agent, presence));
    }

    private static String modification(String agent, String presence) {
        return Json.object()
                .put("ApiVersion", "1.0")
                .put("AgentId", agent)
                .put("PresenceId", presence)
                .toString();
    }

    private HttpResponse<String> get(String query, String... headers) throws Exception {
        return send("GET", query, null, "Bearer " + token, headers);
    }

    private HttpResponse<String> post(String resource, String body, String... headers) throws Exception {
        return send("POST", resource, body, "Bearer " + token, headers);
    }

    private HttpResponse<String> people(String method, String path, String body) throws Exception {
        return raw(method, "/_people/" + path, body, "");
    }

    private HttpResponse<String> send(String method, String query, String body, String bearer, String... headers)
            throws Exception {
        int mark = query.indexOf('?');
        String path = mark < 0 ? query : query.substring(0, mark);
        StringBuilder options = new StringBuilder();
        for (String option :
                mark < 0 ? new String[0] : query.substring(mark + 1).split("&")) {
            int equals = option.indexOf('=');
            options.append(options.isEmpty() ? "?" : "&")
                    .append(option, 0, equals + 1)
                    .append(encoded(option.substring(equals + 1)));
        }
        String target = "/api/data/v9.2/" + path.replace("'", "%27") + options;
        return raw(method, target, body, bearer, headers);
    }

    private HttpResponse<String> follow(JsonNode page, String prefer) throws Exception {
        String link = page.path("@odata.nextLink").asText();
        assertThat(link).startsWith(dataverse.url());
        return raw("GET", link.substring(dataverse.url().length()), null, "Bearer " + token, "Prefer", prefer);
    }

    private HttpResponse<String> raw(String method, String target, String body, String bearer, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(dataverse.url() + target))
                .timeout(Duration.ofSeconds(10))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!bearer.isEmpty()) {
            request.header("Authorization", bearer);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Json.read(response.body());
    }

    private static List<String> fields(JsonNode row) {
        List<String> names = new java.util.ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String token(String application, String origin) throws Exception {
        String form = "grant_type=client_credentials&client_secret=s&client_id=" + application + "&scope="
                + encoded(origin + "/.default");
        HttpRequest request = HttpRequest.newBuilder(URI.create(entra.url() + "/" + TENANT + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return json(client.send(request, HttpResponse.BodyHandlers.ofString()), 200)
                .path("access_token")
                .asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
