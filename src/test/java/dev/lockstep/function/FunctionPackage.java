package dev.lockstep.function;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What {@code ./mvnw package} made for Lambda: one zip with every function in it. It holds either classes for Lambda's
 * Java runtime or, built with {@code -Dnative}, one executable named {@code bootstrap}.
 */
record FunctionPackage(Path folder) {
    static final String HANDLER = "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest";

    static final Path BUILD =
            Path.of(System.getProperty("lockstep.build-directory", "target")).toAbsolutePath();
    private static final Path ZIP = BUILD.resolve("function.zip");

    /** The package, unpacked once for all the tests of one run. */
    static FunctionPackage unpacked() {
        return Unpacked.ONCE;
    }

    /** Another one than the build's own, unpacked into that folder. */
    static FunctionPackage unpacked(Path zip, Path folder) {
        return new FunctionPackage(unpack(zip, folder));
    }

    /** The names of the zip's entries. */
    static List<String> entries() {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of a package's compiled classes, from which the zip was made. */
    static Path classes(String packageFolder) {
        return BUILD.resolve("classes").resolve(packageFolder);
    }

    boolean isNative() {
        return Files.exists(bootstrap());
    }

    /** The command that runs the functions as Lambda would; the options are Java's. */
    List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        if (isNative()) {
            command.add(bootstrap().toString());
            command.addAll(options);
            return command;
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As Lambda's Java runtime starts it, docs.aws.amazon.com/lambda/latest/dg/java-customization.html.
        Collections.addAll(command, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
        // The runtime client loads a native library; Quarkus' threads reset their locals, which Java 24 and newer
        // forbid.
        Collections.addAll(
                command,
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                LambdaRuntimeClient.option());
        command.addAll(options);
        Collections.addAll(command, "-cp", classPath(), "com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
        command.add(HANDLER);
        return command;
    }

    private String classPath() {
        return String.join(
                File.pathSeparator,
                folder.toString(),
                folder.resolve("lib") + File.separator + "*",
                LambdaRuntimeClient.classPath());
    }

    Path bootstrap() {
        return folder.resolve("bootstrap");
    }

    /** Loaded, and thereby unpacked, when first asked for. */
    private static final class Unpacked {
        static final FunctionPackage ONCE = unpacked(ZIP, BUILD.resolve("function"));
    }

    private static Path unpack(Path packed, Path folder) {
        try (ZipFile zip = new ZipFile(packed.toFile())) {
            delete(folder);
            for (ZipEntry entry : Collections.list(zip.entries())) {
                unpack(zip, entry, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        if (entry.getName().equals("bootstrap") && !file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
