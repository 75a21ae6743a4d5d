package dev.lockstep.store.dynamodb;

import java.time.InstantSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/** Makes clients that do not wait longer than a webhook's sender would. */
public final class StoreClient {
    private StoreClient() {}

    /** What else the builder was told stays as it is, but for how it calls. */
    public static DynamoDbClient of(DynamoDbClientBuilder builder, StoreSettings calls, InstantSource clock) {
        ClientOverrideConfiguration limited = builder.overrideConfiguration().toBuilder()
                .apiCallTimeout(calls.callTimeout())
                .apiCallAttemptTimeout(calls.attemptTimeout())
                .retryStrategy(retries(calls))
                .build();
        return builder.overrideConfiguration(limited)
                .httpClientBuilder(new Connections(calls, clock))
                .build();
    }

    /** As the SDK wants to be given what it is to close with the client. */
    private record Connections(StoreSettings calls, InstantSource clock) implements SdkHttpClient.Builder<Connections> {
        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return new KeptConnections(calls.attemptTimeout(), calls.idleLimit(), clock);
        }
    }

    /** {@code exponentialDelay} draws each wait between nothing and its bound: full jitter. */
    private static RetryStrategy retries(StoreSettings calls) {
        BackoffStrategy backoff = BackoffStrategy.exponentialDelay(calls.baseDelay(), calls.maxDelay());
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(calls.maxAttempts())
                .backoffStrategy(backoff)
                .throttlingBackoffStrategy(backoff)
                .build();
    }
}
