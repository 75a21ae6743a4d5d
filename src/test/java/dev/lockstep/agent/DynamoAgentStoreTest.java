package dev.lockstep.agent;

import java.time.InstantSource;

class DynamoAgentStoreTest extends AgentStoreContract {
    private final DynamoStore dynamo = DynamoLocal.freshStore(InstantSource.system(), StoreMeter.NONE);

    @Override
    AgentStore empty() {
        return dynamo.agents();
    }

    @Override
    AgentViews views() {
        return dynamo.views();
    }
}
