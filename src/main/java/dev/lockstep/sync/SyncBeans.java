package dev.lockstep.sync;

import dev.lockstep.concurrent.Lazy;
import dev.lockstep.sync.queue.HopLimit;
import dev.lockstep.sync.queue.NoQueue;
import dev.lockstep.sync.queue.QueueSettings;
import dev.lockstep.sync.queue.RetryMeter;
import dev.lockstep.sync.queue.RetryQueue;
import dev.lockstep.sync.queue.SqsRetryQueue;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Puts the synchroniser together. */
@Singleton
final class SyncBeans {
    @Produces
    @Singleton
    RetryQueue queue(QueueSettings settings, RetryMeter meter, RandomGenerator random) {
        Supplier<SqsClient> client = new Lazy<>(() -> client(settings));
        return settings.url()
                .<RetryQueue>map(url -> new HopLimit(new SqsRetryQueue(client, url), settings, meter, random))
                .orElseGet(NoQueue::new);
    }

    private static SqsClient client(QueueSettings settings) {
        ClientOverrideConfiguration limits = ClientOverrideConfiguration.builder()
                .apiCallTimeout(settings.timeout())
                .build();
        SqsClientBuilder builder = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(limits);
        settings.endpointOverride().ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
