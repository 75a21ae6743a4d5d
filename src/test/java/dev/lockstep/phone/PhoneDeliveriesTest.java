package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.configured.Connection;
import dev.lockstep.protocol.delivery.Delivery;
import dev.lockstep.protocol.delivery.Delivery.Verdict;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log of a connection tells of a phone system's calls. */
class PhoneDeliveriesTest {
    private static final String TOKEN = "k7Qe-rest-of-the-token-of-32-chars";
    private static final Connection DESK =
            new Connection("desk", "yealink", List.of(TOKEN), List.of(), Optional.empty(), List.of());

    private final PhoneFixture desk = new PhoneFixture();

    @BeforeEach
    void connect() {
        desk.with(DESK).with("desk", "1042", "rita");
    }

    private Delivery delivered(String query) {
        desk.clock.advance(Duration.ofSeconds(5));
        HttpCall call = HttpCall.of("GET", "/phone/desk", query, Map.of(), Body.EMPTY, desk.now());
        desk.handle("desk", call);
        return desk.log.of(DESK, Instant.EPOCH, 1).getFirst();
    }

    private Delivery says(String what) {
        return delivered("k=" + TOKEN + "&" + what);
    }

    @Test
    void whatWasTakenAndForWhom() {
        Delivery taken = says("ev=connected&u=1042&cid=17&r=004930123456");

        assertThat(taken.verdict()).isEqualTo(Verdict.TAKEN);
        assertThat(taken.direction()).isEqualTo(Delivery.Direction.IN);
        assertThat(taken.status()).contains(200);
        assertThat(taken.understood()).containsExactly("line 1042", "call connected");
        assertThat(taken.agents()).containsExactly("rita");
        assertThat(taken.why() + taken.remedy()).isEmpty();
        assertThat(taken.at()).isEqualTo(desk.now());
    }

    @Test
    void whyWhatWasTakenChangesNothing() {
        says("ev=connected&u=1042&cid=17");
        assertThat(says("ev=connected&u=1099&cid=18"))
                .returns(Verdict.IGNORED, Delivery::verdict)
                .returns("ignored: no agent has this line", Delivery::why)
                .returns("give the line to an agent (configuration, lines)", Delivery::remedy)
                .returns(List.of(), Delivery::agents);
        assertThat(says("ev=conected&u=1042&cid=18"))
                .returns(Verdict.IGNORED, Delivery::verdict)
                .satisfies(one -> assertThat(one.why()).contains("did you mean \"connected\"?"))
                .satisfies(one -> assertThat(one.remedy()).isNotEmpty());
        assertThat(says("ev=login&u=1042").why()).contains("nothing of a call");
    }

    @Test
    void whyItWasRefusedAlsoToWhomStrangersAreToldLess() {
        Delivery refused = delivered("k=wrong&ev=connected&u=1042");

        assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(refused.status()).contains(401);
        assertThat(refused.why()).isNotEmpty();
        assertThat(refused.remedy()).contains("secret or token");
        assertThat(refused.understood()).isEmpty();
        assertThat(says("u=1042"))
                .returns(Verdict.REFUSED, Delivery::verdict)
                .returns(Optional.of(400), Delivery::status);
    }

    @Test
    void noNumberAddressOrTokenStandsInIt() {
        for (String query : List.of(
                "k=" + TOKEN + "&ev=connected&u=00493012345678&cid=17&r=00442079460000",
                "k=" + TOKEN + "&ev=connected&u=sip:rita@contoso.com&cid=17",
                "k=guessed-token&ev=connected&u=00493012345678")) {
            assertThat(delivered(query).toString())
                    .doesNotContain("0049301234", "00442079", "rita@contoso", "guessed", TOKEN);
        }
    }

    @Test
    void itIsNotedAfterItIsRecordedAndNotWhereItCouldNotBe() {
        says("ev=connected&u=1042&cid=17");
        desk.storeIsDown = true;
        says("ev=ended&u=1042&cid=17");

        assertThat(desk.log.of(DESK, Instant.EPOCH, 10)).hasSize(1);
    }

    private HttpAnswer tried(String what) {
        HttpCall call = HttpCall.of(
                "GET", "/phone/desk", "k=" + TOKEN + "&dryRun=true&" + what, Map.of(), Body.EMPTY, desk.now());
        return desk.handle("desk", call).answer();
    }

    @Test
    void aDryRunTellsWhatWouldBeUnderstoodAndForWhom() {
        HttpAnswer answer = tried("ev=connected&u=1042&cid=17");

        assertThat(answer.body())
                .isEqualTo("{\"dryRun\":true,\"understood\":[\"line 1042\",\"call connected\"],\"agents\":[\"rita\"],"
                        + "\"remarks\":[]}");
        assertThat(desk.log.of(DESK, Instant.EPOCH, 1).getFirst().purpose()).isEqualTo(Delivery.Purpose.TEST);
        assertThat(tried("ev=conected&u=1042").body()).contains("did you mean");
        assertThat(tried("ev=connected&u=1099").body()).contains("no agent has this line");
    }

    @Test
    void aDryRunChangesNothing() {
        Map<String, String> before = desk.control.withPrefix("");
        desk.with("desk", "1043", "805ec0112233", "rita");

        for (String what : List.of(
                "ev=connected&u=1042&cid=17",
                "ev=connected&mac=805ec0112233&u=1043&cid=17",
                "ev=ended&u=1042&cid=17",
                "ev=conected&u=1042",
                "ev=connected&u=1099",
                "u=1042")) {
            tried(what);
        }

        assertThat(desk.control.withPrefix("")).isEqualTo(before);
        assertThat(desk.statusOf("rita")).isEmpty();
        assertThat(desk.intake.triggers).isEmpty();
    }

    @Test
    void aDryRunIsForWhoIsKnownAndIsAskedForPlainly() {
        HttpCall stranger = HttpCall.of(
                "GET", "/phone/desk", "k=wrong&dryRun=true&ev=connected&u=1042", Map.of(), Body.EMPTY, desk.now());
        assertThat(desk.status("desk", stranger)).isEqualTo(401);
        assertThat(desk.log.of(DESK, Instant.EPOCH, 1).getFirst().purpose()).isEqualTo(Delivery.Purpose.EVENT);

        HttpCall unclear = HttpCall.of(
                "GET", "/phone/desk", "k=" + TOKEN + "&dryRun=1&ev=connected&u=1042", Map.of(), Body.EMPTY, desk.now());
        assertThat(desk.status("desk", unclear)).isEqualTo(400);
    }
}
