package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.intake.Trigger;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryMessageTest {
    private static final Instant TURN = Instant.parse("2026-11-23T17:03:20.125Z");

    @ParameterizedTest
    @ValueSource(strings = {"rita@contoso.com", "a\"b", "Jörg", "{}"})
    void isReadAsItWasWritten(String agentId) {
        assertThat(RetryMessage.parse(RetryMessage.after(new Trigger("test", "c1", 4, ""), agentId)
                        .text()))
                .contains(new RetryMessage(agentId, false, Optional.of("c1"), 5, Optional.empty()));
        assertThat(RetryMessage.parse(RetryMessage.inBulk(agentId, "c1", TURN).text()))
                .contains(new RetryMessage(agentId, true, Optional.of("c1"), 1, Optional.of(TURN)));
    }

    @Test
    void namesTheAgentTheEventAndTheHopsAndNothingElse() {
        assertThat(RetryMessage.after(new Trigger("test", "c1"), "rita").text())
                .isEqualTo("{\"agentId\":\"rita\",\"correlationId\":\"c1\",\"hops\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"rita\"",
                "{}",
                "{\"agentId\":\"\"}",
                "{\"agentId\":null}",
                "{\"agentId\":",
                "<xml/>"
            })
    void whatIsNoneOfOursIsPassedOver(String text) {
        assertThat(RetryMessage.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "null", "\"many\"", "{}"})
    void whatIsNoCountOfHopsIsNone(String hops) {
        assertThat(RetryMessage.parse("{\"agentId\":\"rita\",\"hops\":" + hops + "}")
                        .orElseThrow()
                        .hops())
                .isZero();
    }

    @Test
    void oneThatIsPutBackHasGoneRoundOnceMore() {
        Instant later = TURN.plusSeconds(30);

        assertThat(RetryMessage.inBulk("rita", "c1", TURN).at(later))
                .isEqualTo(new RetryMessage("rita", true, Optional.of("c1"), 2, Optional.of(later)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"turn\":\"\"", ",\"turn\":\"soon\"", ",\"turn\":null", ",\"turn\":7"})
    void oneThatTellsNoTurnHasNone(String member) {
        assertThat(RetryMessage.parse("{\"agentId\":\"rita\",\"lane\":\"bulk\"" + member + "}"))
                .contains(new RetryMessage("rita", true, Optional.empty(), 0, Optional.empty()));
    }

    @Test
    void whatIsAddedLaterIsPassedOver() {
        assertThat(RetryMessage.parse("{\"agentId\":\"rita\",\"more\":1}"))
                .contains(new RetryMessage("rita", false, Optional.empty(), 0, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"correlationId\":\"\"", ",\"correlationId\":null"})
    void oneWithoutACorrelationIdIsReadAndSentOnAsItIs(String member) {
        RetryMessage message =
                RetryMessage.parse("{\"agentId\":\"rita\"" + member + "}").orElseThrow();

        assertThat(message).isEqualTo(new RetryMessage("rita", false, Optional.empty(), 0, Optional.empty()));
        assertThat(message.text()).isEqualTo("{\"agentId\":\"rita\"}");
    }
}
