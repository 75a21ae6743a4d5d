package dev.lockstep.local.world;

import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.teams.model.Pair;
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
 * How long the warm path takes from a phone's request until both platforms show it, when Graph takes 150 ms and
 * Dataverse 250 ms for each call, and how often it calls the store. A call that a platform does not come to show breaks
 * the benchmark off.
 */
final class Benchmark {
    private static final int EVENTS = Integer.getInteger("lockstep.benchmark.events", 1_000);
    private static final int WARM_UP = 40;
    private static final Duration GRAPH = Duration.ofMillis(150);
    private static final Duration DATAVERSE = Duration.ofMillis(250);
    private static final Duration BETWEEN = Duration.ofMillis(50);
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

    /**
     * @param connectedMicros until both platforms showed the call
     * @param endedMicros until neither did
     * @param later how many of the two were shown only after the phone had its answer: put off, to the queue or the sweep
     */
    private record Call(long connectedMicros, long endedMicros, int later) {}

    private record Shown(long micros, boolean withTheAnswer) {}

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
            Shown connected = told(member, "connected", id, true);
            Thread.sleep(BETWEEN);
            Shown ended = told(member, "ended", id, false);
            Thread.sleep(BETWEEN);
            int later = (connected.withTheAnswer() ? 0 : 1) + (ended.withTheAnswer() ? 0 : 1);
            calls.add(new Call(connected.micros(), ended.micros(), later));
        }
        return calls;
    }

    private Shown told(Team.Member member, String event, String call, boolean onACall)
            throws IOException, InterruptedException {
        URI url =
                URI.create(front + "/phone/desk?k=" + token + "&ev=" + event + "&mac=" + member.mac() + "&cid=" + call);
        HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).build();
        long began = System.nanoTime();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException(event + " was answered with " + status);
        }
        boolean withTheAnswer = areShowing(member, onACall);
        while (!areShowing(member, onACall)) {
            if (System.nanoTime() - began > TIMEOUT.toNanos()) {
                throw new IOException(member.name() + ": " + event + " is not shown after " + TIMEOUT
                        + ": Dynamics shows " + presence(member) + ", Teams " + pair(member));
            }
            Thread.sleep(1);
        }
        return new Shown((System.nanoTime() - began) / 1_000, withTheAnswer);
    }

    /** Both platforms, by what is true there and not by what a late read shows. */
    private boolean areShowing(Team.Member member, boolean onACall) {
        return onACall
                ? presence(member).equals("On a call") && pair(member).equals(Pair.IN_A_CALL)
                : presence(member).equals("Available") && pair(member).equals(Pair.AVAILABLE);
    }

    private String presence(Team.Member member) {
        return platforms
                .tenant()
                .dynamics()
                .agent(member.systemUserId())
                .orElseThrow()
                .presence()
                .name();
    }

    private Pair pair(Team.Member member) {
        return platforms.tenant().teams().actual(member.entraId().toString()).pair();
    }

    private static void print(List<Call> calls, long reads, long writes) {
        long[] connected =
                calls.stream().mapToLong(Call::connectedMicros).sorted().toArray();
        long[] ended = calls.stream().mapToLong(Call::endedMicros).sorted().toArray();
        System.out.printf(
                "%n%d calls on %d processors; Graph takes %d ms, Dataverse %d ms a call%n",
                calls.size(), Runtime.getRuntime().availableProcessors(), GRAPH.toMillis(), DATAVERSE.toMillis());
        line("connected, until both show it", connected);
        line("ended, Teams read afresh before Dynamics", ended);
        System.out.printf(
                "  shown only after the answer, by the queue or the sweep: %d of %d%n",
                calls.stream().mapToInt(Call::later).sum(), 2 * calls.size());
        System.out.printf(
                "  store calls per event (echoes, polls and sweeps included): %.1f reads, %.1f writes%n",
                reads / (2.0 * calls.size()), writes / (2.0 * calls.size()));
    }

    /** Beside the slower platform alone: what nobody could be quicker than. */
    private static void line(String what, long[] sorted) {
        double median = sorted[sorted.length / 2] / 1_000.0;
        double p99 = sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)] / 1_000.0;
        System.out.printf(
                "  %-42s median %.0f ms, p99 %.0f ms, spread %.0f to %.0f ms; ratio to the slower platform's %d ms: %.2f%n",
                what,
                median,
                p99,
                sorted[0] / 1_000.0,
                Arrays.stream(sorted).max().orElse(0) / 1_000.0,
                DATAVERSE.toMillis(),
                median / DATAVERSE.toMillis());
    }
}
