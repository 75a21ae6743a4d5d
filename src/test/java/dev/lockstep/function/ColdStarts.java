package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.local.teams.model.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * How long a cold start takes from the process to the first answer, and how much memory, natively and on a JVM: the two
 * by turns, against the same doubles of the platforms, the store and the queue on this machine. Prints; asserts only
 * that the answers are right. {@code .ci/cold-starts} builds both packages and runs it.
 */
class ColdStarts {
    private static final int STARTS = Integer.getInteger("lockstep.benchmark.starts", 20);

    private final Installation lockstep = Installation.shared();
    private final Map<Kind, FunctionPackage> packages = new EnumMap<>(Kind.class);
    private int calls;

    private enum Kind {
        NATIVE("function-native.zip"),
        JVM("function-jvm.zip");

        private final Path zip;

        Kind(String zip) {
            this.zip = FunctionPackage.BUILD.resolve(zip);
        }
    }

    /**
     * One cold start.
     *
     * @param answered from before the process was started to its first answer, in microseconds
     * @param processor what that took of all processors, in microseconds: it hardly depends on what else runs here
     * @param peak the most resident memory, in kB
     */
    private record Start(long answered, long processor, long peak) {}

    @Test
    void measure() throws IOException, InterruptedException {
        for (Kind kind : Kind.values()) {
            Path folder = FunctionPackage.BUILD.resolve("cold-starts").resolve(kind.name());
            packages.put(kind, FunctionPackage.unpacked(kind.zip, folder));
        }
        assertThat(packages.get(Kind.NATIVE).isNative()).isTrue();
        assertThat(packages.get(Kind.JVM).isNative()).isFalse();
        PackagedPerson zoe = lockstep.signedIn("zoe");
        machine();
        print("an application reads a status: the store", starts("api.agent", zoe));
        print(
                "a desk phone's call: token, store, both platforms over TLS",
                starts("phone-event.yealink-connected", zoe));
        sizes();
    }

    private Map<Kind, List<Start>> starts(String sample, PackagedPerson who) throws InterruptedException {
        Map<Kind, List<Start>> all = new EnumMap<>(Kind.class);
        for (int i = 0; i < STARTS; i++) {
            for (Kind kind : Kind.values()) {
                all.computeIfAbsent(kind, any -> new ArrayList<>()).add(start(kind, sample, who));
            }
        }
        return all;
    }

    private Start start(Kind kind, String sample, PackagedPerson who) throws InterruptedException {
        int call = ++calls;
        String event = sample(sample, who, call).json();
        long began = System.nanoTime();
        try (LambdaRuntime runtime = lockstep.startFrom(packages.get(kind), SampleEvent.function(sample))) {
            LambdaRuntime.Answer answer = runtime.invoke(event);
            long answered = (System.nanoTime() - began) / 1_000;
            assertThat(answer.body()).contains("\"statusCode\":20");
            Start start =
                    new Start(answered, runtime.processorTime().toNanos() / 1_000, runtime.peakResidentKilobytes());
            if (sample.startsWith("phone-event")) {
                lockstep.eventually(() -> lockstep.shows(who, "On a call", Pair.IN_A_CALL));
                // The next one is to have something to write again.
                runtime.invoke(sample("phone-event.yealink-ended", who, call).json());
            }
            return start;
        }
    }

    /** Each start's call is one of its own: a call that has ended does not begin again. */
    private SampleEvent sample(String name, PackagedPerson who, int call) {
        SampleEvent event = lockstep.sample(name, who);
        return event.query(event.query().replace("cid=17", "cid=" + call));
    }

    private static void machine() throws IOException {
        String memory = Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("\\D", "");
        System.out.printf(
                "%n%d cold starts each, by turns; %d processors, %.0f GB, load %s, Java %s%n",
                STARTS,
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(memory) / 1e6,
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                Runtime.version());
    }

    private static void print(String what, Map<Kind, List<Start>> starts) {
        System.out.println(what);
        line("median to the first answer, ms", starts, ColdStarts::median, Start::answered);
        line("maximum, ms", starts, ColdStarts::maximum, Start::answered);
        line("processor time, median, ms", starts, ColdStarts::median, Start::processor);
        line("peak resident memory, median, MB", starts, ColdStarts::median, Start::peak);
    }

    private interface Figure {
        double of(List<Start> starts, ToLongFunction<Start> value);
    }

    private static void line(String what, Map<Kind, List<Start>> starts, Figure figure, ToLongFunction<Start> value) {
        line(what, figure.of(starts.get(Kind.NATIVE), value) / 1e3, figure.of(starts.get(Kind.JVM), value) / 1e3);
    }

    private static void line(String what, double natively, double onJvm) {
        System.out.printf(
                Locale.ROOT,
                "  %-36s native %7.0f   JVM %7.0f   ratio %5.1f%n",
                what,
                natively,
                onJvm,
                onJvm / natively);
    }

    private static double median(List<Start> starts, ToLongFunction<Start> value) {
        long[] sorted = starts.stream().mapToLong(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }

    private static double maximum(List<Start> starts, ToLongFunction<Start> value) {
        return starts.stream().mapToLong(value).max().orElseThrow();
    }

    private void sizes() throws IOException {
        line("zip, MB", Files.size(Kind.NATIVE.zip) / 1e6, Files.size(Kind.JVM.zip) / 1e6);
        System.out.printf(
                "  executable %.0f MB%n", Files.size(packages.get(Kind.NATIVE).bootstrap()) / 1e6);
    }
}
