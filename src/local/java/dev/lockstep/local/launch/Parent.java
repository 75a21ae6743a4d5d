package dev.lockstep.local.launch;

import dev.lockstep.local.LaunchOnlySettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Ends the laptop world when the process that launched it is gone. The {@link Launcher} stops it where it can; where it
 * was killed outright it cannot, and the world's ports would stay taken.
 */
@ApplicationScoped
class Parent {
    static final String PROPERTY = "lockstep.local.parent-pid";

    void follow(@Observes StartupEvent start, LaunchOnlySettings settings) {
        settings.local()
                .parentPid()
                .flatMap(ProcessHandle::of)
                .ifPresent(parent -> Thread.ofVirtual().start(() -> endAfter(parent)));
    }

    private static void endAfter(ProcessHandle parent) {
        parent.onExit().join();
        System.exit(1);
    }
}
