package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.Countdown;
import dev.lockstep.configured.MappingSet;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.Trigger;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.MappingChanges;
import dev.lockstep.sync.SyncHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who comes into a status after its mapping was changed, while an instance still has the old one, is shown by the new one in the end. */
class MappingChangedMidFlightTest {
    private static final String RITA =
            "agents: [{agentId: rita, identities: [dynamics#" + ConfigurationFixture.RITA_IN_DYNAMICS + "]}]\n";

    private final ConfigurationFixture world = new ConfigurationFixture(true);
    private final Shown dynamics = new Shown();
    private Mapping known = GivenPlatforms.shippedMapping();
    private final SyncHarness sync = SyncHarness.over(
                    world.agents,
                    new InMemoryTimeline(Duration.ofDays(30), world.clock),
                    List.of(dynamics),
                    world.clock)
            .mapping(team -> known)
            .build();

    private final MappingChanges changes =
            new MappingChanges(world.agents.views(), world.agents, world.control, GivenCrew.alone(), world.clock);

    /** Shows what the mapping names first. */
    private static final class Shown implements Platform {
        String value = "";

        @Override
        public String name() {
            return "dynamics";
        }

        @Override
        public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
            String wanted = wish.mapping()
                    .write(name(), wish.status().orElseThrow())
                    .orElseThrow()
                    .values()
                    .getFirst();
            return standing.ledger()
                            .heldIn("slot", now)
                            .filter(held -> held.value().equals(wanted))
                            .isPresent()
                    ? Plan.nothing(Condition.IN_SYNC, "")
                    : Plan.write(
                            List.of(new LedgerEntry(
                                    "slot", wanted, now, Optional.empty(), LedgerEntry.Outcome.INTENDED)),
                            Optional.empty());
        }

        @Override
        public void perform(LedgerEntry step, Subject subject, Standing standing) {
            value = step.value();
        }
    }

    private void take(Signal signal) {
        sync.synchronizer().accept("rita", List.of(new Evidence.Reported(signal)), new Trigger("test", "1"));
    }

    private void minutes(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            world.clock.advance(Duration.ofMinutes(1));
            changes.run(Countdown.of(world.clock, Duration.ofSeconds(25)));
            sync.sweep(Countdown.of(world.clock, Duration.ofSeconds(25)));
        }
    }

    private SourceTime now() {
        return SourceTime.at(world.clock.instant());
    }

    @Test
    void aCallThatBeganAfterTheChangeIsShownByTheMappingInForce() {
        world.apply(RITA);
        take(new Signal.SignedIn(Source.DYNAMICS, now(), true));
        minutes(3);

        // "On a call" turned out to let work in, so the administrator has calls shown as Busy - DND. Rita is available.
        world.apply("mappings: {default: {dynamics: {write: {onACall: Busy - DND}}}}");
        world.clock.advance(Duration.ofSeconds(10));
        // An instance that read the mapping twenty seconds ago handles the call.
        take(new Signal.Call(Source.phone("desk"), now(), "1042", "a", CallState.CONNECTED, false));
        assertThat(dynamics.value).isEqualTo("On a call");

        known = new MappingSet(GivenPlatforms.SCHEMA, (scope, mistakes) -> {})
                .of(MappingDocument.DEFAULT, world.documents.all(), Optional.empty());
        minutes(10);
        assertThat(dynamics.value).isEqualTo("Busy - DND");
    }
}
