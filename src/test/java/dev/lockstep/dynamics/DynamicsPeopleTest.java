package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.directory.PeopleSource.Person;
import dev.lockstep.directory.PeopleSource.Reading;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.StatusRow;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.UserRow;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DynamicsPeopleTest {
    private static final UserRow RITA = new UserRow("d-1", "e-1", "Rita Rep", "rita@contoso.com", true);
    private static final UserRow GONE = new UserRow("d-2", "e-2", "Otto Old", "otto@contoso.com", false);

    private final List<StatusRow> rows = new ArrayList<>();
    private final List<UserRow> users = new ArrayList<>();
    private final DynamicsPeople people = new DynamicsPeople((OmnichannelApi) Proxy.newProxyInstance(
            OmnichannelApi.class.getClassLoader(),
            new Class<?>[] {OmnichannelApi.class},
            (proxy, method, given) -> switch (method.getName()) {
                case "statuses" -> List.copyOf(rows);
                case "users" -> List.copyOf(users);
                default -> throw new AssertionError(method + " was called");
            }));

    private static StatusRow row(String systemUserId, Optional<UserRow> user) {
        return new StatusRow(systemUserId, Map.of(), user);
    }

    @Test
    void whoIsSwitchedOffIsNobodyThoughTheirRowStays() {
        rows.add(row("d-1", Optional.of(RITA)));
        rows.add(row("d-2", Optional.of(GONE)));
        users.add(RITA);

        Reading reading = people.read();
        assertThat(reading.isComplete()).isTrue();
        assertThat(reading.people()).extracting(Person::upn).containsExactly("rita@contoso.com");
    }

    @Test
    void aRowThatDoesNotTellWhoseItIsMakesTheReadingIncomplete() {
        rows.add(row("d-1", Optional.empty()));
        assertThat(people.read().isComplete()).isFalse();

        users.add(RITA);
        assertThat(people.read())
                .as("the users tell it")
                .satisfies(reading -> assertThat(reading.isComplete()).isTrue())
                .satisfies(reading -> assertThat(reading.people()).hasSize(1));
    }
}
