package dev.lockstep.store.dynamodb;

import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.Profile;
import dev.lockstep.store.AgentViews;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** What the index by team of the table {@code agents} shows. */
final class DynamoAgentViews implements AgentViews {
    private final DynamoTable table;
    private final AgentItem item;

    DynamoAgentViews(DynamoTable table, StateJson json) {
        this.table = table;
        this.item = new AgentItem(json);
    }

    @Override
    public Stream<AgentView> ofTeam(String team, Consumer<String> unreadable) {
        return table.query(AgentItem.ofTeam(team).tableName(table.name()).build())
                .flatMap(indexed -> item.readableView(indexed, unreadable))
                .filter(view -> Profile.teamKey(view.team()).equals(Profile.teamKey(team)));
    }

    @Override
    public Stream<AgentView> all(Consumer<String> unreadable) {
        ScanRequest request = ScanRequest.builder()
                .tableName(table.name())
                .indexName(Tables.TEAM)
                .build();
        return table.scan(request).flatMap(indexed -> item.readableView(indexed, unreadable));
    }
}
