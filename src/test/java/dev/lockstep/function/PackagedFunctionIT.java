package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is deployed: that it holds what it must, nothing of the laptop world, and says so when misconfigured. */
class PackagedFunctionIT {
    @Test
    void nothingOfTheLaptopWorldIsDeployed() {
        assertThat(FunctionPackage.entries())
                .isNotEmpty()
                .noneMatch(entry -> entry.startsWith("dev/lockstep/local/"))
                .noneMatch(entry -> entry.contains("DynamoDBLocal"))
                .noneMatch(entry -> entry.contains("elasticmq"))
                .noneMatch(entry -> entry.contains("application-local"));
    }

    @Test
    void theZipIsWhatLambdaExpects() {
        List<String> entries = FunctionPackage.entries();
        if (FunctionPackage.unpacked().isNative()) {
            assertThat(entries).allMatch(entry -> entry.equals("bootstrap") || entry.endsWith(".so"));
        } else {
            assertThat(entries)
                    .contains("application.properties")
                    .anyMatch(entry -> entry.startsWith("lib/io.quarkus.quarkus-funqy-amazon-lambda-"))
                    .noneMatch(entry -> entry.contains("netty-nio-client"))
                    .noneMatch(entry -> entry.contains("httpclient"));
        }
    }

    @Test
    void aFunctionThatDoesNotExistIsSaidAtTheStart() {
        try (LambdaRuntime runtime = LambdaRuntime.start("no-such-function", Map.of())) {
            assertThatThrownBy(() -> runtime.invoke("{}"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no-such-function");
        }
    }

    @Test
    void anEventThatCannotBeReadIsAnErrorAndNotTheEnd() {
        try (LambdaRuntime runtime = LambdaRuntime.start("sync", Map.of())) {
            LambdaRuntime.Answer first = runtime.invoke("{\"Records\":");
            assertThat(first.isError()).isTrue();
            assertThat(first.body()).contains("errorType", "com.fasterxml.jackson.");
            assertThat(runtime.invoke("nonsense").isError()).isTrue();
            assertThat(runtime.invoke("{\"Records\":[]}").isError()).isFalse();
        }
    }
}
