package dev.lockstep.function;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.settings.InstallationSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Real time, real chance and real threads. Nobody else asks for them: everybody is given these, or a simulation's. */
@Singleton
final class SystemTime {
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    StandardWebhooks signatures(InstantSource clock, InstallationSettings settings) {
        return new StandardWebhooks(clock, settings.eventTolerance());
    }

    @Produces
    @Singleton
    Sleeper pause() {
        return duration -> Thread.sleep(duration);
    }

    @Produces
    @Singleton
    ParallelRunner runner() {
        return new VirtualThreadRunner();
    }
}
