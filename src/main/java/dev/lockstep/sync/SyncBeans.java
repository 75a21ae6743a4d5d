package dev.lockstep.sync;

import dev.lockstep.concurrent.Lazy;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.Platforms;
import dev.lockstep.settings.InstallationSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Control;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.NoQueue;
import dev.lockstep.sync.queue.QueueSettings;
import dev.lockstep.sync.queue.RetryQueue;
import dev.lockstep.sync.queue.SqsRetryQueue;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
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
    WriteModes modes(Control control, InstantSource clock) {
        return new StoredWriteModes(control, clock);
    }

    @Produces
    @Singleton
    BulkLane bulkLane(PlatformCatalogue catalogue, Control control, InstantSource clock) {
        return new BulkLane(catalogue, control, clock);
    }

    @Produces
    @Singleton
    RetryQueue queue(QueueSettings settings) {
        Supplier<SqsClient> client = new Lazy<>(() -> client(settings));
        return settings.url()
                .<RetryQueue>map(url -> new SqsRetryQueue(client, url))
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

    @Produces
    @Singleton
    SyncPlanner planner(
            Platforms platforms, Mappings mappings, CallSettings calls, WriteModes modes, SyncSettings rules) {
        return new SyncPlanner(platforms, mappings::forTeam, calls.maxAge(), modes, rules);
    }

    @Produces
    @Singleton
    Synchronizer synchronizer(
            AgentStore store,
            Timeline timeline,
            SyncPlanner planner,
            ParallelRunner concurrency,
            RetryQueue queue,
            BulkLane lane,
            SyncSettings rules,
            InstallationSettings installation,
            SyncMeter meter,
            InstantSource clock,
            RandomGenerator random) {
        FailurePolicy failures = new FailurePolicy(rules, clock, random);
        PlanExecutor executor = new PlanExecutor(concurrency, failures, installation, clock, meter, lane::pause);
        SyncTurn turn = new SyncTurn(planner, executor, concurrency, installation, clock);
        SyncJournal journal = new SyncJournal(timeline, meter);
        return new Synchronizer(store, planner, turn, journal, queue, rules, clock, new LeaseTokens(random), meter);
    }

    @Produces
    @Singleton
    Sweep sweep(
            AgentStore store,
            Synchronizer synchronizer,
            CorrelationIds correlationIds,
            ParallelRunner concurrency,
            InstantSource clock) {
        return new Sweep(store, synchronizer, correlationIds, concurrency, clock);
    }

    @Produces
    @Singleton
    SyncHealth census(AgentViews agents, Control control, InstantSource clock) {
        return new SyncHealth(agents, control, clock);
    }
}
