package dev.lockstep.local.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything around the functions. Each simulated part is replaced by the real one by configuring its URL; with all
 * three platforms configured none is simulated and no journey plays.
 */
public final class World implements AutoCloseable {
    /** Set by this class, read by the functions' side of the world. */
    private static World current;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Optional<Platforms> platforms;

    private World() {
        Settings.offer("aws.region", "eu-west-1");
        Settings.offer("aws.accessKeyId", "local");
        Settings.offer("aws.secretAccessKey", "local");
        Settings.offer("quarkus.dynamodb.aws.region", System.getProperty("aws.region"));
        if (Settings.of("quarkus.dynamodb.endpoint-override").isEmpty()) {
            parts.add(Store.start(Settings.port("lockstep.local.dynamodb-port", 8095)));
        }
        if (Settings.of("lockstep.queue.url").isEmpty()) {
            parts.add(Queue.start(Settings.port("lockstep.local.queue-port", 8096)));
        }
        boolean allReal = Stream.of("lockstep.entra.authority", "lockstep.graph.url", "lockstep.dynamics.url")
                .allMatch(name -> Settings.of(name).isPresent());
        platforms = allReal ? Optional.empty() : Optional.of(Platforms.start());
        platforms.ifPresent(parts::add);
    }

    /** Starts the parts that are not configured elsewhere, and configures the functions for them. */
    public static World start() {
        current = new World();
        return current;
    }

    static World current() {
        return current;
    }

    /** Empty when every platform is a real one. */
    Optional<Platforms> platforms() {
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
