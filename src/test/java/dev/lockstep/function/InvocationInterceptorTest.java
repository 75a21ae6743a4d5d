package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.failure.RecordedLog;
import dev.lockstep.store.StoreUnavailable;
import jakarta.interceptor.InvocationContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationInterceptorTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Metrics metrics = new Metrics(
            () -> Instant.EPOCH, new ObjectMapper(), true, new PrintStream(printed, true, StandardCharsets.UTF_8));
    private final InvocationInterceptor interceptor = new InvocationInterceptor(metrics);

    /** An invocation of {@code sweep}. */
    private record Invoked(RuntimeException failure) implements InvocationContext {
        @Override
        public Object proceed() {
            if (failure != null) {
                throw failure;
            }
            return "done";
        }

        @Override
        public Method getMethod() {
            try {
                return SweepFunction.class.getMethod("run", ScheduleEvent.class);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Object getTarget() {
            return null;
        }

        @Override
        public Object getTimer() {
            return null;
        }

        @Override
        public Constructor<?> getConstructor() {
            return null;
        }

        @Override
        public Object[] getParameters() {
            return new Object[0];
        }

        @Override
        public void setParameters(Object[] params) {}

        @Override
        public Map<String, Object> getContextData() {
            return Map.of();
        }
    }

    @Test
    void theCountsOfAnInvocationArePublishedAtItsEnd() throws Exception {
        metrics.write("agents");
        assertThat(printed.size()).isZero();

        assertThat(interceptor.invoke(new Invoked(null))).isEqualTo("done");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("\"StoreWrites\":1")
                .endsWith("}\n");
    }

    @Test
    void whatNobodyForesawIsLoggedAndNobodyIsToldItsMessage() {
        metrics.write("agents");
        try (RecordedLog log = new RecordedLog(InvocationInterceptor.class)) {
            assertThatThrownBy(() -> interceptor.invoke(new Invoked(faulty())))
                    .hasMessage("SweepFunction failed: java.lang.IllegalStateException; see its log")
                    .hasNoCause();
            assertThat(log.text())
                    .contains("java.lang.IllegalStateException", "InvocationInterceptorTest.faulty")
                    .doesNotContain("k7Qe");
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("StoreWrites");
    }

    private static RuntimeException faulty() {
        return new IllegalStateException("token k7Qe-secret");
    }

    @Test
    void ourOwnExceptionsSayWhatTheirReaderNeeds() {
        StoreUnavailable down = new StoreUnavailable("agents: timeout", null);

        assertThatThrownBy(() -> interceptor.invoke(new Invoked(down))).isSameAs(down);
    }
}
