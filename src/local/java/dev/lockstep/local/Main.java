package dev.lockstep.local;

import dev.lockstep.local.world.LocalWorld;
import io.quarkus.runtime.Quarkus;

/**
 * The world on a laptop: a store, a queue and simulated platforms, every function behind one port, the schedules as
 * timers, and the journey that plays in it.
 */
public final class Main {
    private Main() {}

    /** Starts what the functions need, tells them where it is, and then the functions. */
    public static void main(String[] arguments) {
        // Before anybody logs: what the world's own parts have to say is then held to the functions' log level.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        LocalWorld world = LocalWorld.start();
        Quarkus.run(
                null,
                (code, failure) -> {
                    if (failure != null) {
                        failure.printStackTrace();
                    }
                    world.close();
                    System.exit(code);
                },
                arguments);
    }
}
