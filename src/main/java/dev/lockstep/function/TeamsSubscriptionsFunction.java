package dev.lockstep.function;

import dev.lockstep.teams.subscriptions.Subscriptions;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Keeps Graph's change notifications of presences coming, where there are service users for them. */
@Invocation
public class TeamsSubscriptionsFunction {
    static final String NAME = "teams-subscriptions";

    @Inject
    Subscriptions subscriptions;

    @Inject
    Metrics metrics;

    @Funq(NAME)
    public Subscriptions.Kept keep(ScheduleEvent tick) throws InterruptedException {
        Subscriptions.Kept kept = subscriptions.keep();
        if (!kept.problems().isEmpty()) {
            metrics.failed(NAME);
        }
        return kept;
    }
}
