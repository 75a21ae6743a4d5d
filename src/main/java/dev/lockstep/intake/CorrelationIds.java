package dev.lockstep.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.random.RandomGenerator;

/** Correlation ids for what brings none: runs of a schedule, and messages that were queued without one. */
@Singleton
public final class CorrelationIds {
    private final RandomGenerator random;

    @Inject
    public CorrelationIds(RandomGenerator random) {
        this.random = random;
    }

    /** 32 hexadecimal digits that nobody was given before. */
    public String next() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    public Trigger begin(String name) {
        return new Trigger(name, next());
    }
}
