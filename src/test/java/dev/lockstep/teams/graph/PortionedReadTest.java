package dev.lockstep.teams.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.concurrent.Batches;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.teams.graph.PresenceApi.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Graph that refuses every list with one of some ids in it. */
class PortionedReadTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final InMemoryControl control = new InMemoryControl(clock);
    private final RefusedIds refused = new RefusedIds(clock, control);
    private final PortionedRead read =
            new PortionedRead(this::once, refused, new VirtualThreadRunner(), Duration.ofSeconds(20), clock);

    private final Set<String> bad = new TreeSet<>();
    private final AtomicInteger requests = new AtomicInteger();

    /** From that request on nobody is answered any more. */
    private int answeredUntil = Integer.MAX_VALUE;

    private Supplier<PlatformException> refusal = () -> new PlatformException.Rejected("one of them is refused");

    private Map<String, Presence> once(List<String> ids) {
        assertThat(ids).isNotEmpty();
        if (requests.incrementAndGet() >= answeredUntil || ids.stream().anyMatch(bad::contains)) {
            throw refusal.get();
        }
        Map<String, Presence> found = new HashMap<>();
        ids.forEach(id -> found.put(id, new Presence("Available", "Available", Optional.empty())));
        return found;
    }

    private static PlatformException forbidden() {
        return new PlatformException.PermissionMissing("Teams refuses (403)");
    }

    private static List<String> ids(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> "00000000-0000-0000-0000-%012d".formatted(i))
                .toList();
    }

    /** One poll of those who are not left out, in portions of 650. */
    private int poll(List<String> ids) {
        requests.set(0);
        return read.read(Batches.of(
                                ids.stream()
                                        .filter(id -> !refused.isRefused(id))
                                        .toList(),
                                650)
                        .toList())
                .size();
    }

    private void forbid() {
        refusal = PortionedReadTest::forbidden;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsRefusedIsFoundByHalving(boolean asMissingRight) {
        if (asMissingRight) {
            forbid();
        }
        List<String> ids = ids(650);
        bad.addAll(List.of(ids.get(17), ids.get(400)));

        assertThat(poll(ids)).isEqualTo(648);
        assertThat(refused.isRefused(ids.get(17))).isTrue();
        assertThat(refused.count()).isEqualTo(2);
        assertThat(requests).hasValueLessThanOrEqualTo(41);
    }

    @Test
    void halvingCostsNoMoreThanItMayAndGoesOnTheNextTime() {
        List<String> ids = ids(650);
        IntStream.range(0, 20).forEach(i -> bad.add(ids.get(i * 30)));

        int seen = poll(ids);
        assertThat(requests).hasValue(41);
        assertThat(seen).isLessThan(630);

        for (int poll = 0; poll < 20 && seen < 630; poll++) {
            seen = poll(ids);
            assertThat(requests).hasValueLessThanOrEqualTo(41);
        }
        assertThat(seen).isEqualTo(630);
        assertThat(refused.count()).isEqualTo(20);
    }

    /** The 651st agent stands alone in a portion. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aPortionOfNothingButRefusedIdsIsRememberedToo(int alone) {
        List<String> ids = ids(650 + alone);
        bad.addAll(ids.subList(650, ids.size()));

        assertThat(poll(ids)).isEqualTo(650);
        assertThat(refused.count()).isEqualTo(alone);
        assertThat(control.withPrefix(ControlKeys.REFUSED_ID)).hasSize(alone);
        assertThat(poll(ids)).isEqualTo(650);
        assertThat(requests).hasValue(1);
    }

    @Test
    void aWholePortionOfRefusedIdsIsFoundPieceByPiece() {
        List<String> ids = ids(750);
        bad.addAll(ids.subList(650, 750));

        for (int poll = 0; poll < 20 && refused.count() < 100; poll++) {
            assertThat(poll(ids)).isEqualTo(650);
            assertThat(requests).hasValueLessThanOrEqualTo(42);
        }
        assertThat(refused.count()).isEqualTo(100);
    }

    @Test
    void whatIsRefusedToTheLastIsRefusedForAnotherReason() {
        List<String> ids = ids(4);
        bad.addAll(ids);

        assertThatThrownBy(() -> poll(ids)).isInstanceOf(PlatformException.Rejected.class);
        assertThat(refused.count()).isZero();
    }

    /** Where the right is missing, looking for somebody to blame at each poll would only cost requests. */
    @Test
    void whereNobodyIsAnsweredTheRightIsMissingAndNobodyIsSearchedForAtEachPoll() {
        forbid();
        List<String> ids = ids(2000);
        bad.addAll(ids);

        assertThatThrownBy(() -> poll(ids)).isInstanceOf(PlatformException.PermissionMissing.class);
        assertThat(requests).hasValueLessThanOrEqualTo(44);
        clock.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> poll(ids)).isInstanceOf(PlatformException.PermissionMissing.class);
        assertThat(requests).hasValue(4);
        assertThat(refused.count()).isZero();

        bad.retainAll(ids.subList(3, 4));
        clock.advance(Duration.ofMinutes(1));
        assertThat(poll(ids)).isEqualTo(1999);
        assertThat(refused.count()).isEqualTo(1);
    }

    /** Half is answered, then the right is taken away: nobody of the other half is to blame. */
    @Test
    void whoIsRefusedOnlyAfterARightWasTakenAwayIsNotRemembered() {
        forbid();
        List<String> ids = ids(8);
        bad.add(ids.getLast());
        answeredUntil = 3;

        assertThat(poll(ids)).isEqualTo(4);
        assertThat(refused.count()).isZero();
    }

    @Test
    void oneWhoIsReadAloneAndRefusedKeepsNoSearchOff() {
        List<String> ids = ids(10);
        bad.add(ids.getFirst());

        assertThatThrownBy(() -> poll(ids.subList(0, 1))).isInstanceOf(PlatformException.Rejected.class);
        assertThat(poll(ids)).isEqualTo(9);
    }
}
