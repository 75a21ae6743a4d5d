package dev.lockstep.configured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StoredSecretsTest {
    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:desk-AbCdEf";

    private final SettableClock clock = new SettableClock();
    private final List<String> asked = new ArrayList<>();
    private Supplier<String> vault = () -> "one";
    private final StoredSecrets secrets = new StoredSecrets(this::read, false, clock, new Random(1));

    private String read(String arn) {
        asked.add(arn);
        return vault.get();
    }

    @Test
    void aReferenceIsReadOnceInAWhile() {
        assertThat(secrets.reveal(ARN)).isEqualTo("one");
        vault = () -> "two";
        clock.advance(Duration.ofMinutes(3));
        assertThat(secrets.reveal(ARN)).isEqualTo("one");
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofMinutes(2));
        assertThat(secrets.reveal(ARN)).isEqualTo("two");
    }

    @Test
    void instancesDoNotAskAtTheSameMoment() {
        List<Long> seconds = new ArrayList<>();
        for (int seed = 0; seed < 50; seed++) {
            SettableClock own = new SettableClock();
            Instant start = own.instant();
            int before = asked.size();
            StoredSecrets instance = new StoredSecrets(this::read, false, own, new Random(seed));
            while (asked.size() < before + 2) {
                instance.reveal(ARN);
                own.advance(Duration.ofSeconds(1));
            }
            seconds.add(Duration.between(start, own.instant()).toSeconds());
        }
        assertThat(seconds).allSatisfy(second -> assertThat(second).isBetween(240L, 302L));
        assertThat(seconds.stream().distinct().count()).isGreaterThan(20);
    }

    @Test
    void aValueIsTakenOnlyWhereThatIsAllowed() {
        assertThatThrownBy(() -> secrets.reveal("k7Qe-1"))
                .isInstanceOf(PlatformException.PermissionMissing.class)
                .hasMessageContaining("give its ARN")
                .hasMessageNotContaining("k7Qe");
        assertThat(new StoredSecrets(this::read, true, clock, new Random(1)).reveal("k7Qe-1"))
                .isEqualTo("k7Qe-1");
        assertThat(asked).isEmpty();
    }

    @Test
    void whileTheSecretStoreIsSilentTheOldValueHolds() {
        secrets.reveal(ARN);
        vault = StoredSecretsTest::silent;
        clock.advance(Duration.ofMinutes(30));
        assertThat(secrets.reveal(ARN)).isEqualTo("one");
        assertThat(secrets.reveal(ARN)).isEqualTo("one");
        assertThat(asked).as("it is not asked again at once").hasSize(2);
        clock.advance(Duration.ofMinutes(31));
        assertThatThrownBy(() -> secrets.reveal(ARN)).isInstanceOf(PlatformException.Unreachable.class);
        vault = () -> "two";
        clock.advance(StoredSecrets.REFUSED);
        assertThat(secrets.reveal(ARN)).isEqualTo("two");
    }

    @Test
    void aRefusalIsRememberedForAWhile() {
        vault = () -> {
            throw new PlatformException.PermissionMissing("no");
        };
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> secrets.reveal(ARN)).isInstanceOf(PlatformException.PermissionMissing.class);
        }
        assertThat(asked).hasSize(1);
        vault = () -> "one";
        clock.advance(StoredSecrets.REFUSED);
        assertThat(secrets.reveal(ARN)).isEqualTo("one");
    }

    private static String silent() {
        throw new PlatformException.Unreachable("silent");
    }
}
