package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.platform.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a row shows when something is told of it. Messages come in any order and hold only what was changed, so the
 * presence and the rest are kept apart, each the newest of its own order.
 */
record MergedRow(StatusView known, StatusView news) {
    private static final Set<String> PRESENCE_COLUMNS = Set.of(
            StatusFields.PRESENCE_ID,
            StatusFields.PRESENCE_MODIFIED_ON,
            StatusFields.WHOLE_SECONDS,
            StatusFields.MODIFIED_BY,
            StatusFields.MODIFIED_BY_USER,
            StatusFields.EVENT);

    /** @param known what was told before, if anything was */
    static Observation of(Optional<StatusView> known, StatusView news) {
        return known.map(before -> new MergedRow(before, news).observation()).orElse(news.observation());
    }

    private Observation observation() {
        Observation before = known.observation();
        Observation after = news.observation();
        Map<String, String> columns = new HashMap<>();
        overlay(columns, !news.isOlderThan(known), PRESENCE_COLUMNS::contains);
        overlay(columns, !news.changeTime().isBefore(known.changeTime()), column -> !PRESENCE_COLUMNS.contains(column));
        // Whatever has happened since, the presence was set by the event that it is known by.
        if (known.isArrival() && news.isOfPresence(known)) {
            columns.put(StatusFields.EVENT, before.field(StatusFields.EVENT).orElseThrow());
        }
        columns.remove(StatusFields.LAGS);
        after.field(StatusFields.LAGS).ifPresent(lags -> columns.put(StatusFields.LAGS, lags));
        return new Observation(
                after.platform(),
                before.askedAt().isAfter(after.askedAt()) ? before.askedAt() : after.askedAt(),
                columns);
    }

    private void overlay(Map<String, String> columns, boolean isNewer, Predicate<String> group) {
        Stream.of(isNewer ? known : news, isNewer ? news : known)
                .flatMap(view -> view.observation().shown().entrySet().stream())
                .filter(column -> group.test(column.getKey()))
                .forEach(column -> columns.put(column.getKey(), column.getValue()));
    }
}
