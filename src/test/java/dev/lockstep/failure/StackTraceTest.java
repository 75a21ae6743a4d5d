package dev.lockstep.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A failure can be found by its log, and nothing of what was sent stands in it. */
class StackTraceTest {
    private static final String SECRET = "whsec_c2VjcmV0";

    private static RuntimeException failure() {
        IllegalStateException failure = new IllegalStateException(SECRET, new IOException("cause " + SECRET));
        failure.addSuppressed(new IllegalArgumentException("suppressed " + SECRET));
        return failure;
    }

    @Test
    void everyClassAndFrameIsShownAndNoMessage() {
        String text = StackTrace.of(failure());

        assertThat(text)
                .startsWith("java.lang.IllegalStateException\n\tat " + StackTraceTest.class.getName() + ".failure(")
                .contains("StackTraceTest.java:", "\n\tSuppressed: java.lang.IllegalArgumentException\n\t\tat ")
                .contains("\nCaused by: java.io.IOException\n\tat ")
                .doesNotContain("whsec");
    }

    @Test
    void theFrameThatMadeTheFaultIsThereToo() {
        try {
            Objects.requireNonNull(null, SECRET);
        } catch (NullPointerException e) {
            assertThat(StackTrace.of(e))
                    .contains("java.util.Objects.requireNonNull", "theFrameThatMadeTheFaultIsThereToo")
                    .doesNotContain("whsec");
        }
    }

    @Test
    void whatIsItsOwnCauseEnds() {
        RuntimeException outer = new RuntimeException("outer");
        outer.initCause(new RuntimeException("inner", outer));

        assertThat(StackTrace.of(outer)).endsWith("Caused by: java.lang.RuntimeException (shown above)");
    }
}
