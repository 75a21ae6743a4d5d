package dev.lockstep.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.agent.RandomStates;
import dev.lockstep.platform.Sight;
import dev.lockstep.presence.Roster;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PulseFormTest {
    private static final String RITA = "rita@contoso.com";
    private static final Optional<Instant> DUE = Optional.of(Instant.parse("2026-11-22T08:00:00.5Z"));

    /** As form 1 wrote it. It is never changed: what is written otherwise is another form. */
    private static final String FORM_1 =
            "ARBQcmlvcml0eQbREREREQAAAAAAAAAAAAAAAQMEBQYHCOSTlbANUiIiIiIAAAAAAAAAAAAAAAHi4eDf3t0jAgSAhJWwDQKAgI6wDQCAxpiwDQA=";

    private static Pulse sample() {
        Source schedule = Source.schedule("dynamics");
        Roster roster = new Roster(
                schedule,
                SourceTime.at(Instant.parse("2026-11-22T08:00:00Z")),
                List.of(new Shift(Instant.parse("2026-11-21T16:00:00Z"), Instant.parse("2026-11-22T16:00:00Z"))));
        return new Pulse(
                RITA,
                DUE,
                true,
                "Priority",
                new TreeMap<>(Map.of(
                        "dynamics", "11111111-0000-0000-0000-000000000001",
                        "teams", "22222222-0000-0000-0000-000000000001",
                        "upn", RITA)),
                new Rosters(new TreeMap<>(Map.of(schedule.name(), roster))),
                new TreeMap<>(Map.of(
                        "dynamics", new Sight(0x030405060708L, Optional.of(Instant.parse("2026-11-22T08:16:50Z"))),
                        "teams", new Sight(0xe2e1e0dfdeddL, Optional.empty()))));
    }

    @Test
    void formOneIsReadAndWrittenAsItWasFrozen() {
        byte[] frozen = Base64.getDecoder().decode(FORM_1);

        assertThat(PulseForm.read(RITA, DUE, frozen)).contains(sample());
        assertThat(Base64.getEncoder().encodeToString(PulseForm.write(sample())))
                .isEqualTo(FORM_1);
    }

    @Test
    void everyAgentsPulseIsReadAsItWasWritten() {
        RandomStates random = new RandomStates(new SplittableRandom(5));
        for (int i = 0; i < 300; i++) {
            AgentState state = random.state("agent-" + i);
            Pulse pulse = Pulse.of(state, Map.of());
            Pulse read = PulseForm.read(state.agentId(), state.dueAt(), PulseForm.write(pulse))
                    .orElseThrow();
            assertThat(read.externalIds()).isEqualTo(pulse.externalIds());
            assertThat(read.dueAt()).isEqualTo(pulse.dueAt());
            assertThat(read.rosters().known().keySet())
                    .isEqualTo(pulse.rosters().known().keySet());
            pulse.rosters()
                    .known()
                    .forEach((schedule, roster) ->
                            assertThat(read.rosters().of(new Source(schedule))).isEqualTo(roster.shifts()));
        }
    }

    @Test
    void anIdOfAnyLengthAndLettersIsKept() {
        Map<String, String> ids = Map.of("teams", "é☎".repeat(40_000), "CRM ", "", "dynamics", "D-1");
        Pulse pulse = new Pulse("a", DUE, true, "", new TreeMap<>(ids), Rosters.NONE, new TreeMap<>());

        assertThat(PulseForm.read("a", DUE, PulseForm.write(pulse))).contains(pulse);
    }

    @Test
    void whatIsDamagedOrOfAnotherFormTellsNothing() {
        byte[] whole = PulseForm.write(sample());
        byte[] other = whole.clone();
        other[0] = PulseForm.FORM + 1;

        assertThat(PulseForm.read(RITA, DUE, other)).isEmpty();
        assertThat(PulseForm.read(RITA, DUE, new byte[0])).isEmpty();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(PulseForm.read(RITA, DUE, cut)).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void itTakesAFewBytes() {
        assertThat(PulseForm.write(sample())).hasSizeLessThan(100);
    }
}
