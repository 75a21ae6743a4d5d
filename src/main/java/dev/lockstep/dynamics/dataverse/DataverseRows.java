package dev.lockstep.dynamics.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.BookingRow;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.StatusRow;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.UserRow;
import dev.lockstep.protocol.entra.Guid;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows of the Web API as records; a row that lacks what makes it one is left out. */
final class DataverseRows {
    static final String PRESENCE_FOR_MISSED_WORK = "_msdyn_inactive_presence_lookup_value";

    /** systemuser.accessmode of people; others are for administrators, support and programs. */
    private static final int READ_WRITE = 0;

    /** bookingstatus.status; 1 is proposed, 3 is cancelled. */
    private static final int COMMITTED = 2;

    private DataverseRows() {}

    static Stream<String> presenceForMissedWork(JsonNode row) {
        return guid(row, PRESENCE_FOR_MISSED_WORK).stream();
    }

    static Stream<PresenceRow> presence(JsonNode row) {
        String name = text(row, "msdyn_name").orElse("");
        return guid(row, "msdyn_presenceid")
                .filter(id -> row.path("msdyn_basepresencestatus").canConvertToInt())
                .map(id -> new PresenceRow(
                        id,
                        name,
                        text(row, "msdyn_presencestatustext").orElse(name),
                        row.path("msdyn_basepresencestatus").intValue()))
                .stream();
    }

    /** Bots have status rows too; nobody may set theirs. */
    static Stream<StatusRow> status(JsonNode row) {
        JsonNode agent = row.path("msdyn_agentid");
        if (text(agent, "applicationid").isPresent()) {
            return Stream.empty();
        }
        return guid(row, "_msdyn_agentid_value")
                .or(() -> guid(agent, "systemuserid"))
                .map(id -> new StatusRow(id, statusFields(row), user(agent).findFirst()))
                .stream();
    }

    private static Map<String, String> statusFields(JsonNode row) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(StatusFields.BY, "read");
        time(row, "modifiedon").ifPresent(at -> fields.put(StatusFields.CHANGED_ON, at.toString()));
        StatusRowFields.read(name -> text(row, "_" + name + "_value").or(() -> text(row, name)), fields);
        guid(row.path("msdyn_currentpresenceid"), "msdyn_presenceid")
                .ifPresent(id -> fields.putIfAbsent(StatusFields.PRESENCE_ID, id));
        return fields;
    }

    static Stream<UserRow> user(JsonNode row) {
        String mail = text(row, "internalemailaddress").orElse("");
        return guid(row, "systemuserid")
                .map(id -> new UserRow(
                        id,
                        guid(row, "azureactivedirectoryobjectid").orElse(""),
                        text(row, "fullname").orElse(""),
                        text(row, "domainname").orElse(mail),
                        !row.path("isdisabled").asBoolean(false)
                                && text(row, "applicationid").isEmpty()
                                && row.path("accessmode").asInt(READ_WRITE) == READ_WRITE))
                .stream();
    }

    static Stream<BookingRow> booking(JsonNode row) {
        Optional<String> user = guid(row.path("Resource"), "_userid_value");
        Optional<Instant> start = time(row, "starttime");
        Optional<Instant> end = time(row, "endtime");
        return user.isPresent() && start.isPresent() && end.isPresent()
                ? Stream.of(new BookingRow(user.get(), start.get(), end.get(), isCommitted(row)))
                : Stream.empty();
    }

    private static boolean isCommitted(JsonNode row) {
        return row.path("BookingStatus").path("status").asInt() == COMMITTED;
    }

    private static Optional<Instant> time(JsonNode row, String column) {
        return text(row, column).flatMap(DataverseTime::parse);
    }

    private static Optional<String> guid(JsonNode row, String column) {
        return text(row, column).flatMap(Guid::of);
    }

    private static Optional<String> text(JsonNode row, String column) {
        JsonNode value = row.path(column);
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asText()).filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
