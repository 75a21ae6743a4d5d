package dev.lockstep.dynamics.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.concurrent.Batches;
import dev.lockstep.dynamics.dataverse.DataverseClient.ModifyAgentPresence;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.QuotaWatch;
import dev.lockstep.platform.Warmable;
import dev.lockstep.protocol.entra.Guid;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Representatives through the Dataverse Web API. */
@Singleton
public class DataverseOmnichannel implements OmnichannelApi, Warmable {
    private static final String ACTIVE = "statecode eq 0";

    /** A filter that names each id stays well under every limit of a URL's length. */
    static final int IDS_PER_QUERY = 25;

    /** From here on reading everybody takes fewer requests than naming them. */
    static final int FEW = 100;

    private static final String USER = "systemuserid,azureactivedirectoryobjectid,fullname,internalemailaddress,"
            + "domainname,isdisabled,accessmode,applicationid";
    private static final String STATUS_DETAIL =
            "msdyn_agentid($select=" + USER + "),msdyn_currentpresenceid($select=msdyn_presenceid)";

    private final DataverseSettings settings;
    private final DirectorySettings directory;
    private final ApplicationUsers users;
    private final DataverseConnection dataverse;
    private final StatusColumns columns = new StatusColumns();

    @Inject
    public DataverseOmnichannel(
            DataverseSettings settings,
            DirectorySettings directory,
            ApplicationUsers users,
            InstantSource clock,
            ObjectMapper json,
            QuotaWatch quota) {
        this.settings = settings;
        this.directory = directory;
        this.users = users;
        this.dataverse = new DataverseConnection(settings, users, clock, json, quota);
    }

    @Override
    public void warm() {
        settings.url().ifPresent(url -> dataverse.warm());
    }

    @Override
    public void modify(String agentId, String systemUserId, String presenceId) {
        dataverse.modify(new ModifyAgentPresence("1.0", systemUserId, presenceId), users.of(agentId));
    }

    @Override
    public List<PresenceRow> presences() {
        ODataQuery query = ODataQuery.of("msdyn_presences")
                .select("msdyn_presenceid,msdyn_name,msdyn_presencestatustext,msdyn_basepresencestatus")
                .filter(ACTIVE);
        List<PresenceRow> presences = all(query, DataverseRows::presence);
        Set<String> forMissedWork = forMissedWork();
        return presences.stream()
                .map(row -> row.forMissedWork(forMissedWork.contains(row.id())))
                .toList();
    }

    /** An organisation may name another presence than Inactive. Who may not read that, or has no such setting, has none. */
    private Set<String> forMissedWork() {
        try {
            return Set.copyOf(all(
                    ODataQuery.of("msdyn_omnichannelconfigurations").select(DataverseRows.PRESENCE_FOR_MISSED_WORK),
                    DataverseRows::presenceForMissedWork));
        } catch (PlatformException.Rejected | PlatformException.PermissionMissing | PlatformException.NotSignedIn e) {
            return Set.of();
        }
    }

    @Override
    public List<StatusRow> statuses() {
        return knowingColumns(
                () -> newest(all(statusQuery("msdyn_agentstatuses").filter(ACTIVE), DataverseRows::status)));
    }

    @Override
    public List<StatusRow> statuses(Collection<String> systemUserIds) {
        List<String> ids = systemUserIds.stream()
                .flatMap(id -> Guid.of(id).stream())
                .distinct()
                .toList();
        if (ids.size() > FEW) {
            Set<String> asked = new HashSet<>(ids);
            return statuses().stream()
                    .filter(row -> asked.contains(row.systemUserId()))
                    .toList();
        }
        return newest(Batches.of(ids, IDS_PER_QUERY)
                .map(some -> ACTIVE + " and (" + anyOf("_msdyn_agentid_value", some) + ")")
                .flatMap(filter ->
                        knowingColumns(
                                () -> all(statusQuery("msdyn_agentstatuses").filter(filter), DataverseRows::status))
                                .stream())
                .toList());
    }

    /** Some representatives have several rows, of which only the one that Dynamics still writes tells something. */
    private static List<StatusRow> newest(List<StatusRow> rows) {
        Map<String, StatusRow> byAgent = new LinkedHashMap<>();
        rows.forEach(row -> byAgent.merge(row.systemUserId(), row, DataverseOmnichannel::newer));
        return List.copyOf(byAgent.values());
    }

    private static StatusRow newer(StatusRow one, StatusRow other) {
        return changedOn(other).isBefore(changedOn(one)) ? one : other;
    }

    private static Instant changedOn(StatusRow row) {
        return Optional.ofNullable(row.fields().get(StatusFields.CHANGED_ON))
                .map(Instant::parse)
                .orElse(Instant.MIN);
    }

    @Override
    public Optional<StatusRow> status(String statusRowId) {
        return Guid.of(statusRowId)
                .flatMap(id -> knowingColumns(() -> dataverse
                        .readIfThere(statusQuery("msdyn_agentstatuses(" + id + ")"))
                        .flatMap(row -> DataverseRows.status(row).findFirst())));
    }

    @Override
    public List<UserRow> users() {
        return all(userQuery().filter(directory.filter()), DataverseRows::user);
    }

    @Override
    public Optional<UserRow> user(String id) {
        Optional<String> guid = Guid.of(id);
        String quoted = "'" + id.replace("'", "''") + "'";
        List<String> filters = guid.map(it -> List.of("systemuserid eq " + it, "azureactivedirectoryobjectid eq " + it))
                .orElse(List.of("domainname eq " + quoted, "internalemailaddress eq " + quoted));
        return filters.stream()
                .flatMap(filter -> all(userQuery().filter(filter), DataverseRows::user).stream())
                .findFirst();
    }

    @Override
    public List<BookingRow> bookings(Instant from, Instant to) {
        String setup = Guid.of(settings.bookingSetup())
                .orElseThrow(() -> new PlatformException.Rejected("lockstep.dynamics.booking-setup is not an id"));
        ODataQuery query = ODataQuery.of("bookableresourcebookings")
                .select("bookableresourcebookingid,starttime,endtime")
                .expand("Resource($select=bookableresourceid,_userid_value),BookingStatus($select=status)")
                .filter(ACTIVE + " and BookingStatus/status ne 3 and _msdyn_bookingsetupmetadataid_value eq " + setup
                        + " and starttime le " + to + " and endtime ge " + from)
                .orderBy("_resource_value,starttime");
        return all(query, DataverseRows::booking);
    }

    private ODataQuery statusQuery(String resource) {
        return ODataQuery.of(resource).select(columns.select()).expand(STATUS_DETAIL);
    }

    private static ODataQuery userQuery() {
        return ODataQuery.of("systemusers").select(USER);
    }

    /** Asks again without the columns that the organisation says it does not have, and never for those after that. */
    private <T> T knowingColumns(Supplier<T> query) {
        while (true) {
            try {
                return query.get();
            } catch (PlatformException.Rejected e) {
                if (!columns.learnFrom(e.getMessage())) {
                    throw e;
                }
            }
        }
    }

    private <T> List<T> all(ODataQuery query, Function<JsonNode, Stream<T>> toRow) {
        List<T> rows = new ArrayList<>();
        dataverse
                .readPages(query, settings.pageSize())
                .forEach(row -> toRow.apply(row).forEach(rows::add));
        return rows;
    }

    private static String anyOf(String column, List<String> ids) {
        return ids.stream().map(id -> column + " eq " + id).collect(Collectors.joining(" or "));
    }
}
