package dev.lockstep.function;

import dev.lockstep.concurrent.Sleeper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Real time and real chance. Nobody else asks for them: everybody is given these, or a simulation's. */
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
    Sleeper pause() {
        return duration -> Thread.sleep(duration);
    }
}
