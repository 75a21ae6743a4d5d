package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.lockstep.dynamics.dataverse.StatusFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusMessageTest {
    private static final String RITA = "11111111-0000-0000-0000-000000000001";
    private static final String ROW = "22222222-0000-0000-0000-000000000002";
    private static final String BUSY = "efdeb843-c07a-e811-8162-000d3aa11f50";

    @Test
    void readsOurOwnImageFirstAndTheTargetForTheRest() throws Exception {
        StatusMessage message = StatusMessage.parse(body("/dataverse/agentstatus-update.json"));

        assertThat(message.isAboutStatus()).isTrue();
        assertThat(message.mustBeRead()).isFalse();
        assertThat(message.message()).isEqualTo("Update");
        assertThat(message.statusRowId()).contains(ROW);
        assertThat(message.systemUserId()).contains(RITA);
        assertThat(message.operationAt()).contains(Instant.ofEpochMilli(1790000001000L));
        assertThat(message.operationId()).contains("bbbbbbbb-0000-0000-0000-00000000000b");
        assertThat(message.correlationId()).contains("cccccccc-0000-0000-0000-00000000000c");
        assertThat(message.fields())
                .containsOnly(
                        entry(StatusFields.BY, "webhook"),
                        entry(StatusFields.CHANGED_ON, "2026-09-21T14:13:21Z"),
                        entry(StatusFields.PRESENCE_ID, BUSY),
                        entry(StatusFields.LOGGED_IN, "true"),
                        entry(StatusFields.MODIFIED_BY, "AGENT"),
                        entry(StatusFields.MODIFIED_BY_USER, RITA),
                        entry(StatusFields.EVENT, "192350006"),
                        entry(StatusFields.CONVERSATIONS, "2"),
                        entry(StatusFields.PRESENCE_MODIFIED_ON, "2026-09-21T14:13:20.456Z"));
    }

    @Test
    void withoutTheRowItKeepsWhatIsNeededToReadIt() throws Exception {
        StatusMessage message = StatusMessage.parse(body("/dataverse/agentstatus-size-exceeded.json"));

        assertThat(message.isAboutStatus()).isTrue();
        assertThat(message.mustBeRead()).isTrue();
        assertThat(message.statusRowId()).contains(ROW);
        assertThat(message.systemUserId()).isEmpty();
        assertThat(message.operationId())
                .as("the request where no operation is named")
                .isPresent();
        assertThat(message.fields()).containsOnlyKeys(StatusFields.BY, StatusFields.CHANGED_ON);
    }

    @Test
    void whoChangedItIsAWordAndNothingLonger() throws Exception {
        String attribute = "{\"key\":\"msdyn_presencemodifiedby\",\"value\":\"%s\"}";

        assertThat(StatusMessage.parse(update(attribute.formatted("SUPERVISOR")))
                        .fields())
                .containsEntry(StatusFields.MODIFIED_BY, "SUPERVISOR");
        assertThat(StatusMessage.parse(update(attribute.formatted("x".repeat(65))))
                        .fields())
                .doesNotContainKey(StatusFields.MODIFIED_BY);
        assertThat(StatusMessage.parse(update(attribute.formatted(" "))).fields())
                .doesNotContainKey(StatusFields.MODIFIED_BY);
    }

    @Test
    void aChangeOfCapacityAloneSaysNothingOfPresence() throws Exception {
        StatusMessage message = StatusMessage.parse(update("""
                {"key":"msdyn_agentid","value":{"Id":"%s"}},
                {"key":"msdyn_assignedconversationcount","value":1},
                {"key":"msdyn_currentpresenceid","value":null}""".formatted(RITA)));

        assertThat(message.systemUserId()).contains(RITA);
        assertThat(message.mustBeRead()).isTrue();
        assertThat(message.fields()).doesNotContainKey(StatusFields.PRESENCE_ID).containsEntry("conversations", "1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"/Date(1790000000000)/\" | 2026-09-21T14:13:20Z",
                "\"\\/Date(1790000000123-0700)\\/\" | 2026-09-21T14:13:20.123Z",
                "{\"__type\":\"DateTime:#System\",\"__value\":\"\\/Date(1790000000000+0530)\\/\"} | 2026-09-21T14:13:20Z",
                "\"2026-09-21T14:13:20.4567890Z\" | 2026-09-21T14:13:20.456789Z",
                "\"2026-09-21T14:13:20\" | 2026-09-21T14:13:20Z",
                "\"2026-09-21 14:13:20.4\" | 2026-09-21T14:13:20.400Z",
                "\"2026-09-21T16:13:20.1+02:00\" | 2026-09-21T14:13:20.100Z",
                "\"2026-09-21T16:13:20+0200\" | 2026-09-21T14:13:20Z",
                "\"2026-09-21T14:13:20 Z\" | 2026-09-21T14:13:20Z",
                "\"/Date(-1000)/\" | 1969-12-31T23:59:59Z"
            })
    void understandsEveryFormOfATime(String value, String instant) throws Exception {
        StatusMessage message = StatusMessage.parse(
                update("{\"key\":\"msdyn_presencemodifiedonwithmilliseconds\",\"value\":" + value + "}"));

        assertThat(message.fields()).containsEntry(StatusFields.PRESENCE_MODIFIED_ON, instant);
    }

    @ParameterizedTest
    @CsvSource({
        "1790000000828, 2026-09-21T14:13:20.828Z",
        "1790000001022, 2026-09-21T14:13:20.999Z",
        "1790000002000, 2026-09-21T14:13:20Z",
        "1789999999990, 2026-09-21T14:13:20Z"
    })
    void theOperationTellsMoreThanWholeSecondsIfItCameWithThem(long operationMillis, String instant) throws Exception {
        String body = """
                {"PrimaryEntityName":"msdyn_agentstatus","OperationCreatedOn":"/Date(%d)/",
                 "InputParameters":[{"key":"Target","value":{"Attributes":[
                   {"key":"msdyn_presencemodifiedon","value":"/Date(1790000000000)/"}]}}]}""".formatted(operationMillis);

        assertThat(StatusMessage.parse(body.getBytes(StandardCharsets.UTF_8)).fields())
                .containsEntry(StatusFields.PRESENCE_MODIFIED_ON, instant);
    }

    @Test
    void aTimeWithMillisecondsIsExactEvenOnTheSecond() throws Exception {
        String body = """
                {"PrimaryEntityName":"msdyn_agentstatus","OperationCreatedOn":"/Date(1790000000828)/",
                 "InputParameters":[{"key":"Target","value":{"Attributes":[
                   {"key":"msdyn_presencemodifiedonwithmilliseconds","value":"2026-09-21T14:13:20.000Z"}]}}]}""";

        assertThat(StatusMessage.parse(body.getBytes(StandardCharsets.UTF_8)).fields())
                .containsEntry(StatusFields.PRESENCE_MODIFIED_ON, "2026-09-21T14:13:20Z");
    }

    @Test
    void takesTheCoarserTimeWhereTheFineOneIsMissingOrUnreadable() throws Exception {
        StatusMessage message = StatusMessage.parse(update("""
                {"key":"msdyn_presencemodifiedonwithmilliseconds","value":"yesterday"},
                {"key":"msdyn_presencemodifiedon","value":"/Date(1790000000000)/"}"""));

        assertThat(message.fields()).containsEntry(StatusFields.PRESENCE_MODIFIED_ON, "2026-09-21T14:13:20Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"msdyn_agentid\",\"value\":\"{11111111-0000-0000-0000-000000000001}\"}",
                "{\"key\":\"msdyn_agentid\",\"value\":\"11111111-0000-0000-0000-000000000001\"}",
                "{\"key\":\"msdyn_agentid\",\"value\":{\"__type\":\"Guid:#System\",\"__value\":\"11111111-0000-0000-0000-000000000001\"}}"
            })
    void takesAnIdInEveryFormThatDataverseUses(String attribute) throws Exception {
        assertThat(StatusMessage.parse(update(attribute)).systemUserId()).contains(RITA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"msdyn_agentid\",\"value\":\"rita' or 1 eq 1\"}",
                "{\"key\":\"msdyn_agentid\",\"value\":{\"Id\":{\"Id\":\"11111111-0000-0000-0000-000000000001\"}}}",
                "{\"key\":\"msdyn_agentid\",\"value\":[\"11111111-0000-0000-0000-000000000001\"]}",
                "{\"key\":\"msdyn_agentid\",\"value\":\"00000000-0000-0000-0000-000000000000\"}",
                "{\"key\":\"msdyn_agentid\"}",
                "{\"key\":7,\"value\":1}",
                "{\"key\":\"msdyn_eventname\",\"value\":{\"Value\":\"Login\"}}",
                "{\"key\":\"msdyn_isagentloggedin\",\"value\":\"maybe\"}",
                "{\"key\":\"msdyn_presencemodifiedon\",\"value\":\"/Date(99999999999999999999)/\"}",
                "17",
                "null"
            })
    void passesOverWhatItCannotUnderstand(String attribute) throws Exception {
        StatusMessage message = StatusMessage.parse(update(attribute));

        assertThat(message.systemUserId()).isEmpty();
        assertThat(message.fields()).containsOnlyKeys(StatusFields.BY);
        assertThat(message.statusRowId()).contains(ROW);
    }

    @ParameterizedTest
    @CsvSource({
        "create-account-sync, account, 53c52f26-a89d-ef11-8a69-000d3a30b0c1, Create, 1731053106922",
        "create-all-field-types-sync, shko_allfields, 6420f0cc-916b-ee11-9ae6-000d3a688809, Create, 1697398446012",
        "create-all-types-async, albxrm_alltypes, 44bfc2a7-903e-eb11-a813-000d3ad9c2e1, Create, 1608007658000",
        "update-account-typed-guid, account, ec4e2f7d-9d60-e811-a95a-000d3af24950, Update, 1527757530151",
        "update-activity-setstate-async-preimage, new_customactivity, 841579d9-7e63-ef11-9e4a-00155d0001ea, Update,"
                + " 1724647396000",
        "update-contact-async, contact, 6d81597f-0f9f-e711-8122-000d3aa2331c, Update, 1506409448000"
    })
    void readsPublishedBodiesOfOtherTables(String file, String table, String row, String kind, long millis)
            throws Exception {
        StatusMessage message = StatusMessage.parse(body("/vectors/dataverse/" + file + ".json"));

        assertThat(message.table()).isEqualTo(table);
        assertThat(message.isAboutStatus()).isFalse();
        assertThat(message.statusRowId()).contains(row);
        assertThat(message.message()).isEqualTo(kind);
        assertThat(message.operationAt()).contains(Instant.ofEpochMilli(millis));
        assertThat(message.operationId()).isPresent();
        assertThat(message.correlationId()).isPresent();
        assertThat(message.systemUserId()).isEqualTo(Optional.empty());
        assertThat(message.fields())
                .isEqualTo(Map.of(
                        StatusFields.BY,
                        "webhook",
                        StatusFields.CHANGED_ON,
                        Instant.ofEpochMilli(millis).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"PrimaryEntityName\"",
                "{}",
                "{\"PrimaryEntityName\":7}",
                "{\"PrimaryEntityName\":\" \"}",
                "{\"PrimaryEntityName\":\"msdyn_agentstatus\"",
                "{\"PrimaryEntityName\":\"msdyn_agentstatus\"} x",
                "<html></html>"
            })
    void refusesWhatIsNoContext(String body) {
        assertThatExceptionOfType(StatusMessage.Malformed.class)
                .isThrownBy(() -> StatusMessage.parse(body.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("not a RemoteExecutionContext");
    }

    @Test
    void neverRepeatsTheBodyInItsComplaint() {
        assertThatExceptionOfType(StatusMessage.Malformed.class)
                .isThrownBy(() -> StatusMessage.parse("{\"secret\":hunter2".getBytes(StandardCharsets.UTF_8)))
                .matches(e -> !e.getMessage().contains("hunter2") && e.getCause() == null);
    }

    @Test
    void boundsDepthAndSize() {
        byte[] deep = ("{\"ParentContext\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5001))
                .getBytes(StandardCharsets.UTF_8);
        byte[] large = ("{\"PrimaryEntityName\":\"" + "x".repeat(StatusMessage.LARGEST) + "\"}")
                .getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(StatusMessage.Malformed.class).isThrownBy(() -> StatusMessage.parse(deep));
        assertThatExceptionOfType(StatusMessage.Malformed.class)
                .isThrownBy(() -> StatusMessage.parse(large))
                .withMessageContaining("256 KB");
    }

    private static byte[] update(String attributes) {
        return """
                {"MessageName":"Update","PrimaryEntityName":"msdyn_agentstatus","PrimaryEntityId":"%s",
                 "InputParameters":[{"key":"Target","value":{"Attributes":[%s]}}]}""".formatted(ROW, attributes).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] body(String resource) throws IOException {
        try (var in = StatusMessageTest.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }

    @Test
    void aBodyAsLargeAsDataverseSendsIsRead() throws Exception {
        String named =
                "{\"InputParameters\":[{\"key\":\"Target\",\"value\":{\"LogicalName\":\"msdyn_agentstatus\",\"Id\":\""
                        + ROW + "\"}}],\"x\":\"";
        String padded = named + "x".repeat(StatusMessage.LARGEST - named.length() - 2) + "\"}";

        StatusMessage message = StatusMessage.parse(padded.getBytes(StandardCharsets.UTF_8));

        assertThat(message.isAboutStatus()).as("named by the target").isTrue();
        assertThat(message.statusRowId()).contains(ROW);
    }
}
