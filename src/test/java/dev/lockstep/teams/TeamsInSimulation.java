package dev.lockstep.teams;

import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.GivenReader;
import dev.lockstep.intake.RollCall;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.ShownPresence;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.local.teams.model.TeamsRefusal;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.store.AgentStore;
import dev.lockstep.teams.graph.PresenceApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The product's whole Teams side over a simulated Teams, without HTTP in between. */
public final class TeamsInSimulation {
    public static final String APPLICATION = "c0ffee00-0000-4000-8000-000000000002";

    private final TeamsPlatform platform;
    private final InstantSource clock;

    /** @param onPreferred is told of every write of the preferred slot: the user, and what was put there or blank */
    public TeamsInSimulation(
            TeamsModel model,
            PlatformCalls calls,
            InstantSource clock,
            TeamsSettings timings,
            BiConsumer<String, String> onPreferred) {
        this(model, calls, clock, SessionSlots.ONE, timings, onPreferred);
    }

    /** @param sessions by which applications: the first is {@link #APPLICATION} */
    public TeamsInSimulation(
            TeamsModel model,
            PlatformCalls calls,
            InstantSource clock,
            SessionSlots sessions,
            TeamsSettings timings,
            BiConsumer<String, String> onPreferred) {
        this.clock = clock;
        this.platform = new TeamsPlatform(new Api(model, calls, onPreferred), sessions, timings, clock);
    }

    public ReadablePlatform platform() {
        return platform;
    }

    public TeamsPoll watch(RollCall roll, AgentStore store, EvidenceIntake intake, CorrelationIds correlationIds) {
        return new TeamsPoll(
                platform, roll, store, intake, correlationIds, GivenReader.uncounted(), GivenCrew.alone(), clock);
    }

    private record Api(TeamsModel model, PlatformCalls calls, BiConsumer<String, String> onPreferred)
            implements PresenceApi {
        @Override
        public Map<String, Presence> presences(Collection<String> userIds) {
            return calls.call("teams", "", () -> {
                Map<String, Presence> seen = new HashMap<>();
                userIds.stream().filter(model::knows).forEach(id -> seen.put(id, presence(model.read(id))));
                return seen;
            });
        }

        private static Presence presence(ShownPresence shown) {
            return new Presence(
                    shown.pair().availability(), shown.pair().activity(), Optional.of(shown.sequenceNumber()));
        }

        @Override
        public void setSession(
                String application, String userId, String availability, String activity, Duration expiry) {
            String id = id(application);
            write(
                    userId,
                    () -> model.setPresence(id, userId, id, new Pair(availability, activity), Optional.of(expiry)));
        }

        @Override
        public void clearSession(String application, String userId) {
            write(userId, () -> {
                try {
                    model.clearPresence(id(application), userId, id(application));
                } catch (TeamsRefusal none) {
                    // 404, which is success.
                }
            });
        }

        @Override
        public void setPreferred(
                String application, String userId, String availability, String activity, Duration expiry) {
            write(userId, () -> {
                onPreferred.accept(userId, availability + "/" + activity);
                model.setPreferred(userId, new Pair(availability, activity), Optional.of(expiry));
            });
        }

        @Override
        public void clearPreferred(String application, String userId) {
            write(userId, () -> {
                onPreferred.accept(userId, "");
                model.clearPreferred(userId);
            });
        }

        private static String id(String application) {
            return application.isBlank() ? APPLICATION : application;
        }

        private void write(String userId, Runnable work) {
            calls.call("teams", userId, () -> {
                try {
                    work.run();
                    return true;
                } catch (TeamsRefusal refused) {
                    throw new PlatformException.Rejected(refused.getMessage());
                }
            });
        }
    }
}
