package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.intake.Trigger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryMessageTest {
    @ParameterizedTest
    @ValueSource(strings = {"rita@contoso.com", "a\"b", "Jörg", "{}"})
    void isReadAsItWasWritten(String agentId) {
        assertThat(RetryMessage.parse(RetryMessage.after(new Trigger("test", "c1", 4), agentId)
                        .text()))
                .contains(new RetryMessage(agentId, false, Optional.of("c1"), 5));
        assertThat(RetryMessage.parse(RetryMessage.inBulk(agentId, "c1").text()))
                .contains(new RetryMessage(agentId, true, Optional.of("c1"), 1));
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
        assertThat(RetryMessage.inBulk("rita", "c1").again())
                .isEqualTo(new RetryMessage("rita", true, Optional.of("c1"), 2));
    }

    @Test
    void whatIsAddedLaterIsPassedOver() {
        assertThat(RetryMessage.parse("{\"agentId\":\"rita\",\"more\":1}"))
                .contains(new RetryMessage("rita", false, Optional.empty(), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"correlationId\":\"\"", ",\"correlationId\":null"})
    void oneWithoutACorrelationIdIsReadAndSentOnAsItIs(String member) {
        RetryMessage message =
                RetryMessage.parse("{\"agentId\":\"rita\"" + member + "}").orElseThrow();

        assertThat(message).isEqualTo(new RetryMessage("rita", false, Optional.empty(), 0));
        assertThat(message.text()).isEqualTo("{\"agentId\":\"rita\"}");
    }
}
