package dev.lockstep.local.world;

import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.ServerFaults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long the warm path takes from a phone's request to both platforms written, when Graph takes 150 ms and Dataverse
 * 250 ms for each call, and how often it calls the store. Prints; asserts nothing.
 */
final class Benchmark {
    private static final int EVENTS = Integer.getInteger("lockstep.benchmark.events", 1_000);
    private static final int WARM_UP = 40;
    private static final Duration GRAPH = Duration.ofMillis(150);
    private static final Duration DATAVERSE = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SimulatedPlatforms platforms;
    private final String front;
    private final String token;
    private final StoreCounter counter;
    private final HttpClient http = HttpClient.newHttpClient();

    Benchmark(SimulatedPlatforms platforms, String front, String token, StoreCounter counter) {
        this.platforms = platforms;
        this.front = front;
        this.token = token;
        this.counter = counter;
    }

    /** Each phone makes one call after the other; all phones at the same time. */
    boolean run() {
        try {
            for (Team.Member member : Team.ALL) {
                platforms.tenant().dynamics().signIn(member.systemUserId());
            }
            Thread.sleep(5_000);
            slow(platforms.tenant().graphFaults(), GRAPH);
            slow(platforms.tenant().dataverseFaults(), DATAVERSE);
            rounds(WARM_UP);
            long reads = counter.reads();
            long writes = counter.writes();
            List<Call> calls = rounds(EVENTS);
            print(calls, counter.reads() - reads, counter.writes() - writes);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            System.out.println("The benchmark broke off: " + e.getCause());
            return false;
        }
    }

    private static void slow(ServerFaults faults, Duration latency) {
        faults.add(Fault.of("*", Fault.Kind.DELAY).withDelay(latency));
    }

    private record Call(long connectedMicros, long endedMicros) {}

    private List<Call> rounds(int events) throws InterruptedException, ExecutionException {
        List<Call> calls = new ArrayList<>();
        int each = Math.max(1, events / Team.ALL.size());
        try (ExecutorService phones = Executors.newFixedThreadPool(Team.ALL.size())) {
            List<Callable<List<Call>>> tasks = Team.ALL.stream()
                    .<Callable<List<Call>>>map(member -> () -> calls(member, each))
                    .toList();
            for (Future<List<Call>> done : phones.invokeAll(tasks)) {
                calls.addAll(done.get());
            }
        }
        return calls;
    }

    private List<Call> calls(Team.Member member, int count) throws IOException, InterruptedException {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = Long.toString(System.nanoTime());
            long connected = micros(member, "connected", id);
            Thread.sleep(50);
            long ended = micros(member, "ended", id);
            Thread.sleep(50);
            calls.add(new Call(connected, ended));
        }
        return calls;
    }

    /** The answer comes when both platforms are written. */
    private long micros(Team.Member member, String event, String call) throws IOException, InterruptedException {
        URI url =
                URI.create(front + "/phone/desk?k=" + token + "&ev=" + event + "&mac=" + member.mac() + "&cid=" + call);
        HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).build();
        long began = System.nanoTime();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException(event + " was answered with " + status);
        }
        return (System.nanoTime() - began) / 1_000;
    }

    private static void print(List<Call> calls, long reads, long writes) {
        long[] connected =
                calls.stream().mapToLong(Call::connectedMicros).sorted().toArray();
        long[] ended = calls.stream().mapToLong(Call::endedMicros).sorted().toArray();
        System.out.printf(
                "%n%d calls on %d processors; Graph takes %d ms, Dataverse %d ms a call%n",
                calls.size(), Runtime.getRuntime().availableProcessors(), GRAPH.toMillis(), DATAVERSE.toMillis());
        line("connected, both platforms written", connected, DATAVERSE);
        line(
                "ended, Teams read afresh before Dynamics",
                ended,
                GRAPH.multipliedBy(2).plus(DATAVERSE));
        System.out.printf(
                "  store calls per event (echoes, polls and sweeps included): %.1f reads, %.1f writes%n",
                reads / (2.0 * calls.size()), writes / (2.0 * calls.size()));
    }

    private static void line(String what, long[] sorted, Duration slowest) {
        double median = sorted[sorted.length / 2] / 1_000.0;
        double p99 = sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)] / 1_000.0;
        System.out.printf(
                "  %-42s median %.0f ms, p99 %.0f ms, spread %.0f to %.0f ms; ratio to the platforms' own %d ms: %.2f%n",
                what,
                median,
                p99,
                sorted[0] / 1_000.0,
                Arrays.stream(sorted).max().orElse(0) / 1_000.0,
                slowest.toMillis(),
                median / slowest.toMillis());
    }
}
