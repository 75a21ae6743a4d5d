package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.check.Check;
import dev.lockstep.check.Finding;
import dev.lockstep.check.Finding.Grade;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.GivenSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator is told of credentials and clocks. */
class EntraChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Optional<Instant> expiry = Optional.empty();
    private Optional<Instant> theirs = Optional.of(NOW);

    private Finding look(String name) {
        return look(name, GivenSettings.secret("https://login.microsoftonline.com", "s"));
    }

    private Finding look(String name, EntraSettings settings) {
        return new EntraChecks(settings, () -> expiry, server -> theirs, () -> NOW, Duration.ofDays(30))
                .checks().stream()
                        .filter(check -> check.name().equals(name))
                        .map(Check::look)
                        .findFirst()
                        .orElseThrow()
                        .get();
    }

    @Test
    void withoutAnApplicationNothingIsAsked() {
        expiry = Optional.of(NOW);
        assertThat(look("credential-expiry", GivenSettings.none()).grade()).isEqualTo(Grade.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"-1, FAILED", "0, WARNING", "29, WARNING", "31, OK"})
    void aCertificateIsWatchedToItsEnd(long days, Grade grade) {
        expiry = Optional.of(NOW.plus(Duration.ofDays(days)));
        assertThat(look("credential-expiry").grade()).isEqualTo(grade);
    }

    @Test
    void aSecretDoesNotTell() {
        assertThat(look("credential-expiry").grade()).isEqualTo(Grade.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "4, OK", "-6, WARNING", "6, WARNING", "121, FAILED", "-600, FAILED"})
    void clocksMayDifferALittle(long seconds, Grade grade) {
        theirs = Optional.of(NOW.plusSeconds(seconds));
        assertThat(look("clock").grade()).isEqualTo(grade);
        theirs = Optional.empty();
        assertThat(look("clock").grade()).isEqualTo(Grade.SKIPPED);
    }
}
