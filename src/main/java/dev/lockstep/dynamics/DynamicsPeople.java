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
    public List<Person> people() {
        Map<String, UserRow> users = new LinkedHashMap<>();
        for (StatusRow row : api.statuses()) {
            row.user().filter(UserRow::enabled).ifPresent(user -> users.put(user.systemUserId(), user));
        }
        api.users().stream().filter(UserRow::enabled).forEach(user -> users.put(user.systemUserId(), user));
        return users.values().stream().map(DynamicsPeople::person).toList();
    }

    static Person person(UserRow user) {
        return new Person(
                user.fullName(),
                user.upn(),
                Map.of(DynamicsPlatform.NAME, user.systemUserId()),
                Optional.of(user.entraObjectId()).filter(id -> !id.isBlank()));
    }
}
