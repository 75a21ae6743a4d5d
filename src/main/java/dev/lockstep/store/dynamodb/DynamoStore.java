package dev.lockstep.store.dynamodb;

import dev.lockstep.settings.InstallationSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Control;
import dev.lockstep.store.Documents;
import dev.lockstep.store.Identities;
import dev.lockstep.store.Timeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Everything that is kept, in DynamoDB. It starts nothing and owns nothing: whoever made the client closes it. */
@Singleton
public final class DynamoStore {
    private final DynamoDbClient client;
    private final String prefix;
    private final Duration retention;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final StoreMeter meter;
    private final StateJson json = new StateJson();

    @Inject
    DynamoStore(
            DynamoDbClient client,
            InstallationSettings installation,
            TimelineSettings timeline,
            InstantSource clock,
            RandomGenerator random,
            StoreMeter meter) {
        this(client, installation.tablePrefix(), timeline.retention(), clock, random::nextLong, meter);
    }

    /**
     * @param client with time-outs, as {@link StoreClient} makes it
     * @param prefix stands before every table's name
     * @param retention how long the timeline keeps an event
     * @param random so that no two instances give the same ids
     */
    public DynamoStore(
            DynamoDbClient client,
            String prefix,
            Duration retention,
            InstantSource clock,
            LongSupplier random,
            StoreMeter meter) {
        this.client = client;
        this.prefix = prefix;
        this.retention = retention;
        this.clock = clock;
        this.ids = new UniqueIds(random);
        this.meter = meter;
    }

    public AgentStore agents() {
        return new DynamoAgentStore(table(Tables.AGENTS), json, ids);
    }

    public AgentViews views() {
        return new DynamoAgentViews(table(Tables.AGENTS), json);
    }

    public Identities identities() {
        return new DynamoIdentities(table(Tables.IDENTITIES));
    }

    public Timeline timeline() {
        return new DynamoTimeline(table(Tables.TIMELINE), retention, clock, ids);
    }

    public Documents documents() {
        return new DynamoDocuments(table(Tables.MAPPINGS));
    }

    public Control control() {
        return new DynamoControl(table(Tables.CONTROL), clock);
    }

    private DynamoTable table(String name) {
        return new DynamoTable(client, prefix, name, meter);
    }
}
