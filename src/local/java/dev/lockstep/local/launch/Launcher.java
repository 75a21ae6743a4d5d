package dev.lockstep.local.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the packaged laptop world as a process of its own, from within the build that packaged it. The two live and die
 * together: the console is shared, what was said to the build with {@code -D} is said to the world, ending the build
 * ends the world, and the build ends with the world's exit code.
 */
final class Launcher {
    private static final List<String> PASSED_ON = List.of("lockstep.", "quarkus.", "javax.net.ssl.");
    private static final int SECONDS_TO_STOP = 10;

    /** From this version of Java on, what the simulated queue is made of would be warned about on the terminal. */
    private static final int WARNS_OF_UNSAFE = 23;

    private Launcher() {}

    /** Starts the application whose jar is the one argument, and exits as it does. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Process world =
                new ProcessBuilder(command(Path.of(arguments[0]))).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(world)));
        System.exit(world.waitFor());
    }

    private static List<String> command(Path application) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // DynamoDB Local loads a native library.
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-D" + Parent.PROPERTY + "=" + ProcessHandle.current().pid());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> PASSED_ON.stream().anyMatch(name::startsWith))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .forEach(command::add);
        command.addAll(List.of("-jar", application.toString()));
        return command;
    }

    private static void stop(Process world) {
        world.destroy();
        try {
            if (!world.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                world.destroyForcibly();
            }
        } catch (InterruptedException e) {
            world.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
