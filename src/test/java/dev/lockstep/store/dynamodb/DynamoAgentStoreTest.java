package dev.lockstep.store.dynamodb;

import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentStoreContract;
import dev.lockstep.store.AgentViews;
import java.time.InstantSource;

class DynamoAgentStoreTest extends AgentStoreContract {
    private final DynamoStore dynamo = DynamoLocal.freshStore(InstantSource.system(), StoreMeter.NONE);

    @Override
    public AgentStore empty() {
        return dynamo.agents();
    }

    @Override
    public AgentViews views() {
        return dynamo.views();
    }
}
