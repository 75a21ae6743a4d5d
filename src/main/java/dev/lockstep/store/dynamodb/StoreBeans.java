package dev.lockstep.store.dynamodb;

import dev.lockstep.platform.Warmable;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.Documents;
import dev.lockstep.store.Identities;
import dev.lockstep.store.Timeline;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Gives everybody the store that is configured. The meter gives way to anybody else's. */
@Singleton
final class StoreBeans {
    @Produces
    @ApplicationScoped
    DynamoDbClient client(DynamoDbClientBuilder configured, StoreSettings config, InstantSource clock) {
        return StoreClient.of(configured, config, clock);
    }

    @Produces
    @Singleton
    AgentStore agents(DynamoStore store) {
        return store.agents();
    }

    @Produces
    @Singleton
    AgentViews views(DynamoStore store) {
        return store.views();
    }

    @Produces
    @Singleton
    Identities identities(DynamoStore store) {
        return store.identities();
    }

    @Produces
    @Singleton
    Timeline timeline(DynamoStore store) {
        return store.timeline();
    }

    @Produces
    @Singleton
    Documents documents(DynamoStore store) {
        return store.documents();
    }

    @Produces
    @Singleton
    Control control(DynamoStore store) {
        return store.control();
    }

    @Produces
    @Singleton
    Warmable warmable(Control control) {
        return () -> control.get(ControlKeys.WARM_UP);
    }

    @Produces
    @Singleton
    @DefaultBean
    StoreMeter meter() {
        return StoreMeter.NONE;
    }
}
