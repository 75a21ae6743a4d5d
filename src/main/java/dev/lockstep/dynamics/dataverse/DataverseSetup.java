package dev.lockstep.dynamics.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.dynamics.StatusMessage;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.AppRegistrations;
import dev.lockstep.protocol.entra.Guid;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The organisation's set-up through the Dataverse Web API. */
@Singleton
class DataverseSetup implements SetupApi {
    private static final int ASYNCHRONOUS = 1;
    private static final int ENABLED = 0;

    /** The choice that a queue's assignment method is one of the organisation's own; and that workstreams are picked from. */
    private static final int CUSTOM_METHOD = 192350002;

    private static final int PICK = 192350001;
    private static final String STRATEGY = "msdyn_assignmentstrategy";

    private final DataverseSettings settings;
    private final DataverseSettings.Workstreams names;
    private final ApplicationUsers users;
    private final DataverseConnection dataverse;

    @Inject
    DataverseSetup(DataverseSettings settings, ApplicationUsers users, InstantSource clock, ObjectMapper json) {
        this.settings = settings;
        this.users = users;
        this.names = settings.workstreams();
        this.dataverse = new DataverseConnection(settings, users, clock, json, (budget, left) -> {});
    }

    @Override
    public String whoAmI() {
        return userId(dataverse.readIfThere(ODataQuery.of("WhoAmI")));
    }

    @Override
    public String whoWrites() {
        return userId(dataverse.readAsCaller(ODataQuery.of("WhoAmI")));
    }

    @Override
    public Map<String, Optional<String>> whoShares() {
        Map<String, Optional<String>> troubles = new LinkedHashMap<>();
        users.all().forEach(user -> troubles.put(user.clientId(), trouble(user)));
        return troubles;
    }

    private Optional<String> trouble(AppRegistrations.Registration user) {
        try {
            dataverse.whoAmI(user);
            return Optional.empty();
        } catch (PlatformException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static String userId(Optional<JsonNode> whoAmI) {
        return whoAmI.flatMap(answer -> Guid.of(answer.path("UserId").asText("")))
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
    public Map<RoutingException, List<String>> routingExceptions() {
        Map<RoutingException, List<String>> found = new EnumMap<>(RoutingException.class);
        String affinity = "msdyn_enableagentaffinity";
        String mode = "msdyn_workdistributionmode";
        String picking = "msdyn_enableselectingfrompushbasedworkstreams";
        String preferred = "msdyn_enable_preferred_agent_routing";
        named(queues(), "name", row -> row.path(STRATEGY).asInt() == CUSTOM_METHOD)
                .ifPresent(names -> found.put(RoutingException.CUSTOM_ASSIGNMENT, names));
        named(workstreams(affinity), names.name(), row -> row.path(affinity).asBoolean())
                .ifPresent(names -> found.put(RoutingException.AGENT_AFFINITY, names));
        named(workstreams(mode + "," + picking), names.name(), row -> isPicked(row, mode, picking))
                .ifPresent(names -> found.put(RoutingException.PICKED, names));
        named(
                        ODataQuery.of("msdyn_omnichannelconfigurations").select(preferred),
                        "",
                        row -> row.path(preferred).asBoolean())
                .ifPresent(names -> found.put(RoutingException.PREFERRED_AGENTS, names));
        return found;
    }

    private static ODataQuery queues() {
        return ODataQuery.of("queues").select("name," + STRATEGY).filter("msdyn_isomnichannelqueue eq true");
    }

    private ODataQuery workstreams(String columns) {
        return ODataQuery.of(names.table()).select(names.name() + "," + columns);
    }

    private static boolean isPicked(JsonNode row, String mode, String picking) {
        return row.path(mode).asInt() == PICK || row.path(picking).asBoolean();
    }

    /** Not every release has every column, and not everybody may read every table. */
    private Optional<List<String>> named(ODataQuery query, String name, Predicate<JsonNode> which) {
        try {
            return Optional.of(dataverse.readPages(query, settings.pageSize()).stream()
                    .filter(which)
                    .map(row -> row.path(name).asText("the organisation"))
                    .toList());
        } catch (PlatformException.Rejected | PlatformException.PermissionMissing | PlatformException.NotSignedIn e) {
            return Optional.empty();
        }
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
