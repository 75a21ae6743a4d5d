package dev.lockstep.dynamics;

import dev.lockstep.Defaults;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.platform.Observation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of {@code msdyn_agentstatus}, short to write down. */
public final class GivenDynamics {
    static final String AVAILABLE = "f523f628-c07a-e811-8162-000d3aa11f50";
    static final String BUSY = "efdeb843-c07a-e811-8162-000d3aa11f50";
    static final String DND = "08971864-c07a-e811-8162-000d3aa11f50";
    static final String AWAY = "3dacae76-c07a-e811-8162-000d3aa11f50";
    static final String OFFLINE = "70139190-c07a-e811-8162-000d3aa11f50";
    static final String ON_A_CALL = "0a0a0a0a-0000-4000-8000-000000000001";
    static final String INACTIVE = "0a0a0a0a-0000-4000-8000-000000000002";

    static final String LUNCH = "0a0a0a0a-0000-4000-8000-000000000003";
    static final String CHAT_ONLY = "0a0a0a0a-0000-4000-8000-000000000004";
    static final String TRAINING = "0a0a0a0a-0000-4000-8000-000000000005";

    static final PresenceCatalogue PRESENCES = new PresenceCatalogue(List.of(
            new PresenceRow(AVAILABLE, "Available", "Available", 192360000),
            new PresenceRow(BUSY, "Busy", "Busy", 192360001),
            new PresenceRow(DND, "Busy - DND", "Do not disturb", 192360002),
            new PresenceRow(AWAY, "Away", "Appear away", 192360003),
            new PresenceRow(OFFLINE, "Offline", "Offline", 192360004),
            new PresenceRow(INACTIVE, "Inactive", "Inactive", 192360003),
            new PresenceRow(ON_A_CALL, "On a call", "On a call", 192360002),
            new PresenceRow(LUNCH, "Lunch", "Lunch", 192360003),
            new PresenceRow(CHAT_ONLY, "Chat only", "Chat only", 192360000),
            new PresenceRow(TRAINING, "Training", "Training", 192360002)));

    static final DynamicsSettings RULES = Defaults.of(DynamicsSettings.class);

    static final String LOGIN = "192350003";
    static final String RECONNECT = "192350004";
    static final String LOGOUT = "192350005";
    static final String SET_PRESENCE = "192350006";
    static final String REJECTED = "192350008";

    private GivenDynamics() {}

    /** A row as it was read or told. */
    static final class Row {
        private final Map<String, String> fields = new HashMap<>();

        static Row of(String presenceId, Instant modifiedOn) {
            return new Row()
                    .with(StatusFields.PRESENCE_ID, presenceId)
                    .with(StatusFields.PRESENCE_MODIFIED_ON, modifiedOn.toString())
                    .with(StatusFields.CHANGED_ON, modifiedOn.toString())
                    .with(StatusFields.LOGGED_IN, "true")
                    .with(StatusFields.CONVERSATIONS, "0")
                    .with(StatusFields.BY, "webhook")
                    .bySystem("192350004");
        }

        Row with(String field, String value) {
            fields.put(field, value);
            return this;
        }

        Row without(String field) {
            fields.remove(field);
            return this;
        }

        Row bySystem(String event) {
            return with(StatusFields.MODIFIED_BY, "SYSTEM").with(StatusFields.EVENT, event);
        }

        Row byPerson() {
            return with(StatusFields.MODIFIED_BY, "AGENT").with(StatusFields.EVENT, SET_PRESENCE);
        }

        Row working(int conversations) {
            return with(StatusFields.CONVERSATIONS, String.valueOf(conversations));
        }

        Row loggedOut() {
            return with(StatusFields.LOGGED_IN, "false");
        }

        Row read() {
            return with(StatusFields.BY, "read");
        }

        Observation at(Instant askedAt) {
            return new Observation(DynamicsPlatform.NAME, askedAt, fields);
        }
    }
}
