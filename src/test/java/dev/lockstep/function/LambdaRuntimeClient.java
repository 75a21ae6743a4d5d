package dev.lockstep.function;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * AWS' runtime interface client, which Lambda's Java runtime brings and the package therefore lacks. By itself it unpacks
 * its native library to one fixed file under {@code /tmp}, where there is one function in Lambda and several here: of two
 * that start at once, one would load what the other is still writing. So it is unpacked once, before any starts.
 */
final class LambdaRuntimeClient {
    private static final Path FOLDER = FunctionPackage.BUILD.resolve("lambda-runtime-client");
    private static final String LIBRARY = "libaws-lambda-jni.linux-"
            + (System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64") + ".so";

    private LambdaRuntimeClient() {}

    static String classPath() {
        return FOLDER + File.separator + "*";
    }

    /** The option of Java's that says where the client finds its library. */
    static String option() {
        return "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=" + Unpacked.ONCE;
    }

    /** Loaded, and thereby unpacked, when first asked for. */
    private static final class Unpacked {
        static final Path ONCE = unpack();
    }

    private static Path unpack() {
        try (URLClassLoader jars = new URLClassLoader(jars(), null);
                InputStream library = jars.getResourceAsStream("jni/" + LIBRARY)) {
            if (library == null) {
                throw new IOException("no " + LIBRARY + " in the jars of " + FOLDER);
            }
            Path file = FOLDER.resolve(LIBRARY);
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL[] jars() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = jars.get(i).toUri().toURL();
            }
            return urls;
        }
    }
}
