package dev.lockstep.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectoryBuilderTest {
    private final List<PeopleSource.Person> people = new ArrayList<>();
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final DirectoryBuilder directory =
            new DirectoryBuilder(GivenPlatforms.CATALOGUE, List.of(new Staff()), store, identities);
    private final AgentLookup lookup = new AgentLookup(GivenPlatforms.CATALOGUE, store, identities);

    @Test
    void whoeverASourceKnowsIsAnAgentUnderEveryName() {
        hire("Rita Rep", "Rita@contoso.com", "d-1");

        assertThat(directory.build()).isEqualTo(new DirectoryBuilder.Result(1, List.of()));
        for (String name : List.of("rita@contoso.com", "RITA@contoso.com", "d-1", "e-d-1", "teams#e-d-1")) {
            assertThat(lookup.find(name).map(AgentState::agentId)).as(name).contains("rita@contoso.com");
        }
    }

    @Test
    void whoHasNoPrincipalNameIsNamed() {
        hire("Bot", "", "d-1");

        assertThat(directory.build())
                .isEqualTo(new DirectoryBuilder.Result(0, List.of("Bot has no user principal name in Staff")));
        assertThat(store.all()).isEmpty();
    }

    @Test
    void whoWasRemovedIsNotTakenInAgain() throws AgentStore.Conflict {
        hire("Rita Rep", "rita@contoso.com", "d-1");
        hire("Tom", "tom@contoso.com", "d-2");
        directory.build();
        AgentState rita = store.load("rita@contoso.com").orElseThrow();
        AgentState removed = store.save(rita.remove());

        assertThat(directory.build().agents()).isEqualTo(1);
        assertThat(directory.enrol(people.getFirst())).isEmpty();
        assertThat(store.load("rita@contoso.com")).contains(removed);
        assertThat(lookup.find("d-1")).isEmpty();
    }

    private void hire(String name, String upn, String systemUserId) {
        people.add(
                new PeopleSource.Person(name, upn, Map.of("dynamics", systemUserId), Optional.of("e-" + systemUserId)));
    }

    private final class Staff implements PeopleSource {
        @Override
        public String name() {
            return "Staff";
        }

        @Override
        public List<Person> people() {
            return people;
        }
    }
}
