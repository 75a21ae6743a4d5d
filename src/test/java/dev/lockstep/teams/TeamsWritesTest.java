package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.PREFERRED;
import static dev.lockstep.teams.TeamsPlatform.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Shares;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.teams.graph.PresenceApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One planned write is one call; a preferred status that is no longer ours is never cleared. */
class TeamsWritesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Subject RITA = new Subject("rita", "t-rita", "Rita Rep", "");
    private static final Duration EIGHT_HOURS = Duration.ofHours(8);

    private final List<String> calls = new ArrayList<>();
    private Map<String, PresenceApi.Presence> shown = Map.of();
    private final TeamsPlatform platform =
            new TeamsPlatform(new Recorder(), SessionSlots.ONE, GivenTeams.RULES, () -> NOW);

    private final class Recorder implements PresenceApi {
        @Override
        public Map<String, Presence> presences(Collection<String> userIds) {
            return shown;
        }

        @Override
        public void setSession(
                String application, String userId, String availability, String activity, Duration expiry) {
            calls.add(application + "session " + userId + " " + availability + " " + activity + " " + expiry);
        }

        @Override
        public void clearSession(String application, String userId) {
            calls.add(application + "session " + userId + " cleared");
        }

        @Override
        public void setPreferred(
                String application, String userId, String availability, String activity, Duration expiry) {
            calls.add(application + "preferred " + userId + " " + availability + " " + activity + " " + expiry);
        }

        @Override
        public void clearPreferred(String application, String userId) {
            calls.add(application + "preferred " + userId + " cleared");
        }
    }

    private static LedgerEntry takenBack(String slot) {
        return new LedgerEntry(slot, "", NOW, Optional.empty(), LedgerEntry.Outcome.INTENDED);
    }

    private void takeBackBusyWhileTeamsShows(String pair, long secondsAgo) {
        int slash = pair.indexOf('/');
        shown = Map.of(
                "t-rita",
                new PresenceApi.Presence(pair.substring(0, slash), pair.substring(slash + 1), Optional.empty()));
        LedgerEntry step = takenBack(PREFERRED);
        LedgerEntry ours = GivenTeams.done(PREFERRED, "Busy/Busy", NOW.minusSeconds(secondsAgo), EIGHT_HOURS);
        platform.perform(step, RITA, Standing.NEW.intending(ours).intending(step));
    }

    @Test
    void everyStepIsOneCallWithItsOwnExpiry() {
        platform.perform(GivenTeams.done(SESSION, "Busy/InACall", NOW, Duration.ofHours(4)), RITA, Standing.NEW);
        platform.perform(GivenTeams.done(PREFERRED, "Busy/Busy", NOW, EIGHT_HOURS), RITA, Standing.NEW);
        platform.perform(takenBack(SESSION), RITA, Standing.NEW);

        assertThat(calls)
                .containsExactly(
                        "session t-rita Busy InACall PT4H",
                        "preferred t-rita Busy Busy PT8H",
                        "session t-rita cleared");
    }

    @Test
    @DisplayName(
            "a session is of whoever its slot names, and everything else is asked for by whoever the agent belongs to")
    void byWhomItIsDone() {
        String second = "22222222-0000-0000-0000-000000000002";
        SessionSlots sessions = new SessionSlots(new Shares(List.of("unused", second)), List.of());
        TeamsPlatform shared = new TeamsPlatform(new Recorder(), sessions, GivenTeams.RULES, () -> NOW);
        String owner = sessions.shares().of(RITA.agentId());

        shared.perform(GivenTeams.done("session#22222222", "Busy/InACall", NOW, EIGHT_HOURS), RITA, Standing.NEW);
        shared.perform(takenBack(SESSION), RITA, Standing.NEW);
        shared.perform(GivenTeams.done(PREFERRED, "Busy/Busy", NOW, EIGHT_HOURS), RITA, Standing.NEW);

        assertThat(calls)
                .containsExactly(
                        second + "session t-rita Busy InACall PT8H",
                        "session t-rita cleared",
                        owner + "preferred t-rita Busy Busy PT8H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Busy/Busy", "busy/busy"})
    void ourPreferredStatusIsClearedWhileItShows(String pair) {
        takeBackBusyWhileTeamsShows(pair, 300);

        assertThat(calls).containsExactly("preferred t-rita cleared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DoNotDisturb/DoNotDisturb", "Available/Available", "BeRightBack/BeRightBack"})
    void whatThePersonPutThereSinceIsNotCleared(String pair) {
        takeBackBusyWhileTeamsShows(pair, 300);

        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Offline/Offline", "PresenceUnknown/PresenceUnknown"})
    void whileNobodyCanTellWhoseItIsItIsAskedAgainLater(String pair) {
        assertThatThrownBy(() -> takeBackBusyWhileTeamsShows(pair, 300))
                .isInstanceOf(PlatformException.NotYetShown.class);

        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerEntry.Outcome.class,
            names = {"DONE", "UNKNOWN"})
    void soonAfterOurWriteSomethingElseProvesNothing(LedgerEntry.Outcome outcome) {
        assertThatThrownBy(() -> lookSoonAfter(outcome, "Available/Available", 29))
                .isInstanceOf(PlatformException.NotYetShown.class);
        lookSoonAfter(outcome, "Available/Available", 30);

        assertThat(calls).isEmpty();
    }

    @Test
    void onceOurWriteWasSeenSomethingElseIsThePersons() {
        lookSoonAfter(LedgerEntry.Outcome.SEEN, "DoNotDisturb/DoNotDisturb", 5);

        assertThat(calls).isEmpty();
    }

    @Test
    void ofWritesWithoutAnAnswerEachMayBeTheOneThatShows() {
        LedgerEntry first = GivenTeams.done(PREFERRED, "Busy/Busy", NOW.minusSeconds(300), EIGHT_HOURS);
        LedgerEntry second = new LedgerEntry(
                PREFERRED,
                "Away/Away",
                NOW.minusSeconds(200),
                Optional.of(NOW.plus(EIGHT_HOURS)),
                LedgerEntry.Outcome.UNKNOWN);
        LedgerEntry step = takenBack(PREFERRED);
        shown = Map.of("t-rita", new PresenceApi.Presence("Busy", "Busy", Optional.empty()));

        platform.perform(
                step, RITA, Standing.NEW.intending(first).intending(second).intending(step));

        assertThat(calls).containsExactly("preferred t-rita cleared");
    }

    /** Available was seen before we wrote Busy; now our Busy is to be taken back. */
    private void lookSoonAfter(LedgerEntry.Outcome outcome, String pair, long secondsAgo) {
        int slash = pair.indexOf('/');
        shown = Map.of(
                "t-rita",
                new PresenceApi.Presence(pair.substring(0, slash), pair.substring(slash + 1), Optional.empty()));
        LedgerEntry ours = new LedgerEntry(
                PREFERRED, "Busy/Busy", NOW.minusSeconds(secondsAgo), Optional.of(NOW.plus(EIGHT_HOURS)), outcome);
        LedgerEntry step = takenBack(PREFERRED);
        Observation before = new Observation(
                TeamsPlatform.NAME,
                NOW.minusSeconds(60),
                Map.of(TeamsPresence.AVAILABILITY, "Available", TeamsPresence.ACTIVITY, "Available"));
        platform.perform(step, RITA, Standing.NEW.seeing(before).intending(ours).intending(step));
    }
}
