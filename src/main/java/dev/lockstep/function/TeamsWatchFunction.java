package dev.lockstep.function;

import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.teams.TeamsSettings;
import dev.lockstep.teams.WatchedAgents;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Reads everybody's presence in Teams: once, or every few seconds for as long as the schedule's event says. */
@Invocation
public class TeamsWatchFunction {
    @Inject
    TeamsPoll watch;

    @Inject
    TeamsSettings settings;

    @Inject
    InstantSource clock;

    @Inject
    Sleeper pause;

    @Funq("teams-watch")
    public ScheduleResult watch(ScheduleEvent tick) throws InterruptedException {
        Duration interval = settings.pollInterval();
        Instant end = clock.instant().plusSeconds(tick.secondsOr(0));
        WatchedAgents watched = watch.watched();
        int agents = watch.poll(watched);
        while (clock.instant().plus(interval).isBefore(end)) {
            pause.of(interval);
            agents += watch.poll(watched);
        }
        return new ScheduleResult(agents);
    }
}
