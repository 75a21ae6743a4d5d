package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.presence.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The presences of an organisation, found by the name that the mapping uses.
 *
 * <p>The out-of-box presences are known by the ids that Microsoft documents (presence-status-sync) or uses itself, whatever
 * they are called in the organisation's language; all others by their name or their status text, whatever its case.
 */
record PresenceCatalogue(List<PresenceRow> rows) {
    static final String AVAILABLE = "Available";
    static final String BUSY = "Busy";

    private static final Map<String, String> OUT_OF_BOX = Map.of(
            "f523f628-c07a-e811-8162-000d3aa11f50", AVAILABLE,
            "efdeb843-c07a-e811-8162-000d3aa11f50", BUSY,
            "08971864-c07a-e811-8162-000d3aa11f50", "Busy - DND",
            "3dacae76-c07a-e811-8162-000d3aa11f50", "Away",
            "70139190-c07a-e811-8162-000d3aa11f50", "Offline",
            "a89ee9cf-453a-4b52-8d7a-ad647feecd5d", "Inactive");

    private static final Map<Integer, Status> BASE = Map.of(
            192360000, Status.AVAILABLE,
            192360001, Status.BUSY,
            192360002, Status.DO_NOT_DISTURB,
            192360003, Status.AWAY,
            192360004, Status.OFFLINE);

    /** Of presences of one name, first what keeps work away and still shows somebody who is there. */
    private static final List<Integer> KEEPING_WORK_AWAY =
            List.of(192360002, 192360003, 192360004, 192360001, 192360000);

    PresenceCatalogue {
        rows = List.copyOf(rows);
    }

    /** The name by which the mapping knows a presence; its id where nothing is known of it. */
    String nameOf(String presenceId) {
        String id = presenceId.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(OUT_OF_BOX.get(id))
                .or(() -> row(id).map(PresenceRow::name))
                .orElse(id);
    }

    /** The id of the presence of that name; of its text only where none is named so. */
    Optional<String> idOf(String name) {
        Optional<String> outOfBox = OUT_OF_BOX.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(name))
                .map(Map.Entry::getKey)
                .findFirst();
        return outOfBox.or(() -> idOf(row -> row.name().equalsIgnoreCase(name)))
                .or(() -> idOf(row -> row.statusText().equalsIgnoreCase(name)));
    }

    private Optional<String> idOf(Predicate<PresenceRow> wanted) {
        return rows.stream()
                .filter(wanted)
                .min(Comparator.comparing((PresenceRow row) -> KEEPING_WORK_AWAY.indexOf(row.base()))
                        .thenComparing(PresenceRow::id))
                .map(row -> row.id().toLowerCase(Locale.ROOT));
    }

    boolean isThere(String presenceId) {
        String id = presenceId.toLowerCase(Locale.ROOT);
        return OUT_OF_BOX.containsKey(id) || row(id).isPresent();
    }

    /** Whether the organisation chose it for who missed an offer of work. */
    boolean isForMissedWork(String presenceId) {
        return row(presenceId).filter(PresenceRow::forMissedWork).isPresent();
    }

    /** What routing sees of a presence. */
    Optional<Status> baseOf(String presenceId) {
        return row(presenceId.toLowerCase(Locale.ROOT)).map(row -> BASE.get(row.base()));
    }

    /** The text that people see, by which a mapping may name a presence too. */
    Optional<String> statusTextOf(String presenceId) {
        return row(presenceId.toLowerCase(Locale.ROOT)).map(PresenceRow::statusText);
    }

    Optional<PresenceRow> row(String id) {
        return rows.stream().filter(row -> row.id().equalsIgnoreCase(id)).findFirst();
    }
}
