package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryMessageTest {
    @ParameterizedTest
    @ValueSource(strings = {"rita@contoso.com", "a\"b", "Jörg", "{}"})
    void isReadAsItWasWritten(String agentId) {
        assertThat(RetryMessage.parse(RetryMessage.of(agentId, "c1").text()))
                .contains(new RetryMessage(agentId, false, Optional.of("c1")));
        assertThat(RetryMessage.parse(RetryMessage.inBulk(agentId, "c1").text()))
                .contains(new RetryMessage(agentId, true, Optional.of("c1")));
    }

    @Test
    void namesTheAgentAndTheEventAndNothingElse() {
        assertThat(RetryMessage.of("rita", "c1").text()).isEqualTo("{\"agentId\":\"rita\",\"correlationId\":\"c1\"}");
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

    @Test
    void whatIsAddedLaterIsPassedOver() {
        assertThat(RetryMessage.parse("{\"agentId\":\"rita\",\"more\":1}"))
                .contains(new RetryMessage("rita", false, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"correlationId\":\"\"", ",\"correlationId\":null"})
    void oneWithoutACorrelationIdIsReadAndSentOnAsItIs(String member) {
        RetryMessage message =
                RetryMessage.parse("{\"agentId\":\"rita\"" + member + "}").orElseThrow();

        assertThat(message).isEqualTo(new RetryMessage("rita", false, Optional.empty()));
        assertThat(message.text()).isEqualTo("{\"agentId\":\"rita\"}");
    }
}
