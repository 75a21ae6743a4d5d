package dev.lockstep.function;

import dev.lockstep.teams.TeamsPoll;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;

/** Reads everybody's presence in Teams by itself: once, or every few seconds for as long as its event says. */
@Invocation
public class TeamsWatchFunction {
    @Inject
    TeamsPoll poll;

    @Inject
    TeamsWatch watch;

    @Inject
    InstantSource clock;

    @Funq("teams-watch")
    public ScheduleResult watch(ScheduleEvent tick) throws InterruptedException {
        Instant end = clock.instant().plusSeconds(tick.secondsOr(0));
        return new ScheduleResult(watch.until(end, poll.watched()));
    }
}
