package dev.lockstep.local.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything around the functions. Each simulated part is replaced by the real one by configuring its URL; with all
 * three platforms configured none is simulated and no journey plays.
 */
public final class LocalWorld implements AutoCloseable {
    /** Set by this class, read by the functions' side of the world. */
    private static LocalWorld current;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Optional<SimulatedPlatforms> platforms;

    private LocalWorld() {
        LaunchSettings.offer("aws.region", "eu-west-1");
        LaunchSettings.offer("aws.accessKeyId", "local");
        LaunchSettings.offer("aws.secretAccessKey", "local");
        LaunchSettings.of("aws.region")
                .ifPresent(region -> LaunchSettings.offer("quarkus.dynamodb.aws.region", region));
        Ports.free("lockstep.http.port", 8080);
        if (LaunchSettings.of("quarkus.dynamodb.endpoint-override").isEmpty()) {
            parts.add(LocalStore.start(Ports.free("lockstep.local.dynamodb-port", 8095)));
        }
        if (LaunchSettings.of("lockstep.queue.url").isEmpty()) {
            parts.add(LocalQueue.start(Ports.free("lockstep.local.queue-port", 8096)));
        }
        boolean allReal = Stream.of("lockstep.entra.authority", "lockstep.graph.url", "lockstep.dynamics.url")
                .allMatch(name -> LaunchSettings.of(name).isPresent());
        platforms = allReal ? Optional.empty() : Optional.of(SimulatedPlatforms.start());
        platforms.ifPresent(parts::add);
    }

    /** Starts the parts that are not configured elsewhere, and configures the functions for them. */
    public static LocalWorld start() {
        current = new LocalWorld();
        return current;
    }

    static LocalWorld current() {
        return current;
    }

    /** Empty when every platform is a real one. */
    Optional<SimulatedPlatforms> platforms() {
        return platforms;
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("not closed: " + e);
            }
        }
    }
}
