package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryMessageTest {
    @ParameterizedTest
    @ValueSource(strings = {"rita@contoso.com", "a\"b", "Jörg", "{}"})
    void isReadAsItWasWritten(String agentId) {
        assertThat(RetryMessage.parse(RetryMessage.of(agentId).text())).contains(new RetryMessage(agentId, false));
        assertThat(RetryMessage.parse(RetryMessage.inBulk(agentId).text())).contains(new RetryMessage(agentId, true));
    }

    @Test
    void namesTheAgentAndNothingElse() {
        assertThat(RetryMessage.of("rita").text()).isEqualTo("{\"agentId\":\"rita\"}");
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
        assertThat(RetryMessage.parse("{\"agentId\":\"rita\",\"more\":1}")).contains(new RetryMessage("rita", false));
    }
}
