package dev.lockstep.protocol.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.configured.Connection;
import dev.lockstep.protocol.delivery.Delivery.Direction;
import dev.lockstep.protocol.delivery.Delivery.Purpose;
import dev.lockstep.protocol.delivery.Delivery.Verdict;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {
    private static final Connection PBX =
            new Connection("PBX", "generic", List.of(), List.of(), Optional.empty(), List.of());

    private final SettableClock clock = new SettableClock();
    private final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), clock);
    private final DeliveryLog log = new DeliveryLog(timeline, new SequentialRunner(), clock);

    private Delivery delivery(String connection, Verdict verdict, Purpose purpose) {
        return new Delivery(
                connection,
                clock.instant(),
                Direction.IN,
                verdict,
                "JKJaXmPLvHcESHA=",
                purpose,
                Optional.of(200),
                List.of("line 1042", "call connected"),
                List.of("bob", "rita van Dyk"),
                "its own time is wrong",
                "keep the clock right",
                "user:1 (Rita)",
                Duration.ofMillis(12));
    }

    private void note(Verdict verdict) {
        log.note(delivery("pbx", verdict, Purpose.EVENT));
    }

    private List<Delivery> noted() {
        return log.of(PBX, Instant.EPOCH, 100);
    }

    @Test
    void givesBackWhatWasNotedUnderTheConnectionsOwnName() {
        log.note(delivery("pbx", Verdict.TAKEN, Purpose.EVENT));

        assertThat(noted()).containsExactly(delivery("PBX", Verdict.TAKEN, Purpose.EVENT));
        assertThat(log.of(other(), Instant.EPOCH, 100)).isEmpty();
    }

    private static Connection other() {
        return new Connection("pbx2", "generic", List.of(), List.of(), Optional.empty(), List.of());
    }

    @Test
    void whatHasNothingToSayIsGivenBackTheSame() {
        Delivery plain = new Delivery(
                "PBX",
                clock.instant(),
                Direction.OUT,
                Verdict.FAILED,
                "x",
                Purpose.REPLAY,
                Optional.empty(),
                List.of(),
                List.of(),
                "",
                "",
                "",
                Duration.ZERO);
        log.note(plain);

        assertThat(noted()).containsExactly(plain);
    }

    @Test
    void aBusyPhoneSystemCostsTwoWritesAMinute() {
        for (int call = 0; call < 10 * 60; call++) {
            note(Verdict.TAKEN);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(noted()).hasSize(DeliveryLog.BURST + 19);
    }

    @Test
    void whatIsNotTakenHasPlacesOfItsOwnAndSoHasEachConnection() {
        for (int call = 0; call < 50; call++) {
            note(Verdict.TAKEN);
            note(Verdict.REFUSED);
            log.note(delivery("pbx2", Verdict.IGNORED, Purpose.EVENT));
        }

        assertThat(noted()).hasSize(2 * DeliveryLog.BURST);
        assertThat(log.of(other(), Instant.EPOCH, 100)).hasSize(DeliveryLog.BURST);
    }

    @Test
    void whatSomebodyAskedForIsAlwaysNoted() {
        for (int call = 0; call < 30; call++) {
            note(Verdict.TAKEN);
            log.note(delivery("pbx", Verdict.TAKEN, Purpose.TEST));
        }

        assertThat(noted()).filteredOn(one -> one.purpose() == Purpose.TEST).hasSize(30);
    }

    @Test
    void aStoreThatDoesNotAnswerHarmsNobody() {
        DeliveryLog down = new DeliveryLog(
                new InMemoryTimeline(Duration.ofDays(30), clock, new StoreFaults() {
                    @Override
                    public void before(String call) {
                        throw new StoreUnavailable("down", null);
                    }
                }),
                new SequentialRunner(),
                clock);

        down.note(delivery("pbx", Verdict.TAKEN, Purpose.EVENT));
    }

    @Test
    void whatANewerVersionWroteIsLeftOut() {
        note(Verdict.TAKEN);
        timeline.append(new Timeline.Event(
                "connection#pbx", clock.instant(), "IN POSTPONED EVENT", "", "", "", "", List.of(), Map.of(), 0));

        assertThat(noted()).hasSize(1);
    }
}
