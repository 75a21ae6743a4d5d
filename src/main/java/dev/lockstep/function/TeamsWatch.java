package dev.lockstep.function;

import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.teams.TeamsSettings;
import dev.lockstep.teams.WatchedAgents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Polls Teams once, and every few seconds until the time that a schedule's event says. */
@Singleton
final class TeamsWatch {
    private final TeamsPoll poll;
    private final TeamsSettings settings;
    private final InstantSource clock;
    private final Sleeper pause;

    @Inject
    TeamsWatch(TeamsPoll poll, TeamsSettings settings, InstantSource clock, Sleeper pause) {
        this.poll = poll;
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
    }

    /** @return how many had news; who had twice counts twice */
    int until(Instant end, WatchedAgents watched) throws InterruptedException {
        Duration interval = settings.pollInterval();
        int agents = poll.poll(watched);
        while (clock.instant().plus(interval).isBefore(end)) {
            pause.of(interval);
            agents += poll.poll(watched);
        }
        return agents;
    }
}
