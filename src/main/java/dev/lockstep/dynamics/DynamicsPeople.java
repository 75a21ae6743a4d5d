package dev.lockstep.dynamics;

import dev.lockstep.directory.PeopleSource;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.StatusRow;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.UserRow;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The representatives. A representative's row in Dataverse names the same person's object in Entra. */
@Singleton
final class DynamicsPeople implements PeopleSource {
    private final OmnichannelApi api;

    @Inject
    DynamicsPeople(OmnichannelApi api) {
        this.api = api;
    }

    @Override
    public String name() {
        return "Dataverse";
    }

    @Override
    public String platform() {
        return DynamicsPlatform.NAME;
    }

    @Override
    public String choice() {
        return "lockstep.directory.filter, and by who has a status row";
    }

    /** A status row whose user is not told may be anybody's whom we may not read. */
    @Override
    public Reading read() {
        List<StatusRow> rows = api.statuses();
        Map<String, UserRow> users = new LinkedHashMap<>();
        rows.stream().flatMap(row -> row.user().stream()).forEach(user -> users.put(user.systemUserId(), user));
        api.users().forEach(user -> users.put(user.systemUserId(), user));
        boolean isComplete = rows.stream().map(StatusRow::systemUserId).allMatch(users::containsKey);
        List<Person> people = users.values().stream()
                .filter(UserRow::enabled)
                .map(DynamicsPeople::person)
                .toList();
        return new Reading(people, isComplete);
    }

    static Person person(UserRow user) {
        return new Person(
                user.fullName(),
                user.upn(),
                Map.of(DynamicsPlatform.NAME, user.systemUserId()),
                Optional.of(user.entraObjectId()).filter(id -> !id.isBlank()));
    }
}
