package dev.lockstep;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A whole program that stands in a document.
 *
 * @param tool what runs it, with its arguments before the file's name
 * @param text as it stands there
 */
public record PageProgram(String tool, String file, String text) {
    private static final int MOST_SECONDS = 60;

    /** How it ended, and all that it wrote. */
    public record Ended(int code, String told) {}

    /** The first in that language; skips the test where its tool is not installed. */
    public static PageProgram first(String page, String language) throws IOException {
        PageProgram program = new PageProgram(
                tool(language),
                "example." + ending(language),
                PageExamples.of(page, language).getFirst());
        assumeTrue(isInstalled(program.tool().split(" ")[0]), language + " is not installed");
        return program;
    }

    private static String tool(String language) {
        return switch (language) {
            case "bash" -> "bash";
            case "python" -> "python3";
            case "javascript" -> "node";
            case "csharp" -> "dotnet run";
            default -> throw new IllegalArgumentException(language);
        };
    }

    private static String ending(String language) {
        return switch (language) {
            case "bash" -> "sh";
            case "python" -> "py";
            case "javascript" -> "mjs";
            case "csharp" -> "cs";
            default -> throw new IllegalArgumentException(language);
        };
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    /**
     * @param folder for its file and what it writes
     * @param environment beside the test's own
     */
    public Ended run(Path folder, Map<String, String> environment, byte[] input) throws Exception {
        Path program = Files.writeString(folder.resolve(file), text);
        List<String> command = Stream.concat(Stream.of(tool.split(" ")), Stream.of(program.toString()))
                .toList();
        Path given = Files.write(folder.resolve("given"), input);
        Path told = folder.resolve("told");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(given.toFile())
                .redirectOutput(told.toFile());
        builder.environment().putAll(environment);
        Process run = builder.start();
        if (!run.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            run.destroyForcibly();
            throw new AssertionError(file + " does not end");
        }
        return new Ended(run.exitValue(), Files.readString(told));
    }
}
