package dev.lockstep.local.launch;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends the laptop world when the process that launched it is gone. The {@link Launcher} stops it where it can; where it
 * was killed outright it cannot, and the world's ports would stay taken.
 */
@ApplicationScoped
class Parent {
    static final String PROPERTY = "lockstep.local.parent-pid";

    void follow(@Observes StartupEvent start, @ConfigProperty(name = PROPERTY) Optional<Long> pid) {
        pid.flatMap(ProcessHandle::of).ifPresent(parent -> Thread.ofVirtual().start(() -> endAfter(parent)));
    }

    private static void endAfter(ProcessHandle parent) {
        parent.onExit().join();
        System.exit(1);
    }
}
