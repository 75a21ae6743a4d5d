package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.AgentView.Details;
import dev.lockstep.agent.AgentView.OnPlatform;
import dev.lockstep.failure.RecordedLog;
import dev.lockstep.intake.LastTime;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SyncHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final InMemoryControl control = new InMemoryControl(() -> NOW);
    private final List<AgentView> agents = new ArrayList<>();

    private SyncHealth.Count count() {
        AgentViews views = new AgentViews() {
            @Override
            public Stream<AgentView> ofTeam(String team, Consumer<String> unreadable) {
                return Stream.empty();
            }

            @Override
            public Stream<AgentView> all(Consumer<String> unreadable) {
                unreadable.accept("ada");
                return agents.stream();
            }
        };
        return new SyncHealth(views, control, () -> NOW).count();
    }

    private void agent(Optional<Status> status, Duration since, Condition... conditions) {
        TreeMap<String, OnPlatform> platforms = new TreeMap<>();
        for (Condition condition : conditions) {
            platforms.put(
                    "platform " + platforms.size(),
                    new OnPlatform(status, status, Optional.empty(), condition, "", Optional.of(NOW.minus(since))));
        }
        agents.add(new AgentView(
                "agent-" + agents.size(),
                "",
                "",
                status.orElse(Status.OFFLINE),
                Optional.of(NOW.minus(since)),
                new Details(List.of(), platforms)));
    }

    @Test
    void anAgentIsCountedOnceHoweverManyPlatformsAreWrong() {
        Duration settled = Duration.ofMinutes(10);
        agent(Optional.of(Status.BUSY), settled, Condition.IN_SYNC, Condition.HELD_BY_PERSON);
        agent(Optional.of(Status.BUSY), settled, Condition.THROTTLED, Condition.UNMAPPED);
        agent(Optional.of(Status.BUSY), settled, Condition.IN_SYNC, Condition.PENDING);

        assertThat(count().outOfSync()).isEqualTo(2);
    }

    @Test
    void whoCannotBeReadIsCountedApart() {
        assertThat(count().unreadable()).isEqualTo(1);
        assertThat(count().outOfSync()).isZero();
    }

    @Test
    void whatHasJustChangedIsStillOnItsWay() {
        agent(Optional.of(Status.ON_A_CALL), OnPlatform.SETTLING, Condition.PENDING);
        assertThat(count().outOfSync()).isZero();

        agent(Optional.of(Status.ON_A_CALL), OnPlatform.SETTLING.plusSeconds(1), Condition.PENDING);
        assertThat(count().outOfSync()).isEqualTo(1);
    }

    @Test
    void whatIsRenewedUnderAnOldStatusIsOnItsWayTooAndOnceShownCountsAnew() {
        Instant faded = NOW.minusSeconds(300);
        Standing shown = Standing.NEW.attempting(faded).in(Condition.IN_SYNC, "");
        Standing renewed = shown.attempting(NOW.minusSeconds(13)).in(Condition.PENDING, "written, not yet shown");

        assertThat(shown.progress().wrongSince()).isEmpty();
        assertThat(renewed.progress().wrongSince()).contains(NOW.minusSeconds(13));
        assertThat(renewed.failing(Condition.THROTTLED, "", NOW)
                        .at(NOW)
                        .progress()
                        .wrongSince())
                .contains(NOW.minusSeconds(13));
    }

    /** The dashboard shows the latest line: that nobody is out of sync any more is said too. */
    @Test
    void whoIsOutOfSyncIsNamedAndThatNobodyIs() {
        try (RecordedLog log = new RecordedLog(SyncHealth.class)) {
            count();
            assertThat(log.text()).contains("census outOfSync=0 who=[nobody]");

            agent(Optional.of(Status.BUSY), Duration.ofMinutes(10), Condition.IN_SYNC, Condition.UNMAPPED);
            count();
            assertThat(log.text())
                    .contains("census outOfSync=1 who=[agent-0 on platform 1: Unmapped since 2026-11-22T09:50:00Z]");
        }
    }

    @Test
    void silenceIsToldOfEverySourceWhileSomebodyIsAtWork() {
        LastTime.heard(control, "dynamics").at(NOW.minusSeconds(90));
        LastTime.heard(control, "phone").at(NOW.minusSeconds(3600));
        agent(Optional.of(Status.OFFLINE), Duration.ofHours(9), Condition.IN_SYNC);
        agent(Optional.empty(), Duration.ofHours(9), Condition.NOT_SIGNED_IN);
        assertThat(count().silences()).isEmpty();

        agent(Optional.of(Status.AWAY), Duration.ofHours(1), Condition.IN_SYNC);
        assertThat(count().silences())
                .isEqualTo(Map.of("dynamics", Duration.ofSeconds(90), "phone", Duration.ofHours(1)));
    }

    @Test
    void howLongAgoEachSourceWasReadIsToldAtNightToo() {
        LastTime.read(control, "teams").at(NOW.minusSeconds(61));
        LastTime.read(control, "schedule:dynamics").at(NOW.minusSeconds(7200));

        assertThat(count().lastReads())
                .isEqualTo(Map.of("teams", Duration.ofSeconds(61), "schedule:dynamics", Duration.ofHours(2)));
        assertThat(count().silences()).isEmpty();
    }

    @Test
    void hearingIsNotedOnceAMinuteAndNeverFailsTheCaller() {
        AtomicInteger puts = new AtomicInteger();
        InMemoryControl failing = new InMemoryControl(() -> NOW, new StoreFaults() {
            @Override
            public void before(String call) {
                if (puts.incrementAndGet() == 1) {
                    throw new StoreUnavailable("down", null);
                }
            }
        });
        LastTime heard = LastTime.heard(failing, "phone");
        heard.at(NOW);
        heard.at(NOW.plusSeconds(1));
        heard.at(NOW.plusSeconds(30));
        heard.at(NOW.plusSeconds(62));
        assertThat(puts).hasValue(3);
        assertThat(failing.get(ControlKeys.HEARD + "phone"))
                .contains(NOW.plusSeconds(62).toString());
    }
}
