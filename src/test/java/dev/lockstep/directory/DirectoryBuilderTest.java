package dev.lockstep.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Configured;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.directory.PeopleSource.Person;
import dev.lockstep.failure.RecordedLog;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Identities;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DirectoryBuilderTest {
    private static final String RITA = "rita@contoso.com";

    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private boolean isStoreDown;
    private boolean isComplete = true;
    private final InMemoryIdentities identities = new InMemoryIdentities(new StoreFaults() {
        @Override
        public void before(String call) {
            if (isStoreDown) {
                throw new StoreUnavailable("throttled", null);
            }
        }
    });
    private final SettableClock clock = new SettableClock();
    private final List<Person> people = new ArrayList<>();
    private final DirectoryBuilder directory = new DirectoryBuilder(
            GivenPlatforms.CATALOGUE,
            List.of(new PeopleSource() {
                @Override
                public String name() {
                    return "Dataverse";
                }

                @Override
                public String platform() {
                    return "dynamics";
                }

                @Override
                public String choice() {
                    return "lockstep.directory.filter";
                }

                @Override
                public Reading read() {
                    return new Reading(people, isComplete);
                }
            }),
            store,
            identities,
            GivenCrew.alone(),
            clock);

    private List<String> build(String systemUserId, String entraObjectId) {
        people.clear();
        people.add(new Person("Rita Rep", RITA, Map.of("dynamics", systemUserId), Optional.of(entraObjectId)));
        return directory.build().problems();
    }

    private AgentState rita() {
        return store.load(RITA).orElseThrow();
    }

    @Test
    @DisplayName("whose account was made anew is found by the new ids, and no longer by the old ones")
    void anAccountThatWasMadeAnew() throws AgentStore.Conflict {
        build("d-1", "e-1");
        store.save(rita().with("teams", Standing.NEW.in(Condition.IN_SYNC, "")));
        store.save(rita().with("dynamics", Standing.NEW.in(Condition.IN_SYNC, "")));

        assertThat(build("d-1", "e-2")).isEmpty();
        assertThat(rita().profile().externalIds())
                .containsOnly(Map.entry("dynamics", "d-1"), Map.entry("teams", "e-2"));
        assertThat(rita().standing("teams")).isEqualTo(Standing.NEW);
        assertThat(rita().dueAt()).contains(clock.instant());
        assertThat(rita().standing("dynamics").condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(identities.agentOf("teams#e-1")).isEmpty();
        assertThat(identities.agentOf("teams#e-2")).contains(RITA);

        assertThat(build("d-3", "e-3")).isEmpty();
        assertThat(rita().profile().externalIds())
                .containsOnly(Map.entry("dynamics", "d-3"), Map.entry("teams", "e-3"));
        assertThat(identities.agentOf("dynamics#d-1")).isEmpty();
        assertThat(identities.agentOf("dynamics#d-3")).contains(RITA);
    }

    @Test
    @DisplayName("what the former account in Dynamics did counts no more, though nobody has heard of the new one")
    void theFormerAccountsSignInIsNotTheNewOnes() throws AgentStore.Conflict {
        build("d-1", "e-1");
        SourceTime at = SourceTime.at(clock.instant());
        List<Signal> told = List.of(
                new Signal.SignedIn(Source.DYNAMICS, at, true),
                new Signal.Fact(Source.DYNAMICS, at, "work", Status.BUSY, Optional.empty()),
                new Signal.Choice(Source.DYNAMICS, at, Status.AWAY, Optional.empty(), Optional.empty()),
                new Signal.Fact(Source.TEAMS, at, "meeting", Status.IN_A_MEETING, Optional.empty()));
        Evidence waiting = new Evidence.Observed(
                Optional.empty(), new Observation("dynamics", clock.instant(), Map.of("isLoggedIn", "true")));
        Evidence ofTeams = new Evidence.Reported(new Signal.FactEnded(Source.TEAMS, at, "other"));
        store.save(rita().with(Situation.unknown().fold(told)));
        store.append(RITA, List.of(waiting, ofTeams));

        build("d-2", "e-1");
        AgentState moved = rita();
        assertThat(moved.situation().signIn().isKnown()).isFalse();
        assertThat(moved.situation()).isEqualTo(Situation.unknown().fold(told.getLast()));
        assertThat(moved.inbox()).containsExactly(ofTeams);
        assertThat(moved.dueAt()).hasValueSatisfying(due -> assertThat(due).isBeforeOrEqualTo(clock.instant()));
        assertThat(new Decider(Policy.DEFAULT)
                        .decide(moved.situation(), clock.instant())
                        .status())
                .contains(Status.IN_A_MEETING);
    }

    @Test
    @DisplayName("a name that is given again makes no agent of two people, in whatever order they come")
    void aNameThatIsGivenAgain() {
        Person jane = new Person("Jane Jones", "jjones@contoso.com", Map.of("dynamics", "d-1"), Optional.of("e-1"));
        Person john = new Person("John Rep", RITA, Map.of("dynamics", "d-2"), Optional.of("e-2"));
        build("d-1", "e-1");
        for (List<Person> order : List.of(List.of(jane, john), List.of(john, jane))) {
            people.clear();
            people.addAll(order);
            DirectoryBuilder.Result result = directory.build();

            assertThat(result.agents()).isEqualTo(1);
            assertThat(result.problems()).singleElement().asString().contains("John Rep", "dynamics#d-2");
            assertThat(rita().profile().externalIds())
                    .containsOnly(Map.entry("dynamics", "d-1"), Map.entry("teams", "e-1"));
        }
        assertThat(directory.enrol(john)).isEmpty();
        assertThat(directory.enrol(jane)).contains(RITA);
    }

    @Test
    @DisplayName("who has the name of somebody who was removed is told of, and the removed one is not")
    void theNameOfSomebodyWhoWasRemoved() throws AgentStore.Conflict {
        build("d-1", "e-1");
        store.save(rita().with(rita().profile().remove()));

        assertThat(build("d-1", "e-1")).isEmpty();
        assertThat(build("d-2", "e-2")).singleElement().asString().contains("not taken in", "dynamics#d-2");
    }

    @Test
    @DisplayName("an id that was configured stays, and is told")
    void aConfiguredId() throws AgentStore.Conflict {
        store.save(AgentState.of(RITA, new Profile("Rita", "", Map.of("teams", "t-9"))));

        assertThat(build("d-1", "e-1")).singleElement().asString().contains("Rita Rep", "teams", "configured");
        assertThat(build("d-1", "e-2")).hasSize(1);
        assertThat(rita().profile().externalId("teams")).contains("t-9");
    }

    /** An administrator gives these of Rita, as {@code config} would. */
    private void configure(String name, Map<String, String> ids) throws AgentStore.Conflict {
        SortedMap<String, String> all = new TreeMap<>(rita().profile().externalIds());
        all.putAll(ids);
        Configured given = new Configured(!name.isEmpty(), new TreeSet<>(ids.keySet()));
        String called = name.isEmpty() ? rita().profile().name() : name;
        rita().profile().externalIds().forEach((platform, id) -> identities.remove(Identities.of(platform, id)));
        store.save(rita().with(new Profile(called, "", all, rita().profile().entraObjectId(), given)));
        all.forEach((platform, id) -> identities.put(Map.of(Identities.of(platform, id), RITA)));
    }

    @Test
    @DisplayName("an id that was configured stays although it was Dataverse's own, or Entra's, when it was given")
    void aConfiguredIdThatWasTheirsOnce() throws AgentStore.Conflict {
        build("d-1", "e-1");
        configure("", Map.of("dynamics", "d-1", "teams", "e-1"));
        assertThat(build("d-1", "e-1")).isEmpty();

        for (int run = 0; run < 2; run++) {
            assertThat(build("d-2", "e-2"))
                    .containsExactlyInAnyOrder(
                            "Rita Rep has another id in dynamics than in Dataverse: it was configured and stays;"
                                    + " configure the right one if it is wrong",
                            "Rita Rep has another id in teams than in Entra: it was configured and stays;"
                                    + " configure the right one if it is wrong");
            assertThat(rita().profile().externalIds())
                    .containsOnly(Map.entry("dynamics", "d-1"), Map.entry("teams", "e-1"));
        }
    }

    @Test
    @DisplayName("of two ids the one that the directory gave follows, and the configured one stays")
    void oneOfTwoIsConfigured() throws AgentStore.Conflict {
        build("d-1", "e-1");
        configure("", Map.of("teams", "e-1"));

        assertThat(build("d-2", "e-2")).singleElement().asString().contains("teams", "configured");
        assertThat(rita().profile().externalIds())
                .containsOnly(Map.entry("dynamics", "d-2"), Map.entry("teams", "e-1"));
        assertThat(identities.agentOf("dynamics#d-2")).contains(RITA);
        assertThat(identities.agentOf("dynamics#d-1")).isEmpty();
    }

    @Test
    @DisplayName("an account that somebody else was configured for instead leads to nobody")
    void theAccountThatIsNotTheConfiguredOne() throws AgentStore.Conflict {
        store.save(AgentState.of(RITA, new Profile("", "", Map.of())));
        configure("", Map.of("dynamics", "d-9", "teams", "t-9"));

        assertThat(build("d-1", "e-1")).hasSize(2);
        assertThat(identities.agentOf("dynamics#d-1")).isEmpty();
        assertThat(identities.agentOf("teams#e-1")).isEmpty();
        assertThat(identities.agentOf("dynamics#d-9")).contains(RITA);
        assertThat(identities.agentOf("teams#t-9")).contains(RITA);
        long version = rita().version();
        assertThat(build("d-1", "e-1")).hasSize(2);
        assertThat(rita().version()).isEqualTo(version);
    }

    @Test
    @DisplayName("a name that the directory gave follows, one that was configured stays")
    void aNameThatChanges() throws AgentStore.Conflict {
        build("d-1", "e-1");
        Person married = new Person("Rita Ring", RITA, Map.of("dynamics", "d-1"), Optional.of("e-1"));
        people.set(0, married);
        assertThat(directory.build().problems()).isEmpty();
        assertThat(rita().profile().name()).isEqualTo("Rita Ring");

        configure("Rita", Map.of());
        assertThat(build("d-1", "e-1")).isEmpty();
        assertThat(rita().profile().name()).isEqualTo("Rita");

        configure("", Map.of());
        people.set(0, new Person("", RITA, Map.of("dynamics", "d-1"), Optional.of("e-1")));
        directory.build();
        assertThat(rita().profile().name()).as("no name is no news").isEqualTo("Rita");
    }

    @Test
    @DisplayName("who has left is named by their agent, and stays one until an administrator removes them")
    void whoHasLeft() throws AgentStore.Conflict {
        build("d-1", "e-1");
        store.save(AgentState.of("elsewhere", new Profile("Elsewhere", "", Map.of("teams", "t-7"))));
        AgentState before = rita();
        people.set(0, new Person("Tom", "tom@contoso.com", Map.of("dynamics", "d-2"), Optional.of("e-2")));

        try (RecordedLog log = new RecordedLog(DirectoryBuilder.class)) {
            assertThat(directory.build())
                    .isEqualTo(new DirectoryBuilder.Result(
                            1,
                            List.of("rita@contoso.com is no longer among the representatives in Dataverse: remove them"
                                    + " with config if they have left; who is read is decided by"
                                    + " lockstep.directory.filter")));
            assertThat(log.text())
                    .contains("1 agents are no longer among", RITA)
                    .doesNotContain("Rita Rep");
        }
        assertThat(rita()).isEqualTo(before);

        store.save(rita().remove());
        assertThat(directory.build().problems()).isEmpty();
    }

    @Test
    @DisplayName("a reading that is not complete says of nobody that they have left")
    void whoIsMissingInAPartOfEverybody() {
        build("d-1", "e-1");
        isComplete = false;
        assertThat(directory.build().problems()).isEmpty();
        people.clear();

        assertThat(directory.build().problems())
                .singleElement()
                .asString()
                .contains("Dataverse did not tell who everybody is")
                .doesNotContain("rita");
    }

    @Test
    @DisplayName("whoever was read and not taken in, or has another id there, has not left")
    void whoIsThereHasNotLeft() throws AgentStore.Conflict {
        build("d-1", "e-1");
        configure("", Map.of("dynamics", "d-1"));
        assertThat(build("d-2", "e-1")).singleElement().asString().contains("another id in dynamics");

        people.set(0, new Person("Rita Rep", RITA, Map.of("dynamics", "d-3"), Optional.of("e-3")));
        isStoreDown = true;
        assertThat(directory.build().problems()).singleElement().asString().contains("could not be taken in");
    }

    @Test
    void whatHasNotChangedIsNotWritten() {
        build("d-1", "e-1");
        long version = rita().version();

        build("d-1", "e-1");
        assertThat(rita().version()).isEqualTo(version);
    }

    @Test
    void whoHasNoPrincipalNameIsNamed() {
        people.add(new Person("Bot", "", Map.of("dynamics", "d-1"), Optional.of("e-1")));

        assertThat(directory.build())
                .isEqualTo(new DirectoryBuilder.Result(0, List.of("Bot has no user principal name in Dataverse")));
        assertThat(store.all()).isEmpty();
    }

    @Test
    @DisplayName("whoever has no user principal name stands in the log with an id, never with their name")
    void whoHasNoUserPrincipalName() {
        people.add(new Person("Bo Bot", "", Map.of("dynamics", "d-1"), Optional.of("e-1")));
        people.add(new Person("Rita Rep", "Rita@contoso.com", Map.of("dynamics", "d-2"), Optional.empty()));
        people.add(new Person("No Body", "", Map.of(), Optional.empty()));
        isStoreDown = true;

        try (RecordedLog log = new RecordedLog(FaultIsolation.class)) {
            directory.build();

            assertThat(log.text())
                    .contains("agent=dynamics#d-1 left to the next run", "agent=rita@contoso.com left to the next run")
                    .doesNotContain("Bo Bot", "Rita Rep", "No Body");
        }
    }

    @Test
    @DisplayName("whoever has no user principal name is an agent all the same once an administrator gave them an id")
    void anIdThatWasGivenIsKept() throws AgentStore.Conflict {
        store.save(AgentState.of("bo", new Profile("Bo", "", Map.of("dynamics", "d-1"))));
        identities.put(Map.of("dynamics#d-1", "bo"));
        people.add(new Person("Bo Bot", "", Map.of("dynamics", "d-1"), Optional.of("e-1")));

        assertThat(directory.build()).isEqualTo(new DirectoryBuilder.Result(1, List.of()));
        assertThat(identities.agentOf("teams#e-1")).contains("bo");
    }

    @Test
    void whoWasRemovedIsNotTakenInAgain() throws AgentStore.Conflict {
        build("d-1", "e-1");
        AgentState removed = store.save(rita().remove());
        people.add(new Person("Tom", "tom@contoso.com", Map.of("dynamics", "d-2"), Optional.empty()));

        assertThat(directory.build().agents()).isEqualTo(1);
        assertThat(directory.enrol(people.getFirst())).isEmpty();
        assertThat(rita()).isEqualTo(removed);
        assertThat(new AgentLookup(GivenPlatforms.CATALOGUE, store, identities).find("d-1"))
                .isEmpty();
    }
}
