package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.GivenReader;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.intake.RollCall;
import dev.lockstep.platform.Observation;
import dev.lockstep.presence.Roster;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.dynamodb.Crowd;
import dev.lockstep.store.dynamodb.DynamoStore;
import dev.lockstep.store.dynamodb.StoreMeter;
import dev.lockstep.sync.SyncHarness;
import dev.lockstep.teams.SessionSlots;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.teams.TeamsSettings;
import dev.lockstep.teams.WatchedAgents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A pass over everybody where nothing is new, and the polls of Teams until the next one, over a table without DynamoDB behind it. */
final class CrowdPass {
    /** Of Teams, until the next pass. */
    static final int POLLS = 11;

    private final OrdinaryDay day;
    private final Instant now;

    /**
     * What it took.
     *
     * @param entrySize of an agent in the index, in bytes
     * @param units read units of the pass
     * @param tookMillis of the pass
     * @param heap in bytes, of two lists of everybody
     * @param loaded agents, by all polls together
     * @param pollUnits read units of all polls together
     * @param pollMillis of one poll
     */
    record Bill(
            List<Pulse> everybody,
            int entrySize,
            double units,
            double tookMillis,
            long heap,
            long loaded,
            double pollUnits,
            double pollMillis) {}

    /** @param day that is over */
    CrowdPass(OrdinaryDay day) {
        this.day = day;
        this.now = day.now();
    }

    /** Yesterday's shift and today's. */
    private static Rosters rosters() {
        Source schedule = Source.schedule("dynamics");
        Instant today = Instant.parse("2026-03-03T08:00:00Z");
        List<Shift> shifts = List.of(
                new Shift(today.minus(Duration.ofHours(24)), today.minus(Duration.ofHours(16))),
                new Shift(today, today.plus(Duration.ofHours(10))));
        return new Rosters(new TreeMap<>(Map.of(schedule.name(), new Roster(schedule, SourceTime.at(today), shifts))));
    }

    Bill over(int agents) {
        Crowd crowd = day.crowd(rosters(), agents);
        InstantSource clock = () -> now;
        AgentStore store = new DynamoStore(
                        crowd, "", Duration.ofDays(30), clock, new Random(1)::nextLong, StoreMeter.NONE)
                .agents();
        RollCall roll = GivenRoll.over(store, clock, new VirtualThreadRunner());
        roll.everybody();
        double unitsBefore = crowd.units();
        long heapBefore = heap();
        long begun = System.nanoTime();
        List<Pulse> everybody = roll.everybody();
        double took = (System.nanoTime() - begun) / 1e6;
        double units = crowd.units() - unitsBefore;
        TeamsPoll poll = poll(store, roll, clock);
        WatchedAgents watched = poll.watched();
        long heap = heap() - heapBefore;
        double watchBefore = crowd.units();
        long loadedBefore = crowd.loaded();
        long watchBegun = System.nanoTime();
        for (int i = 0; i < POLLS; i++) {
            assertThat(poll.poll(watched)).isZero();
        }
        double polled = (System.nanoTime() - watchBegun) / 1e6 / POLLS;
        return new Bill(
                everybody,
                crowd.entrySize(),
                units,
                took,
                heap,
                crowd.loaded() - loadedBefore,
                crowd.units() - watchBefore,
                polled);
    }

    private TeamsPoll poll(AgentStore store, RollCall roll, InstantSource clock) {
        Map<String, String> shown = day.shown("teams").shown();
        TeamsPlatform teams = new TeamsPlatform(null, SessionSlots.ONE, Defaults.of(TeamsSettings.class), clock);
        PlatformAround same = new PlatformAround(teams) {
            @Override
            public Map<String, Observation> read(Collection<String> ids) {
                Map<String, Observation> seen = new HashMap<>();
                ids.forEach(id -> seen.put(id, new Observation("teams", now, shown)));
                return seen;
            }
        };
        SyncHarness sync = SyncHarness.over(
                        store, new InMemoryTimeline(Duration.ofDays(1), clock), List.of(same), clock)
                .build();
        return new TeamsPoll(
                same,
                roll,
                store,
                sync.synchronizer(),
                new CorrelationIds(new Random(2)),
                GivenReader.uncounted(),
                GivenCrew.alone(),
                clock);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
