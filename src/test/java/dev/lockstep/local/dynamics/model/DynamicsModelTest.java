package dev.lockstep.local.dynamics.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour.Author;
import dev.lockstep.local.dynamics.model.Work.Channel;
import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.dynamics.table.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamicsModelTest {
    private static final UUID RITA = UUID.fromString("11111111-0000-0000-0000-000000000001");
    private static final UUID SAM = UUID.fromString("11111111-0000-0000-0000-000000000002");
    private static final UUID APPLICATION = UUID.fromString("99999999-0000-0000-0000-000000000009");
    private static final Duration ROWS_FOLLOW = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T08:00:00Z"));
    private final List<RowChange> changes = new ArrayList<>();
    private DynamicsModel model;
    private Presence onACall;

    @BeforeEach
    void start() {
        start(DynamicsBehaviour.harsh());
    }

    private void start(DynamicsBehaviour rules) {
        changes.clear();
        model = new DynamicsModel(time, time::after, rules);
        model.listen(change -> {
            if (change.logicalName().equals("msdyn_agentstatus")) {
                changes.add(change);
            }
        });
        onACall = model.add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        model.add(Representative.of(RITA, "Rita Rep", "rita@contoso.com", UUID.randomUUID()));
        model.add(Representative.of(SAM, "Sam Second", "sam@contoso.com", UUID.randomUUID()));
    }

    @Nested
    class SigningIn {
        @Test
        void showsAvailableWhenNothingElseIsSet() {
            model.signIn(RITA);
            assertThat(shown(RITA)).isEqualTo("Available");
        }

        @ParameterizedTest
        @CsvSource({
            "AWAY, 0, Away",
            "OFFLINE, 0, Offline",
            "BUSY_DO_NOT_DISTURB, 0, Busy - DND",
            "BUSY_DO_NOT_DISTURB, 1, Busy",
            "BUSY, 0, Available",
            "AVAILABLE, 1, Busy",
            "AWAY, 1, Away"
        })
        void appliesTheDefaultPresenceOrComputes(BasePresence preset, int work, String expected) {
            model.signIn(RITA);
            for (int i = 0; i < work; i++) {
                model.accept(RITA, Channel.CHAT, 30);
            }
            model.signOut(RITA);
            time.pass(Duration.ofSeconds(151));
            model.add(model.agent(RITA).orElseThrow().who().withDefaultPresence(preset.presenceId()));

            model.signIn(RITA);

            assertThat(shown(RITA)).isEqualTo(expected);
        }

        @Test
        void createsTheRowFirstAndThenUpdatesIt() {
            model.signIn(RITA);
            time.pass(ROWS_FOLLOW);

            assertThat(changes).extracting(RowChange::message).containsExactly("Create", "Update");
            assertThat(changes.get(0).after()).containsEntry("msdyn_isagentloggedin", false);
            assertThat(changes.get(0).after()).containsEntry("msdyn_presencemodifiedby", "SYSTEM");
            assertThat(changes.get(1).after()).containsEntry("msdyn_isagentloggedin", true);
            assertThat(changes.get(1).after()).containsEntry("msdyn_eventname", new Choice(192350003, "Login"));
        }

        @Test
        void signsOutToOfflineWithLogout() {
            model.signIn(RITA);
            model.signOut(RITA);
            time.pass(ROWS_FOLLOW);

            assertThat(lastRow()).containsEntry("msdyn_isagentloggedin", false);
            assertThat(lastRow()).containsEntry("msdyn_eventname", new Choice(192350005, "Logout"));
            assertThat(shown(RITA)).isEqualTo("Offline");
            assertThat(model.signOut(RITA)).isFalse();
        }

        @Test
        void forgetsYesterdaysAway() {
            model.signIn(RITA);
            choose("Away");
            model.signOut(RITA);
            time.pass(Duration.ofSeconds(151));
            model.signIn(RITA);
            assertThat(shown(RITA)).isEqualTo("Available");
        }

        @Test
        void findsTheFormerPresenceWhenTheReturnIsSoon() {
            model.signIn(RITA);
            choose("Away");
            model.signOut(RITA);
            time.pass(Duration.ofSeconds(150));
            assertThat(model.reconnect(RITA)).isFalse();
            model.signIn(RITA);
            time.pass(ROWS_FOLLOW);

            assertThat(shown(RITA)).isEqualTo("Away");
            assertThat(lastRow()).containsEntry("msdyn_eventname", new Choice(192350003, "Login"));
        }
    }

    @Nested
    class Working {
        @Test
        void computesFromCapacity() {
            model.signIn(RITA);
            UUID first = accept(30);
            assertThat(shown(RITA)).isEqualTo("Busy");
            accept(70);
            assertThat(shown(RITA)).isEqualTo("Busy - DND");
            model.close(RITA, first);
            assertThat(shown(RITA)).isEqualTo("Busy");
        }

        @Test
        void isFullWithTenSessions() {
            model.signIn(RITA);
            for (int i = 0; i < 9; i++) {
                accept(1);
            }
            assertThat(shown(RITA)).isEqualTo("Busy");
            accept(1);
            assertThat(shown(RITA)).isEqualTo("Busy - DND");
        }

        @Test
        void leavesDoNotDisturbStuckWithoutUnits() {
            model.add(model.agent(RITA).orElseThrow().who().withCapacity(Capacity.units(0)));
            model.signIn(RITA);
            assertThat(shown(RITA)).isEqualTo("Available");

            UUID work = model.assign(RITA, Channel.CHAT, 30).orElseThrow();
            time.pass(ROWS_FOLLOW);
            assertThat(lastRow()).containsEntry("msdyn_availableunitscapacity", -30);
            model.close(RITA, work);

            assertThat(shown(RITA)).isEqualTo("Busy - DND");
        }

        @Test
        void needsUnitsAndProfileBothUsedUp() {
            Capacity both = new Capacity(60, OptionalInt.of(2), false);
            model.add(model.agent(RITA).orElseThrow().who().withCapacity(both));
            model.signIn(RITA);
            model.acceptProfiled(RITA, Channel.CHAT, 60);
            assertThat(shown(RITA)).isEqualTo("Busy");
            model.acceptProfiled(RITA, Channel.CHAT, 0);
            assertThat(shown(RITA)).isEqualTo("Busy - DND");
        }

        @Test
        void isFullWhenABlockingProfileAloneIsUsedUp() {
            model.add(model.agent(RITA).orElseThrow().who().withCapacity(new Capacity(100, OptionalInt.of(1), true)));
            model.signIn(RITA);
            model.acceptProfiled(RITA, Channel.VOICE_CALL, 10);
            time.pass(ROWS_FOLLOW);

            assertThat(shown(RITA)).isEqualTo("Busy - DND");
            assertThat(lastRow()).containsEntry("msdyn_isblockedbysomeprofile", true);
        }

        /** "Manage presence status": what lasts through accepted and closed work, by hand and by the API alike. */
        @ParameterizedTest
        @CsvSource({
            "Available, Busy, Available",
            "Busy, Busy, Available",
            "Busy - DND, Busy - DND, Busy - DND",
            "Away, Away, Away",
            "Offline, Offline, Offline",
            "On a call, On a call, On a call"
        })
        void keepsWhatOutlivesWork(String set, String afterAccept, String afterClose) {
            for (boolean byApi : new boolean[] {false, true}) {
                start(DynamicsBehaviour.harsh());
                model.signIn(RITA);
                if (byApi) {
                    modify(set);
                } else {
                    choose(set);
                }
                UUID work = accept(30);
                assertThat(shown(RITA)).as("accepted, by API %s", byApi).isEqualTo(afterAccept);
                model.close(RITA, work);
                assertThat(shown(RITA)).as("closed, by API %s", byApi).isEqualTo(afterClose);
            }
        }

        @Test
        void recalculatesOverAnApiWriteThatDoesNotStick() {
            var api = new DynamicsBehaviour.Api("SYSTEM", Author.APPLICATION, AgentEvent.OTHER, false, false);
            start(DynamicsBehaviour.harsh().withApi(api));
            model.signIn(RITA);
            modify("On a call");
            accept(30);
            assertThat(shown(RITA)).isEqualTo("Busy");
        }

        @Test
        void changesBothPresencesOnTransfer() {
            model.signIn(RITA);
            model.signIn(SAM);
            UUID work = accept(30);

            assertThat(model.transfer(RITA, SAM, work)).isTrue();

            assertThat(shown(RITA)).isEqualTo("Available");
            assertThat(shown(SAM)).isEqualTo("Busy");
        }

        @Test
        void keepsWorkThroughSignOut() {
            model.signIn(RITA);
            accept(30);
            model.signOut(RITA);
            model.signIn(RITA);
            assertThat(shown(RITA)).isEqualTo("Busy");
        }

        @Test
        void tellsCapacityWithThePresenceColumnsButKeepsTheirTime() {
            model.signIn(RITA);
            choose("Away");
            time.pass(ROWS_FOLLOW);
            Object presenceTime = lastRow().get("msdyn_presencemodifiedonwithmilliseconds");
            time.pass(Duration.ofMinutes(1));

            accept(30);
            time.pass(ROWS_FOLLOW);

            RowChange capacity = changes.get(changes.size() - 1);
            assertThat(capacity.written()).contains("msdyn_currentpresenceid", "msdyn_assignedconversationcount");
            assertThat(capacity.after())
                    .containsEntry("msdyn_presencemodifiedonwithmilliseconds", presenceTime)
                    .containsEntry("msdyn_assignedconversationcount", 1)
                    .containsEntry("msdyn_eventname", new Choice(192350012, "Session Assigned"))
                    .containsEntry("msdyn_presencemodifiedby", "AGENT");
        }

        @Test
        void mayWriteOnlyWhatChanged() {
            DynamicsBehaviour harsh = DynamicsBehaviour.harsh();
            var rows = new DynamicsBehaviour.Rows(
                    Duration.ZERO, false, false, true, harsh.rows().milliseconds());
            start(harsh.withRows(rows));
            model.signIn(RITA);
            choose("Away");
            accept(30);

            RowChange capacity = changes.get(changes.size() - 1);
            assertThat(capacity.written())
                    .contains("msdyn_assignedconversationcount")
                    .doesNotContain("msdyn_currentpresenceid", "msdyn_isagentloggedin");
        }
    }

    @Nested
    class Disconnecting {
        @ParameterizedTest
        @CsvSource({"On a call, 150, On a call", "Away, 150, Away", "On a call, 151, Available", "Away, 151, Available"
        })
        void restoresInsideTheWindowAndRecalculatesAfterIt(String before, int seconds, String expected) {
            model.signIn(RITA);
            choose(before);
            model.disconnect(RITA);
            assertThat(shown(RITA)).isEqualTo("Offline");

            time.pass(Duration.ofSeconds(seconds));
            model.reconnect(RITA);

            assertThat(shown(RITA)).isEqualTo(expected);
        }

        @Test
        void measuresTheWindowWhateverItsClockSays() {
            model.signIn(RITA);
            choose("Away");
            model.disconnect(RITA);
            model.skewClockBy(Duration.ofMinutes(10));
            time.pass(Duration.ofSeconds(100));
            model.reconnect(RITA);
            assertThat(shown(RITA)).isEqualTo("Away");
        }

        @Test
        void restoresStickinessToo() {
            model.signIn(RITA);
            modify("On a call");
            model.disconnect(RITA);
            time.pass(Duration.ofSeconds(30));
            model.signIn(RITA);
            accept(30);
            assertThat(shown(RITA)).isEqualTo("On a call");
        }

        @Test
        void tellsAReconnectAndNoLogout() {
            model.signIn(RITA);
            model.disconnect(RITA);
            time.pass(Duration.ofSeconds(30));
            model.reconnect(RITA);
            time.pass(ROWS_FOLLOW);

            assertThat(changes)
                    .extracting(change -> ((Choice) change.after().get("msdyn_eventname")).label())
                    .containsExactly("New User", "Login", "Other", "Reconnect");
        }

        @Test
        void answersTheApiAsSignedOutMeanwhile() {
            model.signIn(RITA);
            model.disconnect(RITA);
            assertThat(modify("On a call")).isEqualTo(ModifyResult.NOT_FOUND);
        }

        @Test
        void lapsesWithALogoutWhereThePlatformDoesSo() {
            var lapsing = new DynamicsBehaviour.Disconnect(AgentEvent.OTHER, false, true, AgentEvent.LOGIN, true);
            start(DynamicsBehaviour.harsh().withDisconnect(lapsing));
            model.signIn(RITA);
            model.disconnect(RITA);
            time.pass(Duration.ofSeconds(1));
            assertThat(lastRow()).containsEntry("msdyn_isagentloggedin", true);

            time.pass(Duration.ofSeconds(151));

            assertThat(lastRow()).containsEntry("msdyn_isagentloggedin", false);
            assertThat(lastRow()).containsEntry("msdyn_eventname", new Choice(192350005, "Logout"));
            assertThat(model.reconnect(RITA)).isTrue();
            assertThat(shown(RITA)).isEqualTo("Available");
        }

        @Test
        void recalculatesFromWorkClosedMeanwhile() {
            model.signIn(RITA);
            UUID work = accept(30);
            model.disconnect(RITA);
            assertThat(model.close(RITA, work)).isTrue();
            time.pass(Duration.ofMinutes(3));
            model.reconnect(RITA);
            assertThat(shown(RITA)).isEqualTo("Available");
        }
    }

    @Nested
    class Notifications {
        @Test
        void makeInactiveWhenMissedUntilReset() {
            model.signIn(RITA);
            model.miss(RITA);
            UUID work = accept(30);
            assertThat(shown(RITA)).isEqualTo("Inactive");
            model.close(RITA, work);
            assertThat(shown(RITA)).isEqualTo("Inactive");

            assertThat(model.reset(RITA)).isTrue();

            assertThat(shown(RITA)).isEqualTo("Available");
            time.pass(ROWS_FOLLOW);
            assertThat(lastRow().get("msdyn_eventname"))
                    .isEqualTo(new Choice(192350010, "Reset Missed/Rejected Notification Presence"));
        }

        @Test
        void makeDoNotDisturbWhenRejectedUntilAChoice() {
            model.signIn(RITA);
            model.reject(RITA);
            assertThat(shown(RITA)).isEqualTo("Busy - DND");
            choose("Available");
            assertThat(shown(RITA)).isEqualTo("Available");
            assertThat(model.reset(RITA)).isFalse();
        }

        @Test
        void changeNothingWhenSwitchedOff() {
            start(DynamicsBehaviour.harsh().withNotifications(new DynamicsBehaviour.Notifications(false, false)));
            model.signIn(RITA);
            assertThat(model.miss(RITA)).isFalse();
            assertThat(model.reject(RITA)).isFalse();
            assertThat(shown(RITA)).isEqualTo("Available");
        }
    }

    @Nested
    class TheApi {
        @Test
        void needsASignedInRepresentativeAndAKnownPresence() {
            assertThat(modify("On a call")).isEqualTo(ModifyResult.NOT_FOUND);
            assertThat(model.modify(UUID.randomUUID(), onACall.id(), APPLICATION))
                    .isEqualTo(ModifyResult.NOT_FOUND);
            model.signIn(RITA);
            assertThat(modify("On a call")).isEqualTo(ModifyResult.DONE);
            assertThat(model.modify(RITA, UUID.randomUUID(), APPLICATION)).isEqualTo(ModifyResult.BAD_PRESENCE);
            assertThat(modify("Inactive")).isEqualTo(ModifyResult.BAD_PRESENCE);
            assertThat(shown(RITA)).isEqualTo("On a call");
        }

        @Test
        void leavesTracesThatLookLikeThePersonsOwn() {
            model.signIn(RITA);
            modify("On a call");
            time.pass(ROWS_FOLLOW);

            assertThat(lastRow())
                    .containsEntry("msdyn_presencemodifiedby", "AGENT")
                    .containsEntry("msdyn_presencemodifiedbyuserid", Lookup.user(RITA, null))
                    .containsEntry("msdyn_eventname", new Choice(192350006, "Set Presence"));
        }

        @Test
        void leavesOtherTracesWhereConfigured() {
            var api = new DynamicsBehaviour.Api("SYSTEM", Author.APPLICATION, AgentEvent.OTHER, true, true);
            start(DynamicsBehaviour.harsh().withApi(api));
            model.signIn(RITA);
            assertThat(modify("Inactive")).isEqualTo(ModifyResult.DONE);
            time.pass(ROWS_FOLLOW);

            assertThat(lastRow())
                    .containsEntry("msdyn_presencemodifiedby", "SYSTEM")
                    .containsEntry("msdyn_presencemodifiedbyuserid", Lookup.user(APPLICATION, null))
                    .containsEntry("msdyn_eventname", new Choice(192350009, "Other"));
        }

        @Test
        void givesNoEchoWhenNothingChanges() {
            model.signIn(RITA);
            modify("On a call");
            time.pass(ROWS_FOLLOW);
            int before = changes.size();
            modify("On a call");
            time.pass(ROWS_FOLLOW);
            assertThat(changes).hasSize(before);
        }

        @Test
        void isAheadOfTheTable() {
            model.signIn(RITA);
            time.pass(ROWS_FOLLOW);
            modify("On a call");

            assertThat(shown(RITA)).isEqualTo("On a call");
            assertThat(model.row(RITA).orElseThrow().presence().name()).isEqualTo("Available");
            time.pass(ROWS_FOLLOW);
            assertThat(model.row(RITA).orElseThrow().presence().name()).isEqualTo("On a call");
        }
    }

    @Nested
    class Rows {
        @Test
        void carryRisingVersionsAndThePlatformsWrongClock() {
            model.skewClockBy(Duration.ofMinutes(-7));
            model.signIn(RITA);
            time.pass(ROWS_FOLLOW);
            long before = (Long) lastRow().get("versionnumber");
            choose("Away");
            time.pass(ROWS_FOLLOW);

            assertThat((Long) lastRow().get("versionnumber")).isGreaterThan(before);
            assertThat(lastRow().get("msdyn_presencemodifiedonwithmilliseconds"))
                    .isEqualTo("2026-11-22T07:53:01.0000000Z");
        }

        @Test
        void becomeHistory() {
            model.signIn(RITA);
            choose("Away");
            time.pass(ROWS_FOLLOW);

            List<StatusHistory> history = model.history(RITA);
            assertThat(history)
                    .extracting(one -> one.status().presence().name())
                    .containsExactly("Offline", "Available", "Away");
            assertThat(history.get(1).until()).contains(history.get(2).since());
            assertThat(history.get(2).until()).isEmpty();
        }

        @Test
        void stayAsTheyAreWhenASynchronousStepRefuses() {
            start(DynamicsBehaviour.harsh()
                    .withRows(DynamicsBehaviour.harsh().rows().withDelay(Duration.ZERO)));
            model.signIn(RITA);
            model.listen(new ChangeListener() {
                @Override
                public void changed(RowChange change) {}

                @Override
                public void changing(RowChange change) {
                    throw new PipelineFailed("no");
                }
            });

            org.assertj.core.api.Assertions.assertThatThrownBy(() -> choose("Away"))
                    .isInstanceOf(PipelineFailed.class);

            assertThat(shown(RITA)).isEqualTo("Available");
            assertThat(model.row(RITA).orElseThrow().presence().name()).isEqualTo("Available");
        }
    }

    @Nested
    class Routing {
        private final Workstream chats = Workstream.chat("Chats");

        @Test
        void offersByBasePresenceOnly() {
            model.add(chats);
            assertThat(model.offer(chats.id())).isEmpty();
            model.signIn(RITA);
            assertThat(model.offer(chats.id()))
                    .get()
                    .extracting(one -> one.who().id())
                    .isEqualTo(RITA);
            choose("Busy");
            assertThat(model.offer(chats.id())).isPresent();
            choose("On a call");
            assertThat(model.offer(chats.id())).isEmpty();
        }

        @Test
        void prefersWhoHasMoreCapacityLeft() {
            model.add(chats);
            model.signIn(RITA);
            model.signIn(SAM);
            accept(30);
            assertThat(model.eligible(chats.id()))
                    .extracting(one -> one.who().id())
                    .containsExactly(SAM, RITA);
        }

        @Test
        void neitherOffersToTheFullNorToBots() {
            model.add(chats);
            model.signIn(RITA);
            accept(80);
            assertThat(model.offer(chats.id())).isEmpty();

            Representative bot = new Representative(
                    UUID.randomUUID(),
                    "Bot",
                    "",
                    UUID.randomUUID(),
                    false,
                    java.util.Optional.of(UUID.randomUUID()),
                    java.util.Optional.empty(),
                    Capacity.units(100));
            model.add(bot);
            model.signIn(bot.id());
            assertThat(model.offer(chats.id())).isEmpty();
        }
    }

    @Test
    void letsSupervisorsSetPresence() {
        model.signIn(RITA);
        assertThat(model.supervise(SAM, RITA, BasePresence.AWAY.presenceId())).isTrue();
        time.pass(ROWS_FOLLOW);
        assertThat(lastRow()).containsEntry("msdyn_presencemodifiedbyuserid", Lookup.user(SAM, null));
    }

    @Test
    void sharesOneStatusBetweenBrowsers() {
        model.signIn(RITA);
        choose("Away");
        model.signIn(RITA);
        assertThat(shown(RITA)).isEqualTo("Away");
        assertThat(model.agent(RITA).orElseThrow().browsers()).isEqualTo(2);
    }

    private UUID accept(int units) {
        return model.accept(RITA, Channel.CHAT, units).orElseThrow();
    }

    private void choose(String name) {
        assertThat(model.choose(RITA, model.presence(name).orElseThrow().id())).isTrue();
    }

    private ModifyResult modify(String name) {
        return model.modify(RITA, model.presence(name).orElseThrow().id(), APPLICATION);
    }

    private String shown(UUID who) {
        return model.agent(who).orElseThrow().presence().name();
    }

    private Map<String, Object> lastRow() {
        return changes.get(changes.size() - 1).after();
    }
}
