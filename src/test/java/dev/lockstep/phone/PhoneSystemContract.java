package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.configured.Connection;
import dev.lockstep.fuzz.Fuzz;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every phone system must do, whatever it speaks. */
abstract class PhoneSystemContract {
    static final String AGENT = "rita";

    /** Characters, of one event about a call or a few. */
    private static final int MOST_KEPT = 4_000;

    final PhoneFixture desk = new PhoneFixture();
    final String name = connection().name();

    PhoneSystemContract() {
        desk.with(connection()).with(name, line(), AGENT);
    }

    /** A connection with two credentials, as during a rotation. */
    abstract Connection connection();

    /** The credentials themselves, the newer first. */
    abstract List<String> credentials();

    /** A line that is AGENT's. */
    abstract String line();

    /** An event of a kind that every system has, for a line, under a credential. */
    abstract HttpCall event(String kind, String line, String callId, String credential, Instant at);

    /** A valid call without any credential at all. */
    abstract HttpCall bare(HttpCall call);

    abstract PhoneSystem system();

    /** Calls with everything in them that the system knows. */
    abstract Stream<HttpCall> full();

    private HttpCall event(String kind, String callId) {
        return event(kind, line(), callId, credentials().getFirst(), desk.now());
    }

    private void happens(String kind, String callId) {
        desk.clock.advance(Duration.ofSeconds(1));
        assertThat(desk.status(name, event(kind, callId))).isEqualTo(200);
    }

    @Test
    void aCallMakesItsAgentBusyUntilItEnds() {
        happens("ringing", "1");
        assertThat(desk.statusOf(AGENT)).isEmpty();
        happens("connected", "1");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens("held", "1");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens("resumed", "1");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens("ended", "1");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void anOutgoingCallCountsFromItsAnswer() {
        happens("dialing", "1");
        assertThat(desk.statusOf(AGENT)).isEmpty();
        happens("connected", "1");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    @Test
    void aMissedCallEndsWithoutEverHavingBeenUp() {
        happens("ringing", "1");
        happens("missed", "1");
        happens("connected", "1");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void aCallThatIsMissedMeanwhileEndsNoOther() {
        happens("connected", "1");
        happens("ringing", "2");
        happens("missed", "2");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    @Test
    void theEndIsFinal() {
        happens("connected", "1");
        happens("ended", "1");
        happens("connected", "1");
        happens("held", "1");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void theAgentIsBusyUntilTheLastOfSeveralCallsEnds() {
        happens("connected", "1");
        happens("connected", "2");
        happens("ended", "1");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens("ended", "2");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void idleEndsEveryCallWhoseEndWasLost() {
        happens("connected", "1");
        happens("connected", "2");
        happens("idle", "");
        assertThat(desk.statusOf(AGENT)).isEmpty();
        happens("connected", "3");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    @Test
    void busyAloneIsACallAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            happens("busy", "");
            assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
            happens("idle", "");
            assertThat(desk.statusOf(AGENT)).isEmpty();
        }
    }

    @Test
    void busyIsOverWithTheLastNamedCallAndMayComeAgainAtOnce() {
        for (String call : List.of("1", "2")) {
            happens("busy", "");
            happens("connected", call);
            happens("ended", call);
            assertThat(desk.statusOf(AGENT)).isEmpty();
        }
        happens("busy", "");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
    }

    @Test
    void doNotDisturbHoldsUntilItIsTakenBackOrForgotten() {
        happens("dnd_on", "");
        assertThat(desk.statusOf(AGENT)).contains(Status.DO_NOT_DISTURB);
        happens("dnd_off", "");
        assertThat(desk.statusOf(AGENT)).isEmpty();
        happens("dnd_on", "");
        desk.clock.advance(Duration.ofDays(1));
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @Test
    void theSameCallTwiceMeansTheSame() {
        for (String kind : List.of("ringing", "connected", "ended", "busy", "idle", "dnd_on", "dnd_off")) {
            HttpCall call = event(kind, "1");
            assertThat(system().translate(call, connection())).isEqualTo(system().translate(call, connection()));
            desk.handle(name, call);
            Object once = desk.situations.get(AGENT);
            desk.handle(name, call);
            assertThat(desk.situations.get(AGENT)).as(kind).isEqualTo(once);
        }
    }

    @Test
    void bothCredentialsAreAcceptedDuringARotation() {
        for (String credential : credentials()) {
            assertThat(desk.status(name, event("connected", line(), "1", credential, desk.now())))
                    .isEqualTo(200);
        }
    }

    @Test
    void aWrongOrMissingCredentialIsRefusedAndChangesNothing() {
        HttpCall wrong = event("connected", line(), "1", other(credentials().getFirst()), desk.now());
        assertRefused(RejectionReason.UNAUTHENTICATED, 401, wrong);
        assertRefused(RejectionReason.UNAUTHENTICATED, 401, bare(event("connected", "1")));
    }

    /** A credential of the same form that nobody was given. */
    abstract String other(String credential);

    @Test
    void aConnectionWithoutCredentialsLetsNobodyIn() {
        desk.with(new Connection(
                name, connection().system(), List.of(), List.of(), connection().url(), List.of()));
        assertRefused(RejectionReason.UNAUTHENTICATED, 401, event("connected", "1"));
        assertRefused(RejectionReason.UNAUTHENTICATED, 401, bare(event("connected", "1")));
        desk.with(new Connection(
                name,
                connection().system(),
                List.of(""),
                List.of(""),
                connection().url(),
                List.of()));
        assertRefused(RejectionReason.UNAUTHENTICATED, 401, bare(event("connected", "1")));
    }

    @Test
    void aSecretThatCannotBeReadShutsOutOnlyWhoNeedsIt() {
        desk.unreadable.add(credentials().getFirst());
        HttpCall older = event("connected", line(), "1", credentials().getLast(), desk.now());
        assertThat(desk.status(name, older)).isEqualTo(200);
        assertRefused(RejectionReason.UNAVAILABLE, 503, event("ended", "1"));
    }

    @Test
    void anUnknownConnectionIsNotFound() {
        PhoneFixture.Handled handled = desk.handle("nobody", event("connected", "1"));
        assertThat(handled.answer()).isEqualTo(HttpAnswer.text(404, "there is no such connection"));
    }

    @Test
    void anApplicationsConnectionIsNoPhone() {
        desk.with(new Connection(
                "crm", "webhook", credentials(), credentials(), connection().url(), List.of()));
        assertThat(desk.status("crm", event("connected", "1"))).isEqualTo(404);
    }

    @Test
    void moreThan256KilobytesAreRefusedUnread() {
        HttpCall call = event("connected", "1");
        byte[] large = new byte[HttpCall.MAX_BYTES + 1];
        HttpCall tooLarge = new HttpCall(
                call.method(),
                call.path(),
                call.rawQuery(),
                call.query(),
                call.headers(),
                Body.of(large),
                call.receivedAt(),
                call.requestId(),
                call.caller());
        assertRefused(RejectionReason.TOO_LARGE, 413, tooLarge);
        assertThat(desk.handle(name, tooLarge).answer()).isEqualTo(HttpAnswer.text(413, "larger than 256 KB"));
    }

    @Test
    void anUnknownLineIsTakenAndCounted() {
        HttpCall unknown = event("connected", "9999", "1", credentials().getFirst(), desk.now());
        PhoneFixture.Handled handled = desk.handle(name, unknown);
        desk.handle(name, event("connected", "9999", "1", credentials().getFirst(), desk.now()));
        assertThat(handled.answer().status()).isEqualTo(200);
        assertThat(handled.unknown()).containsExactly("9999");
        assertThat(handled.recorded()).isEmpty();
        assertThat(desk.counted()).containsEntry("unknown-line#" + name + "#9999", "2");
        assertThat(new PhoneTroubles(desk.control).all(PhoneTroubles.Kind.LINE))
                .containsExactly(new PhoneTroubles.Trouble(
                        PhoneTroubles.Kind.LINE, name, "9999", 2, java.util.Optional.of(desk.now())));
    }

    @Test
    void onlyWhoProvedWhoTheyAreWereHeard() {
        desk.handle(name, event("connected", line(), "1", other(credentials().getFirst()), desk.now()));
        assertThat(desk.heard()).isEmpty();
        desk.handle(name, event("connected", "1"));
        assertThat(desk.heard()).isEqualTo(Map.of("heard#phone", desk.now().toString()));
    }

    @Test
    void anUnknownKindIsTakenAndCounted() {
        PhoneFixture.Handled handled = desk.handle(name, event("registered", "1"));
        assertThat(handled.answer().status()).isEqualTo(200);
        assertThat(handled.refusal()).isEmpty();
        assertThat(desk.counted().keySet())
                .hasSize(2)
                .allMatch(key -> key.startsWith("unknown-kind") && key.contains("registered"));
        assertThat(desk.situations).isEmpty();
    }

    @Test
    void whatCannotBeKeptIsAskedForAgain() {
        desk.storeIsDown = true;
        PhoneFixture.Handled handled = desk.handle(name, event("connected", "1"));
        assertThat(handled.answer())
                .isEqualTo(HttpAnswer.text(503, "not recorded; please send it again")
                        .with(Map.of("Retry-After", "1")));
        assertThat(handled.refusal()).contains(RejectionReason.UNAVAILABLE);
    }

    @Test
    void nothingThatIsPrintedHoldsASecret() {
        HttpCall call = event("connected", "1");
        HttpCall wrong = event("connected", line(), "1", other(credentials().getFirst()), desk.now());
        String printed = String.join(
                "\n",
                call.toString(),
                connection().toString(),
                system().toString(),
                desk.handle(name, call).toString(),
                desk.handle(name, wrong).toString(),
                Credentials.of(credentials(), desk::reveal).toString());
        for (String secret : credentials()) {
            assertThat(printed).doesNotContain(secret).doesNotContain(secret.substring(6));
        }
    }

    private void assertRefused(RejectionReason refusal, int status, HttpCall call) {
        Map<String, Object> before = new HashMap<>(desk.situations);
        PhoneFixture.Handled handled = desk.handle(name, call);
        assertThat(handled.refusal()).contains(refusal);
        assertThat(handled.answer().status()).isEqualTo(status);
        assertThat(handled.recorded()).isEmpty();
        assertThat(desk.situations).isEqualTo(before);
        assertThat(desk.counted().keySet()).allMatch(key -> key.startsWith("refused-event"));
    }

    @Test
    void refusalsOfStrangersAreCountedOnceAMinute() {
        for (int i = 0; i < 3; i++) {
            desk.handle(
                    name, event("connected", line(), "1", other(credentials().getFirst()), desk.now()));
        }
        desk.clock.advance(Duration.ofSeconds(61));
        desk.handle(name, event("connected", line(), "1", other(credentials().getFirst()), desk.now()));

        assertThat(new PhoneTroubles(desk.control).all(PhoneTroubles.Kind.REFUSAL))
                .extracting(PhoneTroubles.Trouble::connection, PhoneTroubles.Trouble::count)
                .containsExactly(tuple(name, 2L));
    }

    /** Nobody finds out which connections there are. */
    @Test
    void strangersAreAnsweredAlikeWhetherAConnectionExistsOrNot() {
        HttpCall strange = event("connected", line(), "1", other(credentials().getFirst()), desk.now());
        for (HttpCall call : List.of(strange, bare(strange))) {
            assertThat(desk.handle("nobody", call).answer())
                    .isEqualTo(desk.handle(name, call).answer());
        }
        HttpCall asking = HttpCall.of(
                "OPTIONS", "/", "", Map.of("WebHook-Request-Origin", "pbx.example"), Body.EMPTY, desk.now());
        assertThat(desk.handle("nobody", asking).answer())
                .isEqualTo(desk.handle(name, asking).answer());
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 2_100})
    void aNameThatNoConnectionCanHaveIsNotFound(int length) {
        assertThat(desk.status("x".repeat(length), event("connected", "1"))).isEqualTo(404);
    }

    @Test
    void whatAnotherLineOfTheAgentTellsIsItsOwn() {
        desk.with(name, "2001", AGENT).with(name, "2002", AGENT);
        for (String line : List.of("2001", "2002")) {
            desk.handle(name, event("dnd_on", line, "", credentials().getFirst(), desk.now()));
        }
        desk.clock.advance(Duration.ofSeconds(1));
        desk.handle(name, event("dnd_off", "2002", "", credentials().getFirst(), desk.now()));
        assertThat(desk.statusOf(AGENT)).contains(Status.DO_NOT_DISTURB);
        desk.handle(name, event("dnd_off", "2001", "", credentials().getFirst(), desk.now()));
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hangup",
                "parked",
                "transferred",
                "transfer_finished",
                "call_remote_canceled",
                "reject_incoming_call",
                "forward_incoming_call",
                "cancel_callout",
                "remote_busy"
            })
    void aCallThatIsNoLongerThisLinesIsOver(String kind) {
        happens("answered", "1");
        happens("answered", "2");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens(kind, "1");
        assertThat(desk.statusOf(AGENT)).contains(Status.ON_A_CALL);
        happens(kind, "2");
        assertThat(desk.statusOf(AGENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "x", "é"})
    void aNameOfOneCharacterIsTakenAndCounted(String odd) {
        assertThat(desk.status(name, event("connected", odd, "1", credentials().getFirst(), desk.now())))
                .isEqualTo(200);
        assertThat(new PhoneTroubles(desk.control).all(PhoneTroubles.Kind.LINE)).hasSize(1);
    }

    /**
     * Valid calls, damaged before and after they are authenticated: an answer that is documented, nothing told of
     * another agent, and of a message of any size little is kept.
     */
    @Test
    void everyDamagedCallIsAnswered() {
        List<HttpCall> calls = Stream.concat(
                        Stream.of("ringing", "connected", "ended", "idle", "busy", "dnd_on", "x")
                                .map(kind -> event(kind, "id1")),
                        full())
                .toList();
        Fuzz.texts(calls.stream().map(this::content).toList(), (damaged, random) -> {
            HttpCall call = withContent(calls.get(random.nextInt(calls.size())), damaged);
            PhoneFixture.Handled handled = desk.handleDamaged(name, authentic(call, random.nextInt(4) > 0));
            assertThat(handled.answer().status()).isIn(200, 400, 401, 413);
            assertThat(handled.recorded().keySet()).isSubsetOf(AGENT);
            handled.recorded().values().forEach(PhoneSystemContract::assertTold);
            assertThat(handled.recorded().toString()).as("what is kept").hasSizeLessThan(MOST_KEPT);
            assertThat(handled.unknown()).allSatisfy(shown -> assertThat(shown).hasSizeLessThan(100));
        });
        assertThat(desk.situations).containsKey(AGENT);
    }

    /** What such a phone system puts its event into: the query, or the body. */
    private String content(HttpCall call) {
        return call.body().length() == 0
                ? call.rawQuery()
                : new String(call.body().bytes(), StandardCharsets.UTF_8);
    }

    private static HttpCall withContent(HttpCall call, String content) {
        boolean inQuery = call.body().length() == 0;
        return HttpCall.of(
                call.method(),
                call.path(),
                inQuery ? content : call.rawQuery(),
                call.headers(),
                inQuery ? call.body() : Body.of(content),
                call.receivedAt());
    }

    @Test
    void damagedHeadersAndMethodsAreAnsweredToo() {
        HttpCall call = event("connected", "1");
        List<String> values = Stream.concat(call.headers().values().stream(), Stream.of("charset=utf-8", "text/xml"))
                .toList();
        Fuzz.texts(values, (damaged, random) -> {
            Map<String, String> headers = new HashMap<>(call.headers());
            headers.replaceAll((header, value) -> random.nextBoolean() ? damaged : value);
            headers.put(random.nextBoolean() ? "content-type" : "ce-type", damaged);
            headers.put("webhook-request-origin", damaged);
            String method = List.of("GET", "POST", "OPTIONS", "", damaged).get(random.nextInt(5));
            HttpCall changed =
                    HttpCall.of(method, call.path(), call.rawQuery(), headers, call.body(), call.receivedAt());
            assertThat(desk.handleDamaged(name, changed).answer().status()).isIn(200, 400, 401, 405, 413, 415);
        });
    }

    private static void assertTold(List<Evidence> news) {
        assertThat(news).isNotEmpty().allMatch(one -> one instanceof Evidence.Reported);
    }

    /** The same call with a valid credential again, so that what it says is looked at, or left as it is. */
    abstract HttpCall authentic(HttpCall call, boolean again);
}
