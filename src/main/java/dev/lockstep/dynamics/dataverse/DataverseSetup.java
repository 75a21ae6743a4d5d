package dev.lockstep.dynamics.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.dynamics.StatusMessage;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.Guid;
import dev.lockstep.protocol.entra.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The organisation's set-up through the Dataverse Web API. */
@Singleton
class DataverseSetup implements SetupApi {
    private static final int ASYNCHRONOUS = 1;
    private static final int ENABLED = 0;

    private final DataverseSettings settings;
    private final DataverseSettings.Workstreams names;
    private final DataverseConnection dataverse;

    @Inject
    DataverseSetup(DataverseSettings settings, Tokens tokens, InstantSource clock, ObjectMapper json) {
        this.settings = settings;
        this.names = settings.workstreams();
        this.dataverse = new DataverseConnection(settings, tokens, clock, json);
    }

    @Override
    public String whoAmI() {
        return dataverse
                .readIfThere(ODataQuery.of("WhoAmI"))
                .flatMap(answer -> Guid.of(answer.path("UserId").asText("")))
                .orElseThrow(() -> new PlatformException.Rejected("Dynamics does not say who we are"));
    }

    @Override
    public List<WorkstreamRow> workstreams() {
        ODataQuery query = ODataQuery.of(names.table()).select(names.name() + "," + names.allowedPresences());
        return dataverse.readPages(query, settings.pageSize()).stream()
                .map(this::workstream)
                .toList();
    }

    /** A multi-select choice is a text of numbers with commas between. */
    private WorkstreamRow workstream(JsonNode row) {
        Optional<Set<Integer>> bases = Optional.of(row.path(names.allowedPresences()))
                .filter(JsonNode::isTextual)
                .map(choice -> Stream.of(choice.textValue().split(","))
                        .map(String::strip)
                        .filter(number -> number.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .collect(Collectors.toSet()));
        return new WorkstreamRow(row.path(names.name()).asText(""), bases);
    }

    @Override
    public List<StepRow> steps() {
        ODataQuery query = ODataQuery.of("sdkmessageprocessingsteps")
                .select("name,mode,statecode,filteringattributes")
                .expand("sdkmessageid($select=name),eventhandler_serviceendpoint($select=url)")
                .filter("sdkmessagefilterid/primaryobjecttypecode eq '" + StatusMessage.TABLE + "'");
        return dataverse.readPages(query, settings.pageSize()).stream()
                .map(DataverseSetup::step)
                .toList();
    }

    private static StepRow step(JsonNode row) {
        return new StepRow(
                row.path("name").asText(""),
                row.path("sdkmessageid").path("name").asText(""),
                row.path("mode").asInt(ASYNCHRONOUS) == ASYNCHRONOUS,
                row.path("statecode").asInt(ENABLED) == ENABLED,
                Stream.of(row.path("filteringattributes").asText("").split(","))
                        .map(String::strip)
                        .filter(column -> !column.isEmpty() && !column.equals("null"))
                        .collect(Collectors.toSet()),
                row.path("eventhandler_serviceendpoint").path("url").asText(""));
    }
}
