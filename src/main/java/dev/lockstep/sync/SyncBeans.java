package dev.lockstep.sync;

import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.AgentViews;
import dev.lockstep.agent.Control;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.agent.Timeline;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.Once;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.PlatformGroup;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
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
    Concurrency concurrency() {
        return new ThreadsOfTheirOwn(Executors.newVirtualThreadPerTaskExecutor());
    }

    @Produces
    @Singleton
    Modes modes(Control control, InstantSource clock) {
        return new StoredModes(control, clock);
    }

    @Produces
    @Singleton
    BulkLane bulkLane(Control control, InstantSource clock) {
        return new BulkLane(control, clock);
    }

    @Produces
    @Singleton
    RetryQueue queue(QueueSettings settings) {
        Supplier<SqsClient> client = new Once<>(() -> client(settings));
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
    Understanding understanding(
            @All List<PlatformGroup> groups, Mappings mappings, CallSettings calls, Modes modes, SyncRules rules) {
        Supplier<List<Platform>> platforms = () ->
                groups.stream().flatMap(group -> group.platforms().stream()).toList();
        return new Understanding(platforms, mappings::forTeam, calls.maxAge(), modes, rules);
    }

    @Produces
    @Singleton
    Synchronizer synchronizer(
            AgentStore store,
            Timeline timeline,
            Understanding understanding,
            Concurrency concurrency,
            RetryQueue queue,
            BulkLane lane,
            SyncRules rules,
            SyncMeter meter,
            InstantSource clock,
            RandomGenerator random) {
        Writer writer = new Writer(understanding, concurrency, rules, clock, random, meter, lane::pause);
        Chronicle chronicle = new Chronicle(timeline, meter);
        return new Synchronizer(store, understanding, writer, chronicle, queue, rules, clock, new LeaseOwners(random));
    }

    @Produces
    @Singleton
    NewsDesk desk(Synchronizer synchronizer) {
        return new SynchronizedDesk(synchronizer);
    }

    @Produces
    @Singleton
    Sweep sweep(AgentStore store, Synchronizer synchronizer, Concurrency concurrency, InstantSource clock) {
        return new Sweep(store, synchronizer, concurrency, clock);
    }

    @Produces
    @Singleton
    Census census(AgentViews agents, Control control, InstantSource clock) {
        return new Census(agents, control, clock);
    }
}
