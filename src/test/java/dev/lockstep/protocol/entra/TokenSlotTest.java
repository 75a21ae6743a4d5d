package dev.lockstep.protocol.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TokenSlotTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration LIFE = Duration.ofHours(1);

    private volatile Instant now = START;
    private final Deque<Supplier<AccessToken>> entra = new ArrayDeque<>();
    private int asked;
    private final TokenSlot slot = new TokenSlot(this::ask, () -> now);

    @Test
    void asksOnceWhileTheTokenIsGood() {
        gives("one");

        assertThat(slot.current().value()).isEqualTo("one");
        after(Duration.ofMinutes(54));
        assertThat(slot.current().value()).isEqualTo("one");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void refreshesAheadOfTheEnd() {
        gives("one");
        gives("two");
        slot.current();
        after(Duration.ofMinutes(55));

        assertThat(slot.current().value()).isEqualTo("two");
    }

    @Test
    void refreshesWhenEntraWishesItSooner() {
        entra.add(() -> AccessToken.of("one", now, Optional.of(now.plusSeconds(60)), now.plus(LIFE)));
        gives("two");
        slot.current();
        after(Duration.ofSeconds(60));

        assertThat(slot.current().value()).isEqualTo("two");
    }

    @Test
    void aWishForAfterTheEndIsNoReasonToRefreshLate() {
        entra.add(() -> AccessToken.of("one", now, Optional.of(now.plus(LIFE).plusSeconds(1)), now.plus(LIFE)));
        gives("two");
        slot.current();
        after(Duration.ofMinutes(56));

        assertThat(slot.current().value()).isEqualTo("two");
    }

    @Test
    void goesOnWithTheOldTokenWhileTheNextCannotBeHad() {
        gives("one");
        fails(new PlatformException.Unreachable("no answer"));
        gives("two");
        slot.current();
        after(Duration.ofMinutes(56));

        assertThat(slot.current().value()).isEqualTo("one");
        assertThat(slot.current().value()).isEqualTo("one");
        assertThat(asked).as("not asked again at once").isEqualTo(2);
        after(TokenSlot.PAUSE_AFTER_SILENCE);
        assertThat(slot.current().value()).isEqualTo("two");
    }

    @Test
    void neverGivesOutATokenThatHasEnded() {
        gives("one");
        fails(new PlatformException.Unreachable("no answer"));
        slot.current();
        after(LIFE.minusSeconds(30));

        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(slot::current);
    }

    @Test
    void shortTokensServeMostOfTheirLife() {
        AccessToken token = AccessToken.of("short", START, Optional.empty(), START.plusSeconds(10));

        assertThat(token.refreshAt()).isEqualTo(START.plusMillis(7500));
        assertThat(token.expiresAt()).isEqualTo(START.plusSeconds(9));
    }

    @Test
    void repeatsAFailureForAWhileWithoutAskingAgain() {
        fails(new PlatformException.PermissionMissing("wrong secret"));
        gives("one");

        assertThatThrownBy(slot::current).hasMessage("wrong secret");
        after(TokenSlot.PAUSE_AFTER_REFUSAL.minusMillis(1));
        assertThatThrownBy(slot::current).hasMessage("wrong secret");
        assertThat(asked).isEqualTo(1);
        after(Duration.ofMillis(1));
        assertThat(slot.current().value()).isEqualTo("one");
    }

    @Test
    void waitsAsLongAsEntraAsks() {
        fails(new PlatformException.Throttled(Optional.of(Duration.ofSeconds(40))));
        gives("one");

        assertThatExceptionOfType(PlatformException.Throttled.class).isThrownBy(slot::current);
        after(Duration.ofSeconds(39));
        assertThatExceptionOfType(PlatformException.Throttled.class).isThrownBy(slot::current);
        after(Duration.ofSeconds(1));
        assertThat(slot.current().value()).isEqualTo("one");
    }

    @Test
    void aRefusedTokenIsReplacedOnce() {
        gives("one");
        gives("two");
        AccessToken one = slot.current();

        AccessToken two = slot.renewed(one);
        assertThat(two.value()).isEqualTo("two");
        assertThat(slot.renewed(one)).as("somebody else has renewed it").isEqualTo(two);
        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .as("the fresh one is refused too")
                .isThrownBy(() -> slot.renewed(two));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void laterAnotherTokenMayBeRefusedAndReplaced() {
        gives("one");
        gives("two");
        gives("three");
        AccessToken two = slot.renewed(slot.current());
        after(TokenSlot.PAUSE_AFTER_REFUSAL);

        assertThat(slot.renewed(two).value()).isEqualTo("three");
    }

    @Test
    @Timeout(20)
    void manyAtOnceMakeOneRequest() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        entra.add(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return AccessToken.of("one", now, Optional.empty(), now.plus(LIFE));
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AccessToken>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> callers.submit(slot::current))
                    .toList();
            gate.countDown();
            for (Future<AccessToken> answer : answers) {
                assertThat(answer.get().value()).isEqualTo("one");
            }
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void neverShowsItsText() {
        assertThat(AccessToken.of("eyJhbGciOi", START, Optional.empty(), START.plus(LIFE)))
                .asString()
                .doesNotContain("eyJhbGciOi");
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private void gives(String value) {
        entra.add(() -> AccessToken.of(value, now, Optional.empty(), now.plus(LIFE)));
    }

    private void fails(PlatformException failure) {
        entra.add(() -> {
            throw failure;
        });
    }

    private AccessToken ask() {
        asked++;
        return entra.remove().get();
    }
}
