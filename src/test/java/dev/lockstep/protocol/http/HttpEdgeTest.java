package dev.lockstep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.failure.RecordedLog;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands around every endpoint. */
class HttpEdgeTest implements EdgeMeter {
    private static final String SECRET = "k7Qe-secret";

    private final List<String> counted = new ArrayList<>();
    private final HttpEdge edge = new HttpEdge(this);

    @Override
    public void refused(String endpoint, String reason) {
        counted.add(endpoint + " " + reason);
    }

    @Override
    public void failed(String endpoint) {
        counted.add(endpoint + " failed");
    }

    private record Given(RuntimeException failure) implements Endpoint {
        @Override
        public String name() {
            return "given";
        }

        @Override
        public HttpAnswer handle(HttpCall call) {
            throw failure;
        }
    }

    private static HttpCall call(int bytes) {
        return HttpCall.of("POST", "/given", "", Map.of(), Body.of(new byte[bytes]), Instant.EPOCH);
    }

    private HttpAnswer failing(RuntimeException failure) {
        return edge.answer(new Given(failure), call(1));
    }

    private static HttpAnswer again(String text) {
        return HttpAnswer.text(503, text).with(Map.of("Retry-After", "1"));
    }

    @Test
    void whatIsTooLargeIsNotReadAtAll() {
        Given unread = new Given(new AssertionFailed());

        assertThat(edge.answer(unread, call(HttpCall.MAX_BYTES + 1)))
                .isEqualTo(HttpAnswer.text(413, "larger than 256 KB"));
        assertThat(counted).containsExactly("given TOO_LARGE");
    }

    private static final class AssertionFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatIsRejectedIsAnsweredAndCounted() {
        assertThat(failing(RejectedRequest.onlyWith("GET")))
                .isEqualTo(HttpAnswer.text(405, "send it with GET").with(Map.of("Allow", "GET")));
        assertThat(counted).containsExactly("given METHOD");
    }

    static Stream<RuntimeException> passing() {
        return Stream.of(
                new StoreUnavailable("down", null),
                new PlatformException.Unreachable("silent"),
                new PlatformException.Throttled(Optional.empty()),
                new PlatformException.PermissionMissing("the role"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatCouldNotBeRecordedMustComeAgain(RuntimeException why) {
        assertThat(failing(why)).isEqualTo(again("not recorded; please send it again"));
        assertThat(counted).containsExactly("given UNAVAILABLE");
    }

    @Test
    void whatNobodyForesawMustComeAgainAndIsFoundInTheLogWithoutItsMessage() {
        RuntimeException fault = faultyCode();
        try (RecordedLog log = new RecordedLog(HttpEdge.class)) {
            assertThat(failing(fault)).isEqualTo(again("not done; please send it again"));
            assertThat(log.text())
                    .contains("given failed: java.lang.IllegalStateException", "HttpEdgeTest.faultyCode")
                    .contains("Caused by: java.lang.IllegalArgumentException")
                    .doesNotContain(SECRET);
        }
        assertThat(counted).containsExactly("given failed");
    }

    private static RuntimeException faultyCode() {
        return new IllegalStateException("token " + SECRET, new IllegalArgumentException(SECRET));
    }

    @Test
    void aCallThatCannotEvenBeReadMustComeAgain() {
        HttpAnswer answer = edge.answer(new Given(new AssertionFailed()), () -> {
            throw new IllegalArgumentException(SECRET);
        });

        assertThat(answer).isEqualTo(again("not done; please send it again"));
    }
}
