package dev.lockstep.store.dynamodb;

import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentStoreContract;
import dev.lockstep.store.AgentViews;
import java.time.InstantSource;
import java.util.Map;

class DynamoAgentStoreTest extends AgentStoreContract {
    private final String prefix = DynamoLocal.freshTables();
    private final DynamoStore dynamo =
            DynamoLocal.store(DynamoLocal.client(), prefix, InstantSource.system(), StoreMeter.NONE);

    @Override
    public AgentStore empty() {
        return dynamo.agents();
    }

    @Override
    public AgentViews views() {
        return dynamo.views();
    }

    @Override
    public void storeInNewerForm(String agentId) {
        store(agentId, StateJson.FORM + 1, 1);
    }

    @Override
    public void storeInOwnForm(String agentId) {
        store(agentId, StateJson.FORM, 0);
    }

    @Override
    public void storeWithoutPulse(String agentId) {
        DynamoLocal.client()
                .updateItem(update -> update.tableName(prefix + "agents")
                        .key(AgentItem.key(agentId))
                        .updateExpression("REMOVE pulse, dueShard"));
    }

    private void store(String agentId, long form, long changes) {
        DynamoLocal.client()
                .updateItem(update -> update.tableName(prefix + "agents")
                        .key(AgentItem.key(agentId))
                        .updateExpression("SET form = :form ADD version :changes")
                        .expressionAttributeValues(
                                Map.of(":form", Attributes.number(form), ":changes", Attributes.number(changes))));
    }
}
