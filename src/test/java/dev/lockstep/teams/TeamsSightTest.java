package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.intake.Trigger;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.SyncHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is passed over by a poll of Teams, and for how long. */
class TeamsSightTest {
    private static final String AVAILABLE = "Available/Available";
    private static final String IN_A_CALL = "Busy/InACall";
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-23T09:00:00Z"));
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final TeamsPlatform teams =
            new TeamsPlatform(new GivenTeams.Nobody(), SessionSlots.ONE, GivenTeams.RULES, time);
    private final SyncHarness sync = SyncHarness.over(
                    store, new InMemoryTimeline(Duration.ofDays(1), time), List.of(teams), time)
            .build();

    @BeforeEach
    void beAvailable() throws AgentStore.Conflict {
        store.save(AgentState.of("rita", new Profile("Rita", "", Map.of("teams", "t-rita"))));
        accept(new Evidence.Reported(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(time.instant()), true)));
        time.skip(Duration.ofSeconds(5));
        see(AVAILABLE);
        time.skip(Duration.ofMinutes(10));
        see(AVAILABLE);
    }

    private void accept(Evidence evidence) {
        sync.synchronizer().accept("rita", List.of(evidence), new Trigger("test", "c1"));
    }

    private void see(String pair) {
        accept(new Evidence.Observed(Optional.empty(), GivenTeams.shown(pair, time.instant())));
    }

    private void call() {
        Instant now = time.instant();
        accept(new Evidence.Reported(
                new Signal.Call(Source.phone("desk"), SourceTime.at(now), "1042", "a", CallState.CONNECTED, false)));
    }

    /** Whether a poll leaves her out who finds that now. */
    private boolean passesOver(String pair) {
        Observation shown = GivenTeams.shown(pair, time.instant());
        Pulse rita = GivenRoll.over(store, time).everybody().getFirst();
        boolean isKnown = !sync.synchronizer().mayBeNews(rita, shown);
        boolean isNews = sync.synchronizer()
                .wouldChange(store.load("rita").orElseThrow(), List.of(new Evidence.Observed(Optional.empty(), shown)));
        assertThat(isKnown && isNews).as("passed over with news").isFalse();
        return isKnown;
    }

    @Test
    void whoGoesOnShowingTheSameIsPassedOver() {
        assertThat(passesOver(AVAILABLE)).isTrue();
        time.skip(Duration.ofMinutes(20));
        assertThat(passesOver(AVAILABLE)).isTrue();
    }

    @Test
    void whoShowsSomethingElseIsNot() {
        assertThat(passesOver("DoNotDisturb/DoNotDisturb")).isFalse();
    }

    @Test
    void theVersionOfWhatShowsMakesNoDifference() {
        Observation plain = GivenTeams.shown(AVAILABLE, time.instant());
        Observation numbered = new Observation(
                "teams",
                time.instant(),
                Map.of("availability", "Available", "activity", "Available", "sequence", "A0000000007"));
        Mapping mapping = GivenPlatforms.shippedMapping();
        assertThat(teams.digest(numbered, mapping))
                .isEqualTo(teams.digest(plain, mapping))
                .isPresent();
    }

    @Test
    void whatStoodThereBeforeOurWriteIsPassedOverOnlyWhileReadsLag() {
        call();
        time.skip(Duration.ofSeconds(1));
        assertThat(passesOver(AVAILABLE)).isTrue();

        time.skip(GivenTeams.RULES.grace());
        assertThat(passesOver(AVAILABLE)).isFalse();
    }

    @Test
    void ourOwnIsLookedAtOnceTheTimeOfFadingIsOver() {
        call();
        time.skip(Duration.ofSeconds(2));
        assertThat(passesOver(IN_A_CALL)).isFalse();
        see(IN_A_CALL);
        assertThat(passesOver(IN_A_CALL)).isTrue();

        time.skip(GivenTeams.RULES.fade().minusSeconds(2).minus(MOMENT));
        assertThat(passesOver(IN_A_CALL)).isTrue();
        time.skip(MOMENT);
        assertThat(passesOver(IN_A_CALL)).isFalse();
    }

    @Test
    void whatWasReadOfTheFormerAccountTellsNothingOfTheNext() throws AgentStore.Conflict {
        Observation shown = GivenTeams.shown(IN_A_CALL, time.instant());
        Profile anew = new Profile("Rita", "", Map.of("teams", "t-rita-2"));
        store.save(store.load("rita").orElseThrow().goingBy(anew));
        accept(new Evidence.Observed(Optional.of("t-rita"), shown));
        assertThat(store.load("rita").orElseThrow().standing("teams").observed())
                .isEmpty();

        time.skip(Duration.ofMinutes(1));
        Observation now = GivenTeams.shown(IN_A_CALL, time.instant());
        accept(new Evidence.Observed(Optional.of("T-Rita-2"), now));
        assertThat(store.load("rita").orElseThrow().standing("teams").observed())
                .contains(now);
    }

    @Test
    void whoHasNewsWaitingIsLookedAt() {
        store.append(
                "rita", List.of(new Evidence.Observed(Optional.empty(), GivenTeams.shown(IN_A_CALL, time.instant()))));
        assertThat(passesOver(AVAILABLE)).isFalse();
    }
}
