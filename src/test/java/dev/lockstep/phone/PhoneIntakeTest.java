package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.configured.Connection;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.store.InMemoryControl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phone's event is handed in as, and what the intake's answer makes of it. */
class PhoneIntakeTest {
    private static final String TOKEN = "a-token-of-some-length";
    private static final String MAC = "805ec0112233";

    private final PhoneFixture desk = new PhoneFixture()
            .with(new Connection("desk", "yealink", List.of(TOKEN), List.of(), Optional.empty(), List.of()))
            .with("desk", MAC, "rita");

    private PhoneFixture.Handled connected() {
        String query = "k=" + TOKEN + "&ev=connected&mac=" + MAC + "&cid=1";
        HttpCall call = HttpCall.of("GET", "/phone/desk", query, Map.of(), Body.EMPTY, desk.now());
        return desk.handle("desk", call.withRequestId("JKJaXmPLvHcESHA="));
    }

    @Test
    void theGatewaysRequestIdGoesAlong() {
        assertThat(connected().recorded()).containsOnlyKeys("rita");

        assertThat(desk.intake.triggers).containsExactly(new Trigger("phone-event", "JKJaXmPLvHcESHA="));
    }

    @Test
    void aLineOfSomebodyWhoIsNoMoreIsCountedAsUnknown() {
        desk.intake.outcome = IntakeOutcome.UNKNOWN_AGENT;
        PhoneFixture.Handled handled = connected();

        assertThat(handled.answer().status()).isEqualTo(200);
        assertThat(handled.answer().body()).isEqualTo("ignored: no agent has this line");
        assertThat(handled.recorded()).isEmpty();
        assertThat(handled.unknown()).containsExactly(MAC);
        assertThat(desk.counted()).containsEntry("unknown-line#desk#" + MAC, "1");
    }

    @ParameterizedTest
    @CsvSource({
        "conected, connected",
        "hangupp, hangup",
        "phone.call.conected.v1, connected",
        "dnd-on, dnd_on",
        "call_terminatd, terminated",
        "terminated_call, terminated",
        "on_hook, ended",
        "phone.call.wrapup.v1, ended",
        "blind_transfer, transfer_finished",
        "attended_transfer, transfer_finished",
        "transfer_failed, resumed",
        "voicemail, missed",
        "answered_elsewhere, missed",
        "picked_up, answered"
    })
    void aKindThatNobodyKnowsIsCountedAndTheNearestIsNamed(String written, String meant) {
        assertThat(ProbableKind.of(written)).contains(meant);
        PhoneTroubles troubles = new PhoneTroubles(new InMemoryControl(() -> PhoneFixture.NOON));
        troubles.count(PhoneTroubles.Kind.EVENT, "pbx", written, PhoneFixture.NOON);
        assertThat(troubles.all(PhoneTroubles.Kind.EVENT))
                .singleElement()
                .satisfies(one -> assertThat(one.meant()).contains(meant));
    }

    @ParameterizedTest
    @CsvSource({
        "call_established, CONNECTED",
        "answer_new_incoming_call, CONNECTED",
        "call_terminated, ENDED",
        "call_ended, ENDED",
        "disconnect, ENDED",
        "finished, ENDED",
        "call_remote_canceled, MISSED",
        "noanswer, MISSED",
        "busy_to_idle, IDLE",
        "idle_to_busy, BUSY"
    })
    void phonesOwnWordsAreTaken(String written, PhoneKind kind) {
        assertThat(PhoneKind.of(written)).contains(kind);
    }

    /** Of a line it would say something else. */
    @ParameterizedTest
    @ValueSource(strings = {"call_busy", "call_idle", "call_", "call_login", "call_call_ended"})
    void onlyAWordForACallMayHaveThatBeforeIt(String written) {
        assertThat(PhoneKind.of(written)).isEmpty();
    }

    @Test
    void whatIsMeantMostOftenIsTakenAndTheWordForItIsNot() {
        assertThat(ProbableKind.MOST_OFTEN).allSatisfy((word, meant) -> {
            assertThat(PhoneKind.of(word)).as(word).isEmpty();
            assertThat(PhoneKind.of(meant)).as(meant).isPresent();
        });
    }

    @Test
    void anEventThatIsNotTakenIsAnsweredWithWhatWasMeant() {
        String query = "k=" + TOKEN + "&ev=blind_transfer&mac=" + MAC;
        PhoneFixture.Handled handled =
                desk.handle("desk", HttpCall.of("GET", "/phone/desk", query, Map.of(), Body.EMPTY, desk.now()));

        assertThat(handled.answer().body()).endsWith("did you mean \"transfer_finished\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"log_on", "log_off", "login", "logout"})
    void whatSaysNothingOfCallsIsKnownForThat(String kind) {
        String query = "k=" + TOKEN + "&ev=" + kind + "&mac=" + MAC;
        PhoneFixture.Handled handled =
                desk.handle("desk", HttpCall.of("GET", "/phone/desk", query, Map.of(), Body.EMPTY, desk.now()));

        assertThat(handled.answer().body()).isEqualTo("ignored: it says nothing of a call or a line");
        assertThat(handled.recorded()).isEmpty();
        assertThat(handled.unknown()).isEmpty();
    }

    @Test
    void whatIsNearNothingIsOnlyCounted() {
        assertThat(ProbableKind.of("exploded")).isEmpty();
    }

    @Test
    void whatChangesNothingSaysWhyInItsAnswer() {
        assertThat(connected().answer().body()).isEmpty();

        desk.intake.outcome = IntakeOutcome.UNCHANGED;
        assertThat(connected().answer().body()).startsWith("changes nothing");
    }
}
