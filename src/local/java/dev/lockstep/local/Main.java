package dev.lockstep.local;

import dev.lockstep.local.world.LocalWorld;
import dev.lockstep.local.world.PortTaken;
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
        LocalWorld world = started();
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

    /** What was started already would keep the process alive: it ends here. */
    private static LocalWorld started() {
        try {
            return LocalWorld.start();
        } catch (PortTaken taken) {
            System.err.println(taken.getMessage());
            System.exit(1);
            throw taken;
        }
    }
}
