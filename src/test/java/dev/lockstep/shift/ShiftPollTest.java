package dev.lockstep.shift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.intake.BulkIntake;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.GivenReader;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShiftPollTest {
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private Instant now = NINE;
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final List<Booking> bookings = new ArrayList<>();
    private boolean unreachable;
    private String unrecordable = "";
    private int reserved;
    private int closed;
    private final List<String> atOnce = new ArrayList<>();
    private final List<String> inTurn = new ArrayList<>();
    private final List<String> reads = new ArrayList<>();
    private final Set<Trigger> triggers = new HashSet<>();
    private final EvidenceIntake intake = new EvidenceIntake() {
        @Override
        public IntakeOutcome accept(String agentId, List<Evidence> evidence, Trigger trigger) {
            return fold(agentId, evidence, atOnce, trigger);
        }

        @Override
        public BulkIntake inBulk(int agents, Trigger trigger) {
            reserved += agents;
            return new BulkIntake() {
                @Override
                public IntakeOutcome enqueue(String agentId, List<Evidence> evidence) {
                    return fold(agentId, evidence, inTurn, trigger);
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }

        @Override
        public boolean mayBeNews(Pulse known, Observation shown) {
            return true;
        }

        @Override
        public void storeAnew(String agentId) {}

        @Override
        public boolean wouldChange(AgentState known, List<Evidence> evidence) {
            return true;
        }
    };
    private final ShiftSource dynamics = new ShiftSource() {
        @Override
        public String name() {
            return "dynamics";
        }

        @Override
        public String platform() {
            return "dynamics";
        }

        @Override
        public List<Booking> bookings(Instant from, Instant to) {
            if (unreachable) {
                throw new PlatformException.Unreachable("silent");
            }
            return List.copyOf(bookings);
        }
    };

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        for (String agentId : List.of("rita", "anna", "zoe")) {
            store.save(AgentState.of(agentId, new Profile(agentId, "", Map.of("dynamics", "d-" + agentId))));
        }
    }

    private ShiftPoll shiftEnd(int mostAtOnce) {
        return new ShiftPoll(
                List.of(dynamics),
                Defaults.of(ShiftSettings.class, Map.of("lockstep.shift.most-at-once", String.valueOf(mostAtOnce))),
                GivenRoll.over(store, () -> now),
                store,
                () -> now,
                intake,
                new CorrelationIds(new Random(1)),
                GivenReader.counting((platform, outcome) -> reads.add(platform + " " + outcome)),
                GivenCrew.alone());
    }

    private IntakeOutcome fold(String agentId, List<Evidence> news, List<String> lane, Trigger trigger) {
        triggers.add(trigger);
        lane.add(agentId);
        if (agentId.equals(unrecordable)) {
            throw new StoreUnavailable("throttled", null);
        }
        Signal signal = ((Evidence.Reported) news.getFirst()).signal();
        try {
            AgentState state = store.load(agentId).orElseThrow();
            store.save(state.with(state.situation().fold(signal)).released(Optional.empty()));
            return IntakeOutcome.SETTLED;
        } catch (AgentStore.Conflict e) {
            throw new IllegalStateException(e);
        }
    }

    private static Booking booking(String agentId, int from, int to) {
        return new Booking("d-" + agentId, NINE.plus(Duration.ofHours(from)), NINE.plus(Duration.ofHours(to)));
    }

    private List<Shift> rosterOf(String agentId) {
        return store.load(agentId).orElseThrow().situation().rosters().of(Source.schedule("dynamics"));
    }

    @Test
    void onlyThoseWhoseShiftsAreNewAreTold() {
        bookings.add(booking("rita", 0, 4));

        assertThat(shiftEnd(10).run()).isEqualTo(1);
        assertThat(rosterOf("rita")).containsExactly(new Shift(NINE, NINE.plus(Duration.ofHours(4))));
        now = now.plusSeconds(60);
        assertThat(shiftEnd(10).run()).isZero();
    }

    @Test
    void whatWaitsInTheInboxIsNotToldTwice() {
        bookings.add(booking("rita", 0, 4));
        Instant from = now.minus(Duration.ofHours(30));
        store.append(
                "rita",
                List.of(new Evidence.Reported(new Signal.Shifts(
                        Source.schedule("dynamics"),
                        SourceTime.at(now),
                        from,
                        List.of(new Shift(NINE, NINE.plus(Duration.ofHours(4))))))));

        assertThat(shiftEnd(10).run()).isZero();
        now = NINE.plus(Duration.ofHours(4));
        assertThat(shiftEnd(10).run()).isEqualTo(1);
    }

    @Test
    void aShiftThatWasMovedOrDeletedIsToldAgain() {
        bookings.add(booking("rita", 0, 4));
        shiftEnd(10).run();

        bookings.set(0, booking("rita", 0, 5));
        now = now.plusSeconds(60);
        assertThat(shiftEnd(10).run()).isEqualTo(1);
        assertThat(rosterOf("rita")).containsExactly(new Shift(NINE, NINE.plus(Duration.ofHours(5))));

        bookings.clear();
        now = now.plusSeconds(60);
        assertThat(shiftEnd(10).run()).isEqualTo(1);
        assertThat(rosterOf("rita")).isEmpty();
    }

    @Test
    void aScheduleThatDoesNotAnswerDeletesNobodysShift() {
        bookings.add(booking("rita", 0, 4));
        shiftEnd(10).run();

        unreachable = true;
        assertThat(shiftEnd(10).run()).isZero();
        assertThat(rosterOf("rita")).hasSize(1);
        assertThat(reads).containsExactly("schedule:dynamics Done", "schedule:dynamics Unreachable");
    }

    @Test
    void manyAtOnceGoThroughTheBulkLane() {
        List.of("rita", "anna", "zoe").forEach(agentId -> bookings.add(booking(agentId, -8, 0)));

        assertThat(shiftEnd(2).run()).isEqualTo(3);
        assertThat(atOnce).isEmpty();
        assertThat(inTurn).containsExactlyInAnyOrder("rita", "anna", "zoe");
        assertThat(reserved).isEqualTo(3);
        assertThat(closed).isEqualTo(1);
        assertThat(triggers).singleElement().satisfies(trigger -> {
            assertThat(trigger.name()).isEqualTo("shift-end");
            assertThat(trigger.correlationId()).isNotBlank();
        });
    }

    @Test
    void whoCannotBeRecordedDelaysNobodyElse() {
        unrecordable = "anna";
        for (String agentId : List.of("anna", "rita", "zoe")) {
            bookings.add(booking(agentId, 0, 60));
        }

        shiftEnd(5).run();

        assertThat(atOnce).containsExactlyInAnyOrder("anna", "rita", "zoe");
        assertThat(store.load("anna").orElseThrow().situation().rosters().known())
                .isEmpty();
        assertThat(store.load("zoe").orElseThrow().situation().rosters().known())
                .isNotEmpty();
    }

    @Test
    void aFewAreToldAtOnce() {
        List.of("rita", "anna", "zoe").forEach(agentId -> bookings.add(booking(agentId, -8, 0)));

        shiftEnd(3).run();
        assertThat(atOnce).hasSize(3);
        assertThat(inTurn).isEmpty();
    }

    @Test
    void anEndThatHasComeIsToldOnceMore() {
        bookings.add(booking("rita", 0, 4));
        shiftEnd(10).run();
        Instant end = NINE.plus(Duration.ofHours(4));

        now = end.minusSeconds(1);
        assertThat(shiftEnd(10).run()).isZero();
        now = end;
        assertThat(shiftEnd(10).run()).isEqualTo(1);
        now = end.plusSeconds(60);
        assertThat(shiftEnd(10).run()).isZero();
    }
}
