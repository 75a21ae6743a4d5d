package dev.lockstep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCallTest {
    private static HttpCall call(String query) {
        return HttpCall.of(
                "get", "/phone/desk", query, Map.of("X-Key", "secret-header"), Body.of("secret-body"), Instant.EPOCH);
    }

    /** Phones fill their variables in as they are. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "r=sip:1043@192.0.2.5 sip:1043@192.0.2.5",
                "r=sip%3A1043%40192.0.2.5 sip:1043@192.0.2.5",
                "r=+442079460000 +442079460000",
                "r=%2B442079460000 +442079460000",
                "r=50%25 50%",
                "r=50% 50%",
                "r=%zz%4 %zz%4",
                "r=%2 %2",
                "r=%ff \ufffd",
                "r=a=b a=b",
                "r=%C3%A9 é",
                "r=é é"
            })
    void readsWhatAPhoneSends(String query, String expected) {
        assertThat(call(query).parameter("r")).isEqualTo(expected);
    }

    /** The remote party chooses what stands in {@code r}, so it must not overrule what stands before it. */
    @Test
    void theFirstOfARepeatedParameterCounts() {
        HttpCall call = call("k=token&ev=ended&mac=aa&r=sip:x&ev=connected&mac=bb&k=other");
        assertThat(call.parameter("ev")).isEqualTo("ended");
        assertThat(call.parameter("mac")).isEqualTo("aa");
        assertThat(call.parameter("k")).isEqualTo("token");
    }

    /** Of two teams that a program asks for, neither is left out without a word. */
    @Test
    void whereParametersAreCheckedNoneIsRepeated() {
        call("team=a&status=busy").allowParameters(List.of("team", "status"));
        assertThatThrownBy(() -> call("team=a&%74eam=b").allowParameters(List.of("team", "status")))
                .isInstanceOf(RejectedRequest.class)
                .hasMessageContaining("the parameter team is given more than once");
    }

    @Test
    void missingAndEmptyParametersAreBlank() {
        HttpCall call = call("&&u=&=x&mac");
        assertThat(call.parameter("u")).isEmpty();
        assertThat(call.parameter("mac")).isEmpty();
        assertThat(call.parameter("nothing")).isEmpty();
        assertThat(call.query()).containsOnlyKeys("u", "mac");
    }

    @Test
    void headersAreFoundInAnyCase() {
        assertThat(call("").header("x-KEY")).contains("secret-header");
        assertThat(call("").method()).isEqualTo("GET");
    }

    @Test
    void itsTextShowsNeitherQueryNorHeadersNorBody() {
        assertThat(call("k=secret-token").toString()).isEqualTo("GET /phone/desk");
        assertThat(call("").body().toString()).isEqualTo("11 bytes");
    }

    @Test
    void tooLargeBeginsPast256Kilobytes() {
        byte[] most = new byte[HttpCall.MAX_BYTES];
        byte[] tooMany = new byte[HttpCall.MAX_BYTES + 1];
        assertThat(HttpCall.of("POST", "/", "", Map.of(), Body.of(most), Instant.EPOCH)
                        .isLargerThan(HttpCall.MAX_BYTES))
                .isFalse();
        assertThat(HttpCall.of("POST", "/", "", Map.of(), Body.of(tooMany), Instant.EPOCH)
                        .isLargerThan(HttpCall.MAX_BYTES))
                .isTrue();
        assertThat(call("r=" + "x".repeat(HttpCall.MAX_BYTES)).isLargerThan(HttpCall.MAX_BYTES))
                .isTrue();
    }

    @Test
    void aBodyCannotBeChangedFromOutside() {
        byte[] bytes = {1, 2};
        Body body = Body.of(bytes);
        bytes[0] = 9;
        body.bytes()[1] = 9;
        assertThat(body).isEqualTo(Body.of(new byte[] {1, 2})).hasSameHashCodeAs(Body.of(new byte[] {1, 2}));
    }
}
