package dev.lockstep.store.dynamodb;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Makes clients that do not wait longer than a webhook's sender would. */
public final class StoreClient {
    private StoreClient() {}

    /** What else the builder was told stays as it is. */
    public static DynamoDbClient of(DynamoDbClientBuilder builder, StoreSettings calls) {
        ClientOverrideConfiguration limited = builder.overrideConfiguration().toBuilder()
                .apiCallTimeout(calls.callTimeout())
                .apiCallAttemptTimeout(calls.attemptTimeout())
                .retryStrategy(retries(calls))
                .build();
        return builder.overrideConfiguration(limited).build();
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
