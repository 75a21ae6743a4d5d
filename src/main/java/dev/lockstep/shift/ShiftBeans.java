package dev.lockstep.shift;

import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.store.AgentStore;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Puts the schedules together. */
@Singleton
final class ShiftBeans {
    @Produces
    @Singleton
    ShiftPoll shiftEnd(
            @All List<ShiftSource> sources,
            ShiftSettings settings,
            AgentStore store,
            InstantSource clock,
            EvidenceIntake intake,
            CorrelationIds correlationIds) {
        return new ShiftPoll(
                sources, new ShiftBook(settings.gap()), store, clock, intake, correlationIds, settings.mostAtOnce());
    }
}
