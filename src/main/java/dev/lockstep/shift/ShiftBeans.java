package dev.lockstep.shift;

import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.platform.ShiftSource;
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
    ShiftEnd shiftEnd(
            @All List<ShiftSource> sources,
            ShiftSettings settings,
            AgentStore store,
            InstantSource clock,
            NewsDesk desk) {
        return new ShiftEnd(
                sources,
                new ShiftBook(settings.gap()),
                store,
                clock,
                desk::matters,
                (agentId, news) -> desk.take(agentId, news, "shift-end"),
                desk::leave,
                settings.mostAtOnce());
    }
}
