package dev.lockstep.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import dev.lockstep.presence.Strictness;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the synchroniser relies on with every platform. */
public abstract class PlatformContract {
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    /** Longer than any platform's reads lag behind its writes. */
    private static final Duration LAG = Duration.ofSeconds(40);

    protected abstract Platform platform();

    /** What the platform shows once everything in the standing was written. */
    protected abstract Observation shown(Standing written, Instant now);

    /** Whether a status must be mapped there. */
    protected boolean needsMapping() {
        return true;
    }

    private static DesiredPresence wish(Optional<Status> status, Mapping mapping) {
        return GivenWish.of(new Decision(status, status, Optional.empty(), List.of(), Optional.empty()), true, mapping);
    }

    private static DesiredPresence wish(Status status) {
        return wish(Optional.of(status), GivenPlatforms.shippedMapping());
    }

    private static final DesiredPresence NOTHING = wish(Optional.empty(), GivenPlatforms.shippedMapping());

    private static Standing intended(Standing standing, Plan plan) {
        Standing next = standing;
        for (LedgerEntry step : plan.steps()) {
            next = next.intending(step);
        }
        return next;
    }

    private Standing performed(Standing standing, Plan plan, Instant now) {
        Standing next = intended(standing, plan);
        for (LedgerEntry step : plan.steps()) {
            next = next.settling(step, LedgerEntry.Outcome.DONE);
        }
        return platform() instanceof ReadablePlatform readable
                ? readable.interpret(
                                shown(next, now.plus(LAG)),
                                next,
                                Situation.unknown(),
                                GivenPlatforms.shippedMapping(),
                                now.plus(LAG))
                        .standing()
                : next;
    }

    /** Plans and performs until nothing is left to do, and tells how often that took. */
    private Standing brought(Standing standing, DesiredPresence wish, Instant now) {
        Plan plan = platform().plan(wish, standing, now);
        Standing next = performed(standing, plan, now);
        Plan after = platform().plan(wish, next, now.plus(LAG));
        assertThat(after.steps()).as("after %s", plan.steps()).isEmpty();
        assertThat(after.condition()).isEqualTo(Condition.IN_SYNC);
        return next;
    }

    static Stream<Arguments> changes() {
        return Arrays.stream(Status.values())
                .flatMap(from -> Arrays.stream(Status.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void planningTwiceIsTheSame(Status status) {
        assertThat(platform().plan(wish(status), Standing.NEW, START))
                .isEqualTo(platform().plan(wish(status), Standing.NEW, START));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void everyStatusIsWrittenWhereNothingIsKnown(Status status) {
        Plan plan = platform().plan(wish(status), Standing.NEW, START);

        assertThat(plan.steps()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.slot()).isNotBlank();
            assertThat(step.at()).isEqualTo(START);
            assertThat(step.outcome()).isEqualTo(LedgerEntry.Outcome.INTENDED);
            step.until().ifPresent(until -> assertThat(until).isAfter(START));
        });
        assertThat(plan.overwrites()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("changes")
    @DisplayName("what was planned, performed and seen leaves nothing to do, from every status to every other")
    void performingWhatIsPlannedSuffices(Status from, Status to) {
        Standing first = brought(Standing.NEW, wish(from), START);

        brought(first, wish(to), START.plus(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    @DisplayName("what a crash left half done is done again")
    void whatWasOnlyIntendedIsWrittenAgain(Status from, Status to) {
        Standing first = brought(Standing.NEW, wish(from), START);
        Instant later = START.plus(Duration.ofMinutes(10));
        Plan plan = platform().plan(wish(to), first, later);
        Standing crashed = intended(first, plan);
        Plan again = platform().plan(wish(to), crashed, later.plusSeconds(20));

        assertThat(again.steps())
                .extracting(LedgerEntry::slot, LedgerEntry::value)
                .containsExactlyInAnyOrderElementsOf(plan.steps().stream()
                        .map(step -> org.assertj.core.groups.Tuple.tuple(step.slot(), step.value()))
                        .toList());
        brought(crashed, wish(to), later.plusSeconds(20));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void withoutAnOpinionNothingNewIsHeld(Status from) {
        Standing first = brought(Standing.NEW, wish(from), START);
        Instant later = START.plus(Duration.ofMinutes(10));
        Plan plan = platform().plan(NOTHING, first, later);

        assertThat(platform()
                        .plan(NOTHING, performed(first, plan, later), later.plus(LAG))
                        .steps())
                .isEmpty();
    }

    @Test
    void whereNothingWasWrittenNothingIsTakenBack() {
        assertThat(platform().plan(NOTHING, Standing.NEW, START).steps()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void whatNothingCarriesIsACondition(Status status) {
        if (!needsMapping()) {
            return;
        }
        Mapping empty = new Mapping(Strictness.USUAL, Map.of());
        Plan plan = platform().plan(wish(Optional.of(status), empty), Standing.NEW, START);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.condition()).isEqualTo(Condition.UNMAPPED);
        assertThat(plan.message()).contains(status.label());
    }
}
