package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.configured.Connection;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectionReason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YealinkTest extends PhoneSystemContract {
    private static final String MAC = "805ec0112233";

    @Override
    Connection connection() {
        return new Connection("desk", "yealink", credentials(), List.of(), Optional.empty(), List.of());
    }

    @Override
    List<String> credentials() {
        return List.of("k7Qe-new-token-3f9a", "k7Qe-old-token-77b1");
    }

    @Override
    String line() {
        return "1042";
    }

    @Override
    PhoneSystem system() {
        return new Yealink(desk::reveal);
    }

    @Override
    Stream<HttpCall> full() {
        return Stream.of(
                told("ev=connected&mac=80:5E:C0:11:22:33&u=sip:1042@pbx.example&cid=33093&r=sip:02079460000@x"));
    }

    @Override
    String other(String credential) {
        return credential + "x";
    }

    @Override
    HttpCall event(String kind, String line, String callId, String credential, Instant at) {
        String query = "k=%s&ev=%s&mac=&u=%s&cid=%s&r=sip:02079460000@pbx.example";
        return get(query.formatted(credential, kind, line, callId), at);
    }

    @Override
    HttpCall bare(HttpCall call) {
        return get(call.rawQuery().replaceFirst("k=[^&]*&", ""), call.receivedAt());
    }

    @Override
    HttpCall authentic(HttpCall call, boolean again) {
        return again
                ? HttpCall.of(
                        call.method(),
                        call.path(),
                        "k=" + credentials().getFirst() + "&" + call.rawQuery(),
                        call.headers(),
                        call.body(),
                        call.receivedAt())
                : call;
    }

    private static HttpCall get(String query, Instant at) {
        return HttpCall.of("GET", "/phone/desk", query, Map.of("user-agent", "Yealink SIP-T54W"), Body.EMPTY, at);
    }

    private HttpCall told(String rest) {
        return get("k=" + credentials().getFirst() + "&" + rest, desk.now());
    }

    private void happens(String rest) {
        desk.clock.advance(Duration.ofSeconds(1));
        assertThat(desk.status("desk", told(rest))).isEqualTo(200);
    }

    private LineEvidence only(String rest) {
        return system().translate(told(rest), connection()).getFirst();
    }

    @Test
    void translatesWhatThePhoneFillsIn() {
        String query = "ev=connected&mac=80:5E:C0:11:22:33&u=1042&cid=33093&r=sip:02079460000@pbx.example";
        assertThat(only(query))
                .isEqualTo(new LineEvidence.Said(
                        List.of(MAC, "1042"),
                        List.of(new Signal.Call(
                                Source.phone("desk"),
                                SourceTime.at(desk.now()),
                                MAC,
                                "33093",
                                CallState.CONNECTED,
                                true))));
        assertThat(only(query).toString()).doesNotContain("02079460000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "805ec0112233",
                "805EC0112233",
                "80:5e:c0:11:22:33",
                "80-5E-C0-11-22-33",
                "805e.c011.2233",
                "80%3A5e%3Ac0%3A11%3A22%3A33"
            })
    void knowsTheDeviceHoweverItsAddressIsWritten(String mac) {
        desk.with("desk", MAC, AGENT);
        happens("ev=connected&mac=" + mac + "&u=&cid=1&r=");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:1043@192.0.2.5",
                "sip%3A1043%40192.0.2.5",
                "+442079460000",
                "%",
                "%zz",
                "%c3",
                "\"Bob & Co\" <sip:bob@x>",
                "a=b=c;user=phone?x#y",
                "&ev=ended&mac=000000000000&k=",
                ""
            })
    void theRemotePartyChangesNothing(String remote) {
        desk.with("desk", MAC, AGENT);
        happens("ev=connected&mac=" + MAC + "&u=1042&cid=33093&r=" + remote);
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        assertThat(desk.situations.toString()).doesNotContain("1043").doesNotContain("44207946");
    }

    @Test
    void anAccountThatIsMissingAtTheEndIsFoundByTheDevice() {
        desk.with("desk", MAC, AGENT);
        happens("ev=connected&mac=" + MAC + "&u=1042&cid=33093&r=x");
        happens("ev=ended&mac=" + MAC + "&u=&cid=33093&r=");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void anEndThatNamesNoCallEndsTheOnlyOne() {
        happens("ev=connected&mac=" + MAC + "&u=1042&cid=33093");
        happens("ev=ended&mac=" + MAC + "&u=1042&cid=");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    /** The two may be of one call: told as a transfer and as the end of it. */
    @Test
    void twoEndsThatNameNoCallEndNoneOfTwo() {
        happens("ev=connected&u=1042&cid=1");
        happens("ev=connected&u=1042&cid=2");
        happens("ev=transfer_finished&u=1042&cid=");
        happens("ev=call_terminated&u=1042&cid=");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens("ev=busy_to_idle&u=1042");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void aMissedCallWithoutANameEndsNothing() {
        happens("ev=connected&mac=" + MAC + "&u=1042&cid=33093");
        happens("ev=missed&mac=" + MAC + "&u=1042&cid=");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    /** The phone tells of its first call only that it is in use. */
    @ParameterizedTest
    @ValueSource(strings = {"missed_call", "reject_incoming_call", "forward_incoming_call"})
    void aSecondCallThatNobodyAnswersEndsNothing(String kind) {
        for (String rings : List.of("ev=dnd_off&u=1042", "ev=incoming_call&u=1042&cid=2")) {
            happens("ev=idle_to_busy&u=1042");
            happens(rings);
            happens("ev=" + kind + "&u=1042&cid=2");
            assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
            happens("ev=busy_to_idle&u=1042");
            assertThat(desk.statusOf(AGENT)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connected&cid=7, hold, ended",
                "connected&cid=7, hold, unhold, ended&cid=7",
                "ringing, connected&cid=7, ended",
                "outgoing_call, established&cid=7, terminated"
            })
    void whatIsToldWithoutANameIsOfTheOneCallThatThereIs(String events) {
        List<String> kinds = List.of(events.split(", "));
        for (String kind : kinds) {
            happens("u=1042&ev=" + kind);
            assertThat(desk.statusOf(AGENT).filter(any -> kind.equals(kinds.getLast())))
                    .as(kind)
                    .isEmpty();
        }
    }

    @Test
    void aPhoneThatNamesNoCallsMayHaveOneAfterTheOther() {
        for (int i = 0; i < 3; i++) {
            happens("ev=connected&mac=" + MAC + "&u=1042&cid=");
            assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
            happens("ev=ended&mac=" + MAC + "&u=1042&cid=");
            assertThat(desk.statusOf(AGENT)).isEmpty();
        }
    }

    @Test
    void aCallEndsUnderAnotherNameOfItsPhone() {
        desk.with("desk", "1044", "805ec0112244", AGENT);
        happens("ev=connected&mac=805ec0112244&u=1044&cid=7");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens("ev=ended&u=1044&cid=7");
        assertThat(desk.statusOf(AGENT)).isEmpty();
        happens("ev=connected&u=1044&cid=8");
        happens("ev=idle&mac=805ec0112244");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    /** All handsets of a cordless base tell the base's address, and at the end of a call nothing else. */
    @Test
    void anEndThatNamesDeviceAndCallFindsTheCallWhoeverHasIt() {
        desk.with("desk", "1045", "omar");
        happens("ev=connected&mac=805ec0aabbcc&u=1042&cid=21");
        happens("ev=connected&mac=805ec0aabbcc&u=1045&cid=22");
        happens("ev=ended&mac=805ec0aabbcc&u=&cid=21");
        assertThat(desk.statusOf(AGENT)).isEmpty();
        assertThat(desk.statusOf("omar")).contains(Status.ON_A_CALL);
        happens("ev=ended&mac=805ec0aabbcc&u=&cid=22");
        assertThat(desk.statusOf("omar")).isEmpty();
    }

    /** A base that hangs up tells the account of whichever handset was used last. */
    @Test
    void anEndWithTheAccountOfAnotherHandsetEndsTheCallOfTheOneThatHasIt() {
        desk.with("desk", "1045", "omar");
        happens("ev=connected&mac=805ec0aabbcc&u=1042&cid=21");
        happens("ev=ended&mac=805ec0aabbcc&u=1045&cid=21");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    /** Who rang and missed it, or handed it over, has an end of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"ev=ringing&%1$s;ev=missed&%1$s", "ev=connected&%1$s;ev=ended&%1$s"})
    void anEndOfWhoHadTheSameCallBeforeIsTheirsAlone(String events) {
        desk.with("desk", "1045", "omar");
        for (String event : events.formatted("mac=805ec0aabbcc&u=1045&cid=21").split(";")) {
            if (event.contains("missed") || event.contains("ended")) {
                happens("ev=connected&mac=805ec0aabbcc&u=1042&cid=21");
            }
            happens(event);
        }
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        assertThat(desk.statusOf("omar")).isEmpty();
        happens("ev=ended&mac=805ec0aabbcc&u=&cid=21");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    /** One entry for both would be better, but each leads to the same agent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mac=" + MAC + "&u=1042;u=1042",
                "u=1042;mac=" + MAC + "&u=1042",
                "mac=" + MAC + "&u=1042;mac=" + MAC
            })
    void aPhoneWhoseAddressAndAccountAreTwoLinesOfOneAgentEndsItsCallByEither(String names) {
        desk.with("desk", MAC, AGENT);
        happens("ev=connected&cid=21&" + names.split(";")[0]);
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens("ev=ended&cid=21&" + names.split(";")[1]);
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    /** An administrator sets few of the addresses, and the phone counts its calls with small numbers. */
    @Test
    void aPhoneThatTellsOfAnswersAndEndsOnlyMayUseANumberAgain() {
        for (int i = 0; i < 3; i++) {
            happens("ev=connected&u=1042&cid=1");
            assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
            happens("ev=ended&u=1042&cid=1");
            assertThat(desk.statusOf(AGENT)).isEmpty();
            desk.clock.advance(Duration.ofSeconds(60));
        }
    }

    /** A phone that restarts counts its calls anew. */
    @Test
    void aShortNumberIsUsedAgainForAnotherCall() {
        for (int i = 0; i < 2; i++) {
            happens("ev=ringing&u=1042&cid=1");
            happens("ev=connected&u=1042&cid=1");
            assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
            happens("ev=ended&u=1042&cid=1");
            assertThat(desk.statusOf(AGENT)).isEmpty();
        }
    }

    @Test
    void idleIsTheDevicesAndNotTheAgents() {
        desk.with("desk", MAC, AGENT).with("desk", "805ec0ffffff", AGENT);
        happens("ev=connected&mac=" + MAC + "&cid=1");
        happens("ev=idle&mac=805ec0ffffff");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens("ev=idle&mac=" + MAC);
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$active_user", "", "%20"})
    void aVariableThatThePhoneDoesNotKnowIsNoName(String user) {
        PhoneFixture.Handled handled = desk.handle("desk", told("ev=connected&mac=$mac&u=" + user + "&cid=$call_id"));
        assertThat(handled.answer().status()).isEqualTo(200);
        assertThat(handled.unknown()).containsExactly("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1042", "1042@pbx.example", "sip:1042@pbx.example", "SIP:1042@pbx.example;user=phone"})
    void anAccountIsKnownByItsUserPart(String user) {
        happens("ev=connected&u=" + user + "&cid=1");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    @Test
    void aUrlThatDoesNotSayItsEventIsMalformed() {
        assertThat(desk.handle("desk", told("mac=" + MAC)).refusal()).contains(RejectionReason.MALFORMED);
        assertThat(desk.status("desk", told("ev=&mac=" + MAC))).isEqualTo(400);
    }

    @Test
    void onlyGetIsAnActionUrl() {
        HttpCall get = told("ev=connected&u=1042");
        HttpCall post = HttpCall.of("POST", get.path(), get.rawQuery(), Map.of(), Body.EMPTY, desk.now());
        PhoneFixture.Handled handled = desk.handle("desk", post);
        assertThat(handled.answer().status()).isEqualTo(405);
        assertThat(handled.answer().headers()).containsEntry("Allow", "GET");
    }

    @Test
    void anEndlessCallIdIsCutToADigest() {
        LineEvidence.Said said = (LineEvidence.Said) only("ev=connected&u=1042&cid=" + "9".repeat(5_000));
        Signal.Call call = (Signal.Call) said.signals().getFirst();
        assertThat(call.callId()).hasSize(64);
    }

    @Test
    void oneTokenIsNotAcceptedForAnother() {
        for (String token :
                List.of("", "k7Qe", "k7Qe-new-token-3f9", "K7QE-NEW-TOKEN-3F9A", "k7Qe-new-token-3f9a%00")) {
            assertThat(desk.status("desk", get("k=" + token + "&ev=idle&u=1042", desk.now())))
                    .as(token)
                    .isEqualTo(401);
        }
    }

    /**
     * The lines that were formed from published URLs. Their variables have other names than ours and Grandstream's has
     * no question mark; the values are what counts: whatever they are, our own URL with them is never refused.
     */
    @TestFactory
    Stream<DynamicTest> publishedValuesAreNeverRefused() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/vectors/payloads/desk-phones/request-lines.json")) {
            JsonNode vectors = new JsonMapper().readTree(file);
            List<String> lines = StreamSupport.stream(
                            vectors.path("substitutedByUs").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            assertThat(lines).hasSize(4);
            return lines.stream().map(line -> dynamicTest(line, () -> assertTaken(line)));
        }
    }

    private void assertTaken(String requestLine) {
        String query = requestLine.replaceAll("^GET /\\??| HTTP/1.1$", "");
        Map<String, String> kinds = Map.of("incoming", "ringing", "hangup", "ended", "", "idle");
        HttpCall published = HttpCall.of("GET", "/", query, Map.of(), Body.EMPTY, desk.now());
        String user = published.parameter("active_user").isEmpty()
                ? published.parameter("local")
                : published.parameter("active_user");
        desk.with("desk", user, AGENT).with("desk", "000b82aabbcc", AGENT);
        String url = "k=%s&ev=%s&mac=%s&u=%s&r=%s"
                .formatted(
                        credentials().getFirst(),
                        kinds.get(published.parameter("event")),
                        "000B82AABBCC",
                        user,
                        published.parameter("remote"));
        PhoneFixture.Handled handled = desk.handle("desk", get(url, desk.now()));
        assertThat(handled.answer().status()).isEqualTo(200);
        assertThat(handled.recorded()).containsOnlyKeys(AGENT);
    }
}
