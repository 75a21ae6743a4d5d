package dev.lockstep.local.dynamics.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServiceProtectionTest {
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T08:00:00Z"));
    private final ServiceProtection protection = new ServiceProtection(time, ServiceProtection.Limits.documented());

    @Test
    void letsSixThousandInAndTellsWhenTheNextMayCome() {
        for (int i = 0; i < 6000; i++) {
            request(Duration.ZERO);
        }
        var refused = protection.enter("app").orElseThrow();
        assertThat(refused.code()).isEqualTo("0x80072322");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(301));

        time.pass(refused.retryAfter());
        assertThat(protection.enter("app")).isEmpty();
    }

    @Test
    void makesWhoKeepsPushingWaitLonger() {
        for (int i = 0; i < 6000; i++) {
            request(Duration.ZERO);
        }
        Duration first = protection.enter("app").orElseThrow().retryAfter();
        protection.enter("app");
        assertThat(protection.enter("app").orElseThrow().retryAfter()).isEqualTo(first.plusSeconds(2));
    }

    @Test
    void slides() {
        for (int i = 0; i < 3000; i++) {
            request(Duration.ZERO);
        }
        time.pass(Duration.ofMinutes(4));
        for (int i = 0; i < 3000; i++) {
            request(Duration.ZERO);
        }
        assertThat(protection.enter("app")).isPresent();
        time.pass(Duration.ofSeconds(61));
        assertThat(protection.remaining("app")).isEqualTo(3000);
    }

    @Test
    void refusesTheFiftyThirdAtOnce() {
        for (int i = 0; i < 52; i++) {
            assertThat(protection.enter("app")).isEmpty();
        }
        assertThat(protection.enter("app").orElseThrow().code()).isEqualTo("0x80072326");
        protection.leave("app", Duration.ZERO);
        assertThat(protection.enter("app")).isEmpty();
    }

    @Test
    void limitsExecutionTime() {
        for (int i = 0; i < 20; i++) {
            request(Duration.ofMinutes(1));
        }
        assertThat(protection.enter("app").orElseThrow().code()).isEqualTo("0x80072321");
    }

    @Test
    void countsEachUserAlone() {
        for (int i = 0; i < 6000; i++) {
            request(Duration.ZERO);
        }
        assertThat(protection.enter("app")).isPresent();
        assertThat(protection.enter("other")).isEmpty();
    }

    private void request(Duration took) {
        assertThat(protection.enter("app")).isEmpty();
        protection.leave("app", took);
    }
}
