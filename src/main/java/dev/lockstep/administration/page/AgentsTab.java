package dev.lockstep.administration.page;

import dev.lockstep.administration.ConfigResponse;
import dev.lockstep.administration.Configuration;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.platform.PlatformCatalogue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is an agent, in which team, and as whom on each platform. */
@Singleton
final class AgentsTab extends ListTab {
    private static final String UPN = "upn";
    private static final String DIRECTORYS = "fromDirectory";

    private final List<String> platforms;
    private final List<String> columns;

    @Inject
    AgentsTab(Configuration configuration, PlatformCatalogue catalogue) {
        super(configuration, catalogue);
        this.platforms = Stream.concat(catalogue.withIdentities().stream(), Stream.of(UPN))
                .toList();
        this.columns = Stream.of(List.of("agentId", "name", "team"), platforms, List.of(DIRECTORYS))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public String title() {
        return "Agents";
    }

    @Override
    List<String> columns() {
        return columns;
    }

    @Override
    int keys() {
        return 1;
    }

    @Override
    List<List<String>> entries() {
        return configuration.export().agents().stream().map(this::cells).toList();
    }

    private List<String> cells(ConfigResponse.AgentEntry agent) {
        List<String> cells = new ArrayList<>(
                List.of(agent.agentId(), agent.name(), agent.team().orElse("")));
        for (String platform : platforms) {
            cells.add(agent.identities().stream()
                    .filter(identity -> identity.startsWith(platform + "#"))
                    .findFirst()
                    .map(identity -> identity.substring(platform.length() + 1))
                    .orElse(""));
        }
        cells.add(String.join(" ", agent.fromDirectory()));
        return cells;
    }

    /** Identities have a column for each platform. */
    @Override
    DocumentNode.Fields entry(DocumentNode.Fields cells) {
        List<DocumentNode.Field> fields = new ArrayList<>();
        List<DocumentNode> identities = new ArrayList<>();
        for (DocumentNode.Field cell : cells.fields()) {
            if (platforms.contains(cell.name())) {
                identities.add(new DocumentNode.Scalar(
                        cell.name() + "#" + text(cell.value()).orElse(""), cell.place()));
            } else if (cell.name().equals(DIRECTORYS)) {
                fields.add(new DocumentNode.Field(DIRECTORYS, words(cell), cell.place()));
            } else {
                fields.add(orNone(cell));
            }
        }
        if (!identities.isEmpty()) {
            fields.add(new DocumentNode.Field(
                    "identities", new DocumentNode.Sequence(identities, cells.place()), cells.place()));
        }
        return new DocumentNode.Fields(fields, cells.place());
    }

    private static DocumentNode.Sequence words(DocumentNode.Field cell) {
        return new DocumentNode.Sequence(
                Stream.of(text(cell.value()).orElse("").split(" +"))
                        .<DocumentNode>map(word -> new DocumentNode.Scalar(word, cell.place()))
                        .collect(Collectors.toList()),
                cell.place());
    }
}
