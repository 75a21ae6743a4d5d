package dev.lockstep.local.dynamics.table;

import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.AgentStatus;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.Conversation;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.model.StatusHistory;
import dev.lockstep.local.dynamics.model.WorkforceBooking;
import dev.lockstep.local.dynamics.model.Workstream;
import dev.lockstep.local.dynamics.table.Column.Kind;
import dev.lockstep.local.dynamics.webapi.ApplicationUser;
import dev.lockstep.local.dynamics.webhook.Registrations;
import dev.lockstep.local.dynamics.webhook.SystemJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The tables that the simulated organisation shows, with the columns that their references document. */
public final class Catalogue {
    private final ContactCenter center;
    private final Supplier<Collection<ApplicationUser>> applications;

    public Catalogue(ContactCenter center, Supplier<Collection<ApplicationUser>> applications) {
        this.center = center;
        this.applications = applications;
    }

    public Schema schema() {
        Schema schema = new Schema();
        List.of(users(), presences(), agentStatuses(), history(), conversations(), workstreams())
                .forEach(schema::add);
        List.of(bookings(), resources(), bookingStatuses(), activityTypes()).forEach(schema::add);
        List.of(messages(), messageFilters(), endpoints(), steps(), images(), jobs())
                .forEach(schema::add);
        return schema;
    }

    private Table users() {
        return Table.named("systemusers", "systemuser", "systemuserid")
                .with(Kind.TEXT, "fullname", "internalemailaddress", "domainname", "systemuserroles_association")
                .with(Kind.CHOICE, "accessmode")
                .with(Kind.GUID, "azureactivedirectoryobjectid", "applicationid")
                .with(Kind.YES_NO, "isdisabled")
                .lookup("msdyn_defaultpresenceiduser", "msdyn_DefaultPresenceIdUser", "msdyn_presence")
                .rows(this::userRows);
    }

    private Collection<Map<String, Object>> userRows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        center.presence().agents().forEach(agent -> rows.add(user(agent.who())));
        applications.get().forEach(one -> rows.add(user(one)));
        return rows;
    }

    private static Map<String, Object> user(Representative who) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("systemuserid", who.id());
        row.put("fullname", who.name());
        row.put("internalemailaddress", who.upn());
        row.put("domainname", who.upn());
        row.put("azureactivedirectoryobjectid", who.entraId());
        row.put("applicationid", who.applicationId().orElse(null));
        row.put("isdisabled", who.disabled());
        row.put("accessmode", new Choice(0, "Read-Write"));
        row.put("systemuserroles_association", ApplicationUser.AGENT);
        Lookup preset = who.defaultPresence()
                .map(id -> new Lookup("msdyn_presence", id, null))
                .orElse(null);
        row.put("msdyn_defaultpresenceiduser", preset);
        return row;
    }

    private static Map<String, Object> user(ApplicationUser application) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("systemuserid", application.id());
        row.put("fullname", "# " + application.name());
        row.put("domainname", application.clientId().toString());
        row.put("azureactivedirectoryobjectid", application.clientId());
        row.put("applicationid", application.clientId());
        row.put("isdisabled", false);
        row.put("accessmode", new Choice(4, "Non-interactive"));
        return row;
    }

    private Table presences() {
        return Table.named("msdyn_presences", "msdyn_presence", "msdyn_presenceid")
                .with(Kind.TEXT, "msdyn_name", "msdyn_presencestatustext", "msdyn_description")
                .with(Kind.CHOICE, "msdyn_basepresencestatus", "statecode", "statuscode")
                .with(Kind.YES_NO, "msdyn_canuserset")
                .rows(() -> center.presence().presences().stream()
                        .map(Catalogue::presence)
                        .toList());
    }

    static Map<String, Object> presence(Presence one) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("msdyn_presenceid", one.id());
        row.put("msdyn_name", one.name());
        row.put("msdyn_presencestatustext", one.text());
        row.put("msdyn_description", null);
        row.put(
                "msdyn_basepresencestatus",
                new Choice(one.base().value(), one.base().label()));
        row.put("msdyn_canuserset", one.userSettable());
        row.put("statecode", one.active() ? Choice.ACTIVE : Choice.INACTIVE);
        row.put("statuscode", one.active() ? new Choice(1, "Active") : new Choice(2, "Inactive"));
        return row;
    }

    private Table agentStatuses() {
        return Table.named("msdyn_agentstatuses", AgentStatus.TABLE, "msdyn_agentstatusid")
                .lookup("msdyn_agentid", "msdyn_agentid", "systemuser")
                .lookup("msdyn_currentpresenceid", "msdyn_currentpresenceid", "msdyn_presence")
                .lookup("msdyn_nextpresenceid", "msdyn_nextpresenceid", "msdyn_presence")
                .lookup("msdyn_presencemodifiedbyuserid", "msdyn_presencemodifiedbyuserid", "systemuser")
                .with(Kind.YES_NO, "msdyn_isagentloggedin", "msdyn_isblockedbysomeprofile")
                .with(Kind.INSTANT, "msdyn_presencemodifiedon", "msdyn_capacitymodifiedon", "createdon", "modifiedon")
                .with(
                        Kind.TEXT,
                        "msdyn_presencemodifiedonwithmilliseconds",
                        "msdyn_capacitymodifiedonwithmilliseconds",
                        "msdyn_presencemodifiedby")
                .with(Kind.CHOICE, "msdyn_eventname", "msdyn_subeventname", "statecode", "statuscode")
                .with(Kind.NUMBER, "msdyn_assignedconversationcount", "msdyn_availableunitscapacity")
                .lookup("modifiedby", "modifiedby", "systemuser")
                .lookup("ownerid", "ownerid", "systemuser")
                .with(Kind.BIG_NUMBER, "versionnumber")
                .rows(() -> center.presence().rows().stream()
                        .map(center.presence().office()::columns)
                        .toList());
    }

    private Table history() {
        return Table.named("msdyn_agentstatushistories", StatusHistory.TABLE, "msdyn_agentstatushistoryid")
                .lookup("msdyn_agentid", "msdyn_Agentid", "systemuser")
                .lookup("msdyn_presenceid", "msdyn_presenceid", "msdyn_presence")
                .with(Kind.YES_NO, "msdyn_isagentloggedin")
                .with(Kind.INSTANT, "msdyn_starttime", "msdyn_endtime", "createdon")
                .with(Kind.NUMBER, "msdyn_availablecapacity", "msdyn_assignedconversationcount")
                .with(Kind.CHOICE, "msdyn_eventname")
                .with(Kind.BIG_NUMBER, "versionnumber")
                .rows(() -> center.presence().agents().stream()
                        .flatMap(agent -> center.presence().history(agent.who().id()).stream())
                        .map(StatusHistory::columns)
                        .toList());
    }

    private Table conversations() {
        return Table.named("msdyn_ocliveworkitems", Conversation.TABLE, "activityid")
                .with(Kind.TEXT, "subject")
                .lookup("msdyn_activeagentid", "msdyn_activeagentid", "systemuser")
                .with(Kind.CHOICES, "msdyn_channel")
                .with(Kind.YES_NO, "msdyn_isagentaccepted")
                .with(
                        Kind.INSTANT,
                        "msdyn_startedon",
                        "msdyn_wrapupinitiatedon",
                        "msdyn_closedon",
                        "createdon",
                        "modifiedon")
                .with(Kind.CHOICE, "msdyn_conversationactivitystate", "statecode", "statuscode")
                .with(Kind.BIG_NUMBER, "versionnumber")
                .rows(() -> center.presence().conversations().stream()
                        .map(Conversation::columns)
                        .toList());
    }

    private Table workstreams() {
        return Table.named("msdyn_liveworkstreams", "msdyn_liveworkstream", "msdyn_liveworkstreamid")
                .with(Kind.TEXT, "msdyn_name")
                .with(Kind.CHOICES, "msdyn_allowedpresences")
                .with(Kind.NUMBER, "msdyn_capacityrequired")
                .with(Kind.CHOICE, "statecode")
                .rows(() -> center.presence().workstreams().stream()
                        .map(Catalogue::workstream)
                        .toList());
    }

    private static Map<String, Object> workstream(Workstream one) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("msdyn_liveworkstreamid", one.id());
        row.put("msdyn_name", one.name());
        List<Choice> allowed = Arrays.stream(BasePresence.values())
                .filter(one.allowedPresences()::contains)
                .map(base -> new Choice(base.value(), base.label()))
                .toList();
        row.put("msdyn_allowedpresences", new SelectedChoices(allowed));
        row.put("msdyn_capacityrequired", one.units());
        row.put("statecode", Choice.ACTIVE);
        return row;
    }

    private Table bookings() {
        return Table.named("bookableresourcebookings", WorkforceBooking.TABLE, "bookableresourcebookingid")
                .with(Kind.TEXT, "name")
                .with(Kind.INSTANT, "starttime", "endtime", "createdon", "modifiedon")
                .with(Kind.NUMBER, "duration")
                .lookup("resource", "Resource", "bookableresource")
                .lookup("bookingstatus", "BookingStatus", "bookingstatus")
                .lookup("msdyn_shiftactivitytype", "msdyn_shiftactivitytype", "msdyn_shiftactivitytype")
                .lookup("msdyn_shiftplan", "msdyn_shiftplan", "msdyn_shiftplan")
                .lookup("msdyn_bookingsetupmetadataid", "msdyn_BookingSetupMetadataId", "msdyn_bookingsetupmetadata")
                .with(Kind.CHOICE, "bookingtype", "msdyn_bookingmethod", "statecode", "statuscode")
                .with(Kind.BIG_NUMBER, "versionnumber")
                .rows(() -> center.shifts().bookings().stream()
                        .map(WorkforceBooking::columns)
                        .toList());
    }

    private Table resources() {
        return Table.named("bookableresources", "bookableresource", "bookableresourceid")
                .with(Kind.TEXT, "name")
                .with(Kind.CHOICE, "resourcetype", "statecode")
                .lookup("userid", "UserId", "systemuser")
                .rows(() -> center.presence().agents().stream()
                        .filter(agent -> agent.who().applicationId().isEmpty())
                        .map(agent -> resource(agent.who()))
                        .toList());
    }

    private static Map<String, Object> resource(Representative who) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("bookableresourceid", WorkforceBooking.resourceOf(who.id()));
        row.put("name", who.name());
        row.put("resourcetype", new Choice(3, "User"));
        row.put("userid", Lookup.user(who.id(), who.name()));
        row.put("statecode", Choice.ACTIVE);
        return row;
    }

    private Table bookingStatuses() {
        return Table.named("bookingstatuses", "bookingstatus", "bookingstatusid")
                .with(Kind.TEXT, "name")
                .with(Kind.CHOICE, "status", "statecode")
                .rows(() -> Arrays.stream(WorkforceBooking.State.values())
                        .map(WorkforceBooking.State::columns)
                        .toList());
    }

    private Table activityTypes() {
        return Table.named("msdyn_shiftactivitytypes", "msdyn_shiftactivitytype", "msdyn_shiftactivitytypeid")
                .with(Kind.TEXT, "msdyn_name")
                .with(Kind.CHOICE, "msdyn_shiftassignmentstatus", "statecode")
                .rows(() -> Arrays.stream(WorkforceBooking.Activity.values())
                        .map(WorkforceBooking.Activity::columns)
                        .toList());
    }

    private static Table messages() {
        return Table.named("sdkmessages", "sdkmessage", "sdkmessageid")
                .with(Kind.TEXT, "name")
                .rows(() -> Registrations.MESSAGES.stream()
                        .map(name ->
                                Map.<String, Object>of("sdkmessageid", Registrations.messageId(name), "name", name))
                        .toList());
    }

    private static Table messageFilters() {
        return Table.named("sdkmessagefilters", "sdkmessagefilter", "sdkmessagefilterid")
                .with(Kind.TEXT, "primaryobjecttypecode")
                .lookup("sdkmessageid", "sdkmessageid", "sdkmessage")
                .rows(Catalogue::messageFilterRows);
    }

    private static Collection<Map<String, Object>> messageFilterRows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String message : Registrations.MESSAGES) {
            UUID messageId = Registrations.messageId(message);
            for (String table : Registrations.HEARABLE) {
                rows.add(Map.of(
                        "sdkmessagefilterid",
                        Registrations.filterId(message, table),
                        "primaryobjecttypecode",
                        table,
                        "sdkmessageid",
                        new Lookup("sdkmessage", messageId, message)));
            }
        }
        return rows;
    }

    private Table endpoints() {
        return Table.named("serviceendpoints", "serviceendpoint", "serviceendpointid")
                .with(Kind.TEXT, "name", "url", "authvalue")
                .with(Kind.CHOICE, "contract", "messageformat", "authtype")
                .with(Kind.YES_NO, "isauthvalueset")
                .rows(() -> List.copyOf(center.webhooks().registrations().endpointRows()));
    }

    private Table steps() {
        return Table.named("sdkmessageprocessingsteps", "sdkmessageprocessingstep", "sdkmessageprocessingstepid")
                .with(Kind.TEXT, "name", "filteringattributes")
                .with(Kind.CHOICE, "stage", "mode", "statecode", "statuscode")
                .with(Kind.NUMBER, "rank")
                .with(Kind.YES_NO, "asyncautodelete")
                .lookup("eventhandler", "eventhandler_serviceendpoint", "serviceendpoint")
                .lookup("sdkmessageid", "sdkmessageid", "sdkmessage")
                .lookup("sdkmessagefilterid", "sdkmessagefilterid", "sdkmessagefilter")
                .rows(() -> List.copyOf(center.webhooks().registrations().stepRows()));
    }

    private Table images() {
        return Table.named(
                        "sdkmessageprocessingstepimages",
                        "sdkmessageprocessingstepimage",
                        "sdkmessageprocessingstepimageid")
                .with(Kind.TEXT, "name", "entityalias", "attributes")
                .with(Kind.CHOICE, "imagetype")
                .lookup("sdkmessageprocessingstepid", "sdkmessageprocessingstepid", "sdkmessageprocessingstep")
                .rows(() -> List.copyOf(center.webhooks().registrations().imageRows()));
    }

    private Table jobs() {
        return Table.named("asyncoperations", "asyncoperation", "asyncoperationid")
                .with(Kind.TEXT, "name", "friendlymessage", "message")
                .with(Kind.NUMBER, "errorcode", "retrycount")
                .with(Kind.CHOICE, "statecode", "statuscode")
                .with(Kind.INSTANT, "createdon", "completedon")
                .lookup("owningextensionid", "owningextensionid", "sdkmessageprocessingstep")
                .rows(() -> center.webhooks().jobs().stream()
                        .map(SystemJob::columns)
                        .toList());
    }
}
