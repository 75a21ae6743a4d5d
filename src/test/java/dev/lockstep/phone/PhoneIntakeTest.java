package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.configured.Connection;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatChangesNothingSaysWhyInItsAnswer() {
        assertThat(connected().answer().body()).isEmpty();

        desk.intake.outcome = IntakeOutcome.UNCHANGED;
        assertThat(connected().answer().body()).startsWith("changes nothing");
    }
}
