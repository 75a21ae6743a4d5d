package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.check.Finding;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.InMemoryControl;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusedIdChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final InMemoryControl control = new InMemoryControl(() -> NOW);

    private Finding finding() {
        return new RefusedIdChecks(control).checks().getFirst().look().get();
    }

    @Test
    void whomTeamsRefusesIsNamed() {
        assertThat(finding()).isEqualTo(Finding.ok("Teams refuses no agent's id"));

        for (int i = 0; i < 7; i++) {
            control.put(ControlKeys.REFUSED_ID + "id-" + i, NOW.toString(), Optional.of(NOW.plusSeconds(60)));
        }
        assertThat(finding().toString()).contains("refuses 7 ids", "id-0, id-1, id-2, id-3, id-4, …", "config");
    }
}
