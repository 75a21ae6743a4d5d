package dev.lockstep.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.configured.Secrets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMatcherTest {
    private static final Secrets INLINE = reference -> reference;

    private final SecretMatcher secrets =
            SecretMatcher.of(INLINE.revealAll(List.of("old , new-ä", "", " ", ",third,")));

    @ParameterizedTest
    @ValueSource(strings = {"old", "new-ä", "third"})
    void eachMatches(String given) {
        assertThat(secrets.matches(given)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "ol", "old ", "Old", "oldnew-ä", "new-a", "old , new-ä", "thirdthird"})
    void nothingElseDoes(String given) {
        assertThat(secrets.matches(given)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anything"})
    void withoutASecretNobodyMatches(String given) {
        assertThat(SecretMatcher.of(List.of()).matches(given)).isFalse();
        assertThat(SecretMatcher.of(List.of("", " ")).matches(given)).isFalse();
    }

    @Test
    void itsTextHoldsNone() {
        assertThat(secrets).hasToString("3 secrets");
    }
}
