package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.platform.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed can neither be read nor changed, and keys can be replaced without a gap. */
class KeyRingTest {
    private static final String OLD = GivenBrowser.KEY;
    private static final String NEW = GivenBrowser.NEXT_KEY;
    private static final byte[] TEXT = "{\"oid\":\"rita\"}".getBytes(StandardCharsets.UTF_8);

    private static KeyRing ring(String... keys) {
        return new KeyRing(() -> List.of(keys), new SplittableRandom(7));
    }

    @Test
    void whatWasSealedOpensForItsPurposeAlone() {
        KeyRing ring = ring(OLD);
        String sealed = ring.seal("session", TEXT);

        assertThat(ring.open("session", sealed)).get().isEqualTo(TEXT);
        assertThat(ring.open("sign-in", sealed)).isEmpty();
        assertThat(ring(NEW).open("session", sealed)).isEmpty();
        assertThat(sealed).matches("[A-Za-z0-9_-]+").doesNotContain("rita");
    }

    @Test
    void theSameTextIsNeverSealedAlike() {
        KeyRing ring = ring(OLD);
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            sealed.add(ring.seal("session", TEXT));
        }

        assertThat(sealed).hasSize(100);
    }

    @Test
    void whateverIsChangedInItIsNoticed() {
        KeyRing ring = ring(OLD);
        byte[] sealed = Base64.getUrlDecoder().decode(ring.seal("session", TEXT));
        for (int i = 0; i < sealed.length * 8; i++) {
            byte[] changed = sealed.clone();
            changed[i / 8] ^= (byte) (1 << (i % 8));

            assertThat(ring.open(
                            "session", Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                    .as("bit %d", i)
                    .isEmpty();
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            assertThat(ring.open("session", Base64.getUrlEncoder().encodeToString(cut)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "=", "no Base64 at all!", "AQ"})
    void whatIsNothingOpensNothing(String sealed) {
        assertThat(ring(OLD).open("session", sealed)).isEmpty();
        assertThat(ring(OLD).open("session", "A".repeat(1_000_000))).isEmpty();
    }

    /** {@code old}, {@code old,new}, {@code new,old}, {@code new}: neighbours open what the other has sealed. */
    @Test
    void keysAreReplacedWithoutAGap() {
        List<KeyRing> steps = List.of(ring(OLD), ring(OLD, NEW), ring(NEW, OLD), ring(NEW));
        for (int step = 0; step < steps.size() - 1; step++) {
            KeyRing one = steps.get(step);
            KeyRing next = steps.get(step + 1);
            if (step < 2) {
                assertThat(next.open("session", one.seal("session", TEXT))).isPresent();
            }
            assertThat(one.open("session", next.seal("session", TEXT))).isPresent();
        }
        assertThat(steps.getLast().open("session", steps.getFirst().seal("session", TEXT)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "not Base64!"})
    void aKeyThatIsNoneSaysHowToMakeOne(String key) {
        KeyRing ring = key.isEmpty() ? ring() : ring(key);

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> ring.seal("session", TEXT))
                .withMessageContaining("openssl rand -base64 32")
                .matches(e -> key.isEmpty() || !e.getMessage().contains(key));
    }
}
