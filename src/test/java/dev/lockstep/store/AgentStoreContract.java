package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.Lease;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.agent.RandomStates;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Sight;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore.Conflict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of agents does. */
public abstract class AgentStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123456789Z");

    private AgentStore store;
    private static final Consumer<String> UNREADABLE = agentId -> {
        throw new AssertionError(agentId + " can be read");
    };

    private AgentViews views;

    /** A store that holds nothing. */
    public abstract AgentStore empty();

    /** What it shows on the board. */
    public abstract AgentViews views();

    /** Makes of a stored agent what a newer version would leave there: a change of the item, in another form. */
    public abstract void storeInNewerForm(String agentId);

    /** Makes of a stored agent what a version would leave there that knows no pulses. */
    public abstract void storeWithoutPulse(String agentId);

    /** The same item in the form of this version again, as the newer version reads it. */
    public abstract void storeInOwnForm(String agentId);

    @BeforeEach
    void begin() {
        store = empty();
        views = views();
    }

    @Test
    void doesNotKnowWhoWasNeverSaved() {
        assertThat(store.load("nobody")).isEmpty();
        assertThat(store.all()).isEmpty();
        assertThat(GivenRoll.due(store, NOW)).isEmpty();
    }

    @Test
    void givesBackWhatWasSaved() throws Conflict {
        RandomStates random = new RandomStates(new SplittableRandom(7));
        for (int i = 0; i < 20; i++) {
            AgentState state = withVersion(random.state("agent-" + i), 0);
            AgentState saved = store.save(state);
            assertThat(saved).isEqualTo(withVersion(state, 1));
            assertThat(store.load("agent-" + i)).contains(saved);
        }
    }

    @Test
    void raisesTheVersionByOne() throws Conflict {
        AgentState first = store.save(agent("ada"));
        AgentState second = store.save(first.leasedTo(new Lease("me", NOW)));
        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(store.load("ada")).contains(second);
    }

    @Test
    void refusesToSaveOverSomebodyElsesChangeAndShowsIt() throws Conflict {
        AgentState loaded = store.save(agent("ada"));
        AgentState theirs = store.save(loaded.leasedTo(new Lease("them", NOW)));
        Conflict conflict =
                catchThrowableOfType(Conflict.class, () -> store.save(loaded.leasedTo(new Lease("me", NOW))));
        assertThat(conflict.stored()).contains(theirs);
        assertThat(store.load("ada")).contains(theirs);
    }

    @Test
    void savesIntentsAsItSavesAnythingElse() throws Conflict {
        RandomStates random = new RandomStates(new SplittableRandom(8));
        for (int i = 0; i < 20; i++) {
            store.save(agent("agent-" + i));
            AgentState state = withVersion(random.state("agent-" + i), 1);
            AgentState saved = store.saveIntents(state);
            assertThat(saved).isEqualTo(withVersion(state, 2));
            assertThat(store.load("agent-" + i)).contains(saved);
        }
    }

    @Test
    void refusesToSaveIntentsOverSomebodyElsesChangeAndShowsIt() throws Conflict {
        AgentState loaded = store.save(agent("ada"));
        AgentState theirs = store.saveIntents(loaded.leasedTo(new Lease("them", NOW)));
        Conflict conflict =
                catchThrowableOfType(Conflict.class, () -> store.saveIntents(loaded.leasedTo(new Lease("me", NOW))));
        assertThat(conflict.stored()).contains(theirs);
        assertThat(store.load("ada")).contains(theirs);
    }

    @Test
    void whoIsGoneHasNoIntents() throws Conflict {
        AgentState loaded = store.save(agent("ada"));
        store.remove("ada");
        Conflict conflict = catchThrowableOfType(Conflict.class, () -> store.saveIntents(loaded));
        assertThat(conflict.stored()).isEmpty();
        assertThat(store.load("ada")).isEmpty();
    }

    @Test
    void refusesTheSameSaveTwice() throws Conflict {
        AgentState loaded = store.save(agent("ada"));
        store.save(loaded);
        assertThatThrownBy(() -> store.save(loaded)).isInstanceOf(Conflict.class);
    }

    @Test
    void refusesToMakeAnAgentTwice() throws Conflict {
        AgentState stored = store.save(agent("ada"));
        Conflict conflict = catchThrowableOfType(Conflict.class, () -> store.save(agent("ada")));
        assertThat(conflict.stored()).contains(stored);
    }

    @Test
    void refusesToBringBackWhoWasRemoved() throws Conflict {
        AgentState stored = store.save(agent("ada"));
        store.remove("ada");
        Conflict conflict = catchThrowableOfType(Conflict.class, () -> store.save(stored));
        assertThat(conflict.stored()).isEmpty();
        assertThat(store.load("ada")).isEmpty();
        assertThat(GivenRoll.due(store, Instant.MAX.minusSeconds(1))).isEmpty();
        store.remove("ada");
    }

    @Test
    void appendsNewsInOrderAndRaisesTheVersion() throws Conflict {
        AgentState stored = store.save(agent("ada").withInbox(List.of(news(1)), 0));
        assertThat(store.append("ada", List.of(news(2), news(3)))).isTrue();
        AgentState now = store.load("ada").orElseThrow();
        assertThat(now.inbox()).containsExactly(news(1), news(2), news(3));
        assertThat(now.version()).isEqualTo(stored.version() + 1);
        assertThatThrownBy(() -> store.save(stored)).isInstanceOf(Conflict.class);
        assertThat(store.save(now.withInbox(List.of(), now.version())).inbox()).isEmpty();
    }

    @Test
    void appendsNothingToWhoIsNotThere() {
        assertThat(store.append("nobody", List.of(news(1)))).isFalse();
        assertThat(store.load("nobody")).isEmpty();
    }

    @Test
    void appendingChangesNothingElse() throws Conflict {
        AgentState stored = store.save(withVersion(new RandomStates(new SplittableRandom(3)).state("ada"), 0));
        store.append("ada", List.of());
        AgentState now = store.load("ada").orElseThrow();
        assertThat(now.released(stored.dueAt()))
                .isEqualTo(withVersion(stored, 2).released(stored.dueAt()));
        assertThat(now.lease()).isEqualTo(stored.lease());
    }

    @Test
    void appendingMakesTheAgentDueAtOnce() throws Conflict {
        store.save(agent("ada"));
        assertThat(GivenRoll.due(store, NOW)).isEmpty();
        store.append("ada", List.of(news(1)));
        assertThat(GivenRoll.due(store, NOW)).containsExactly("ada");
        AgentState found = store.load("ada").orElseThrow();
        store.save(found.released(Optional.empty()));
        assertThat(GivenRoll.due(store, NOW)).isEmpty();
    }

    @Test
    void findsTheMostOverdueFirst() throws Conflict {
        List<String> inOrder = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            inOrder.add("agent-" + i);
        }
        List<String> shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, new Random(5));
        for (String agentId : shuffled) {
            store.save(agent(agentId).released(Optional.of(NOW.minusNanos(100 - inOrder.indexOf(agentId)))));
        }
        assertThat(GivenRoll.due(store, NOW)).isEqualTo(inOrder);
    }

    @Test
    void findsNobodyBeforeTheirTime() throws Conflict {
        store.save(agent("ada").released(Optional.of(NOW)));
        assertThat(GivenRoll.due(store, NOW.minusNanos(1))).isEmpty();
        assertThat(GivenRoll.due(store, NOW)).containsExactly("ada");
    }

    @Test
    void aLeaseThatRunsOutMakesItsAgentDue() throws Conflict {
        AgentState leased = store.save(agent("ada").leasedTo(new Lease("me", NOW)));
        assertThat(leased.lease()).contains(new Lease("me", NOW));
        assertThat(GivenRoll.due(store, NOW)).containsExactly("ada");
    }

    @Test
    void everybodyHasAPulse() throws Conflict {
        Map<String, Sight> sights = Map.of("teams", new Sight(17, Optional.of(NOW.truncatedTo(ChronoUnit.SECONDS))));
        AgentState ada = store.save(agent("ada").released(Optional.of(NOW)), sights);
        AgentState bob = store.save(agent("bob"));
        AgentState cleo = store.save(agent("cleo"));
        store.save(cleo.remove());

        assertThat(pulses())
                .containsExactlyInAnyOrder(
                        Pulse.of(ada, sights), Pulse.of(bob, Map.of()), Pulse.of(cleo.remove(), Map.of()));
        assertThat(store.unlisted()).isEmpty();
    }

    @Test
    void whoIsStoredOtherwiseIsSeenAnew() throws Conflict {
        Map<String, Sight> sights = Map.of("teams", new Sight(17, Optional.empty()));
        AgentState first = store.save(agent("ada"), sights);
        AgentState intending = store.saveIntents(first.leasedTo(new Lease("me", NOW)));
        assertThat(pulses()).containsExactly(Pulse.of(intending, Map.of()));
        AgentState settled = store.save(intending.released(Optional.empty()), sights);
        assertThat(pulses()).containsExactly(Pulse.of(settled, sights));
        store.save(settled);
        assertThat(pulses()).containsExactly(Pulse.of(settled, Map.of()));
    }

    @Test
    void whoHasNewsIsInDoubtWhateverWasSeen() throws Conflict {
        long seen = 17;
        store.save(agent("ada"), Map.of("teams", new Sight(seen, Optional.empty())));
        store.append("ada", List.of(news(1)));
        assertThat(pulses()).allSatisfy(ada -> {
            assertThat(ada.isDue(NOW)).isTrue();
            assertThat(ada.isKnownToShow("teams", seen, NOW)).isFalse();
        });
    }

    @Test
    void whoWasStoredByAnOlderVersionIsUnlistedUntilTheyAreStoredAnew() throws Conflict {
        AgentState ada = store.save(agent("ada"));
        store.save(agent("bob"));
        storeWithoutPulse("ada");

        assertThat(store.unlisted()).containsExactly("ada");
        assertThat(pulses().stream().filter(Pulse::isComplete).map(Pulse::agentId))
                .containsExactly("bob");
        AgentState anew = store.save(store.load("ada").orElseThrow());
        assertThat(anew.profile()).isEqualTo(ada.profile());
        assertThat(store.unlisted()).isEmpty();
        assertThat(pulses()).hasSize(2).contains(Pulse.of(anew, Map.of()));
    }

    @Test
    void loadsManyAtOnce() throws Conflict {
        Set<AgentState> saved = saveMany(230, "priority");
        store.save(agent("other"));
        List<String> ids =
                new ArrayList<>(saved.stream().map(AgentState::agentId).toList());
        ids.add("nobody");

        assertThat(store.loadAll(ids, UNREADABLE).collect(Collectors.toSet())).isEqualTo(saved);
        assertThat(store.loadAll(List.of(), UNREADABLE)).isEmpty();
    }

    @Test
    void oneWhoCannotBeReadIsLeftOutOfMany() throws Conflict {
        store.save(agent("ada"));
        AgentState bob = store.save(agent("bob"));
        storeInNewerForm("ada");
        List<String> unreadable = new ArrayList<>();

        assertThat(store.loadAll(List.of("ada", "bob"), unreadable::add)).containsExactly(bob);
        assertThat(unreadable).containsExactly("ada");
    }

    private List<Pulse> pulses() {
        return store.shards().stream().flatMap(store::pulses).toList();
    }

    @Test
    void listsEverybody() throws Conflict {
        Set<AgentState> saved = saveMany(30, "priority");
        assertThat(store.all().collect(Collectors.toSet())).isEqualTo(saved);
        assertThat(store.all().limit(5).count()).isEqualTo(5);
    }

    @Test
    void listsATeam() throws Conflict {
        Set<AgentState> saved = saveMany(120, "priority");
        store.save(agent("other", "late"));
        store.save(agent("dash", "-"));
        AgentState free = store.save(agent("free", ""));
        assertThat(views.ofTeam("priority", UNREADABLE).collect(Collectors.toSet()))
                .isEqualTo(saved.stream().map(AgentView::expected).collect(Collectors.toSet()));
        assertThat(views.ofTeam("", UNREADABLE)).containsExactly(AgentView.expected(free));
        assertThat(views.ofTeam("-", UNREADABLE).map(AgentView::agentId)).containsExactly("dash");
        assertThat(views.ofTeam("nobody's", UNREADABLE)).isEmpty();
    }

    @Test
    void aTeamIsFoundInWhateverCaseItIsWritten() throws Conflict {
        store.save(agent("ada", "Front Office"));
        store.save(agent("bob", "front office"));
        assertThat(views.ofTeam("FRONT OFFICE ", UNREADABLE).map(AgentView::agentId))
                .containsExactlyInAnyOrder("ada", "bob");
        assertThat(views.ofTeam("front office", UNREADABLE).map(AgentView::team))
                .containsExactlyInAnyOrder("Front Office", "front office");
    }

    @Test
    void whoWasRemovedIsShownToNobody() throws Conflict {
        AgentState stored = store.save(agent("ada", "early"));
        AgentState removed = store.save(stored.remove());
        assertThat(views.ofTeam("early", UNREADABLE)).isEmpty();
        assertThat(views.all(UNREADABLE)).isEmpty();
        assertThat(store.load("ada")).contains(removed);
    }

    @Test
    void whoChangesTheTeamIsInTheNewOne() throws Conflict {
        AgentState stored = store.save(agent("ada", "early"));
        store.save(stored.with(new Profile("Ada", "late", Map.of())));
        assertThat(views.ofTeam("early", UNREADABLE)).isEmpty();
        assertThat(views.ofTeam("late", UNREADABLE).map(AgentView::agentId)).containsExactly("ada");
    }

    @Test
    void showsATeamByName() throws Conflict {
        RandomStates random = new RandomStates(new SplittableRandom(11));
        List<AgentView> expected = new ArrayList<>();
        for (String name : List.of("Cleo", "Ada", "Bob")) {
            AgentState state = withVersion(random.state(name), 0).with(new Profile(name, "priority", Map.of()));
            expected.add(AgentView.expected(store.save(state)));
        }
        AgentView free = AgentView.expected(store.save(agent("free", "")));
        expected.sort(Comparator.comparing(AgentView::name));
        assertThat(views.ofTeam("priority", UNREADABLE)).isEqualTo(expected);
        assertThat(views.ofTeam("", UNREADABLE)).containsExactly(free);
        assertThat(views.all(UNREADABLE)).hasSize(4).contains(free).containsAll(expected);
    }

    @Test
    void leavesAloneWhatANewerVersionStored() throws Conflict {
        AgentState stored = store.save(agent("ada").leasedTo(new Lease("them", NOW)));
        storeInNewerForm("ada");
        assertThatThrownBy(() -> store.load("ada")).isInstanceOf(NewerForm.class);
        assertThatThrownBy(() -> store.save(stored.released(Optional.empty()))).isInstanceOf(NewerForm.class);
        assertThatThrownBy(() -> store.save(agent("ada"))).isInstanceOf(NewerForm.class);
        storeInOwnForm("ada");
        assertThat(store.load("ada")).contains(withVersion(stored, 2));
    }

    @Test
    void keepsAppendedNewsForTheVersionThatCanReadTheItem() throws Conflict {
        AgentState stored = store.save(agent("ada").withInbox(List.of(news(1)), 0));
        storeInNewerForm("ada");
        assertThat(store.append("ada", List.of(news(2)))).isTrue();
        assertThat(GivenRoll.due(store, NOW)).containsExactly("ada");
        assertThatThrownBy(() -> store.load("ada")).isInstanceOf(NewerForm.class);
        storeInOwnForm("ada");
        AgentState found = store.load("ada").orElseThrow();
        assertThat(found.inbox()).containsExactly(news(1), news(2));
        assertThat(found.version()).isEqualTo(3);
        assertThat(found.profile()).isEqualTo(stored.profile());
    }

    @Test
    void oneInANewerFormHidesNobodyElse() throws Conflict {
        store.save(agent("ada", "early"));
        AgentState bob = store.save(agent("bob", "early"));
        storeInNewerForm("ada");
        List<String> unreadable = new ArrayList<>();
        assertThat(store.all(unreadable::add)).containsExactly(bob);
        assertThat(unreadable).containsExactly("ada");
        assertThat(views.ofTeam("early", UNREADABLE).map(AgentView::agentId)).containsExactlyInAnyOrder("ada", "bob");
        assertThat(views.all(UNREADABLE).map(AgentView::agentId)).containsExactlyInAnyOrder("ada", "bob");
    }

    @Test
    void losesNoNewsAndNoVersionWhenManyWriteAtOnce() throws Exception {
        int writers = 8;
        int rounds = 25;
        store.save(agent("ada"));
        Set<Evidence> folded = Collections.synchronizedSet(new HashSet<>());
        List<Long> versions = Collections.synchronizedList(new ArrayList<>());
        List<Callable<Integer>> work = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int first = writer * rounds;
            work.add(() -> {
                for (int i = first; i < first + rounds; i++) {
                    assertThat(store.append("ada", List.of(news(i)))).isTrue();
                    versions.addAll(foldInbox(folded));
                }
                return rounds;
            });
        }
        runAtOnce(work);
        folded.addAll(store.load("ada").orElseThrow().inbox());
        assertThat(folded)
                .isEqualTo(IntStream.range(0, writers * rounds)
                        .mapToObj(AgentStoreContract::news)
                        .collect(Collectors.toSet()));
        assertThat(versions).doesNotHaveDuplicates().isNotEmpty();
        assertThat(store.load("ada").orElseThrow().version()).isEqualTo(1 + writers * rounds + versions.size());
    }

    /** Takes the news out as a holder does; who loses the race leaves it to the winner. */
    private List<Long> foldInbox(Set<Evidence> folded) {
        AgentState loaded = store.load("ada").orElseThrow();
        try {
            AgentState saved = store.save(loaded.withInbox(List.of(), loaded.version()));
            folded.addAll(loaded.inbox());
            return List.of(saved.version());
        } catch (Conflict faster) {
            assertThat(faster.stored().orElseThrow().version()).isGreaterThan(loaded.version());
            return List.of();
        }
    }

    @Test
    void ofManyWhoSaveTheSameVersionOneWins() throws Exception {
        AgentState loaded = store.save(agent("ada"));
        List<Callable<Integer>> work = Stream.generate(() -> (Callable<Integer>) () -> winsWith(loaded))
                .limit(12)
                .toList();
        assertThat(runAtOnce(work).stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
    }

    private int winsWith(AgentState state) {
        try {
            store.save(state);
            return 1;
        } catch (Conflict lost) {
            return 0;
        }
    }

    private static <T> List<T> runAtOnce(List<Callable<T>> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<T> each : threads.invokeAll(work)) {
                results.add(each.get());
            }
        }
        return results;
    }

    private Set<AgentState> saveMany(int count, String team) throws Conflict {
        Set<AgentState> saved = new HashSet<>();
        for (int i = 0; i < count; i++) {
            saved.add(store.save(agent("agent-" + i, team)));
        }
        return saved;
    }

    public static AgentState agent(String agentId) {
        return agent(agentId, "");
    }

    private static AgentState agent(String agentId, String team) {
        return AgentState.of(agentId, new Profile("Agent " + agentId, team, Map.of("teams", "t-" + agentId)));
    }

    private static AgentState withVersion(AgentState state, long version) {
        return state.withInbox(state.inbox(), version);
    }

    public static Evidence news(int number) {
        return new Evidence.Reported(
                new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(NOW, Integer.toString(number)), true));
    }
}
