package dev.lockstep.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.failure.RecordedLog;
import org.junit.jupiter.api.Test;

class FaultIsolationTest {
    @Test
    void aFaultIsFoundInTheLogWithoutItsMessage() {
        try (RecordedLog log = new RecordedLog(FaultIsolation.class)) {
            assertThat(FaultIsolation.attempt("rita", FaultIsolationTest::faulty))
                    .isFalse();
            assertThat(log.text())
                    .contains("agent=rita", "java.lang.IllegalStateException", "FaultIsolationTest.faulty")
                    .doesNotContain("+49");
        }
    }

    private static void faulty() {
        throw new IllegalStateException("called by +49 89 123456");
    }
}
