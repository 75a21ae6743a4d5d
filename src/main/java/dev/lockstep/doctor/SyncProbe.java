package dev.lockstep.doctor;

import dev.lockstep.agent.AgentState;
import dev.lockstep.check.Finding;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.doctor.Report.Result;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.Trigger;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Platforms;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes one agent's status for a few seconds, by the way that every change goes, and times how long each platform
 * takes to show it and to forget it.
 */
@Singleton
final class SyncProbe {
    static final Source DOCTOR = Source.application("doctor");

    private static final Set<Status> MAY_BE = Set.of(Status.AVAILABLE, Status.AWAY, Status.BE_RIGHT_BACK);
    private static final String NAME = "test";

    private final Platforms platforms;
    private final AgentStore store;
    private final EvidenceIntake intake;
    private final Mappings mappings;
    private final CorrelationIds correlationIds;
    private final InstantSource clock;
    private final Sleeper pause;
    private final DoctorSettings settings;

    @Inject
    SyncProbe(
            Platforms platforms,
            AgentStore store,
            EvidenceIntake intake,
            Mappings mappings,
            CorrelationIds correlationIds,
            InstantSource clock,
            Sleeper pause,
            DoctorSettings settings) {
        this.platforms = platforms;
        this.store = store;
        this.intake = intake;
        this.mappings = mappings;
        this.correlationIds = correlationIds;
        this.clock = clock;
        this.pause = pause;
        this.settings = settings;
    }

    List<Result> probe(AgentState agent) {
        if (!agent.situation().signIn().holdsAt(clock.instant())) {
            return List.of(skipped(agent.agentId() + " is not signed in", "choose an agent who is"));
        }
        Optional<Status> before = agent.decided().flatMap(Decision::status);
        if (before.filter(MAY_BE::contains).isEmpty()) {
            String now = before.map(Status::label).orElse("of no known status");
            return List.of(skipped(agent.agentId() + " is " + now, "choose an agent who is available"));
        }
        try {
            return timed(agent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(skipped("interrupted", ""));
        }
    }

    private static Result skipped(String why, String fix) {
        return Result.of(NAME, Finding.skipped(why, fix));
    }

    private List<Result> timed(AgentState agent) throws InterruptedException {
        Map<ReadablePlatform, Status> busy = every(agent, Status.BUSY);
        Trigger trigger = correlationIds.begin("doctor");
        Map<ReadablePlatform, Duration> shown;
        try {
            Instant start = clock.instant();
            // It ends by itself, should we not live to withdraw it.
            Instant end = start.plus(settings.patience()).plusSeconds(10);
            accept(
                    agent,
                    trigger,
                    new Signal.Choice(DOCTOR, SourceTime.at(start), Status.BUSY, Optional.empty(), Optional.of(end)));
            shown = watch(agent, busy, start);
        } finally {
            accept(agent, trigger, new Signal.ChoiceWithdrawn(DOCTOR, SourceTime.at(clock.instant())));
        }
        Instant start = clock.instant();
        Map<ReadablePlatform, Duration> gone = watch(agent, wantedNow(agent, busy.keySet()), start);
        return results(agent, busy.keySet(), shown, gone);
    }

    private void accept(AgentState agent, Trigger trigger, Signal signal) {
        intake.accept(agent.agentId(), List.of(new Evidence.Reported(signal)), trigger);
    }

    private Map<ReadablePlatform, Status> every(AgentState agent, Status status) {
        Map<ReadablePlatform, Status> expected = new LinkedHashMap<>();
        platforms.readable().stream()
                .filter(platform -> agent.profile().externalId(platform.name()).isPresent())
                .forEach(platform -> expected.put(platform, status));
        return expected;
    }

    /** Where nothing is wanted any more there is nothing to wait for. */
    private Map<ReadablePlatform, Status> wantedNow(AgentState agent, Set<ReadablePlatform> known) {
        Map<ReadablePlatform, Status> expected = new LinkedHashMap<>();
        Optional<AgentState> now = store.load(agent.agentId());
        known.forEach(
                platform -> now.flatMap(state -> state.standing(platform.name()).wanted())
                        .ifPresent(status -> expected.put(platform, status)));
        return expected;
    }

    private Map<ReadablePlatform, Duration> watch(
            AgentState agent, Map<ReadablePlatform, Status> expected, Instant start) throws InterruptedException {
        Map<ReadablePlatform, Duration> times = new LinkedHashMap<>();
        while (times.size() < expected.size() && clock.instant().isBefore(start.plus(settings.patience()))) {
            expected.forEach((platform, status) -> {
                if (!times.containsKey(platform) && shows(platform, agent, status)) {
                    times.put(platform, Duration.between(start, clock.instant()));
                }
            });
            if (times.size() < expected.size()) {
                pause.of(settings.lookEvery());
            }
        }
        return times;
    }

    private boolean shows(ReadablePlatform platform, AgentState agent, Status status) {
        String id = agent.profile().externalId(platform.name()).orElseThrow();
        try {
            Optional<Observation> seen =
                    Optional.ofNullable(platform.read(List.of(id)).get(id));
            return seen.flatMap(shown -> platform.showing(
                            shown,
                            Optional.of(status),
                            mappings.forTeam(agent.profile().team())))
                    .filter(status::equals)
                    .isPresent();
        } catch (PlatformException e) {
            return false;
        }
    }

    private List<Result> results(
            AgentState agent,
            Set<ReadablePlatform> known,
            Map<ReadablePlatform, Duration> shown,
            Map<ReadablePlatform, Duration> gone) {
        Optional<AgentState> now = store.load(agent.agentId());
        List<Result> results = new ArrayList<>();
        for (ReadablePlatform platform : known) {
            Optional<String> message = now.map(
                            state -> state.standing(platform.name()).progress().message())
                    .filter(text -> !text.isBlank());
            Finding finding = finding(platform, shown, gone, message.orElse("see the agent's timeline"));
            results.add(Result.of(NAME + "-" + platform.name(), finding));
        }
        return results.isEmpty() ? List.of(skipped("no platform that can be read knows the agent", "")) : results;
    }

    private Finding finding(
            ReadablePlatform platform,
            Map<ReadablePlatform, Duration> shown,
            Map<ReadablePlatform, Duration> gone,
            String message) {
        if (!shown.containsKey(platform)) {
            return Finding.failed(
                    "busy was not shown within " + settings.patience().toSeconds() + " s", message);
        }
        String detail = "busy was shown after " + shown.get(platform).toMillis() + " ms";
        return gone.containsKey(platform)
                ? Finding.ok(detail + ", and gone after " + gone.get(platform).toMillis() + " ms")
                : Finding.warning(
                        detail + ", and what was before not within "
                                + settings.patience().toSeconds() + " s",
                        message);
    }
}
