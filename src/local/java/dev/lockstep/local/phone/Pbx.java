package dev.lockstep.local.phone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A phone system that sends structured CloudEvents signed as Standard Webhooks: numbered in sequence, tried again as
 * the specification's example does, with a snapshot of a line's calls whenever asked.
 */
public final class Pbx {
    /** Waits before each further try (Standard Webhooks 1.0.0, "Deliverability"). */
    private static final List<Duration> RETRIES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5));

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final String CONTENT_TYPE = "application/cloudevents+json";

    /** Carries one request; answers its status. */
    @FunctionalInterface
    public interface Sender {
        int post(URI url, Map<String, String> headers, byte[] body) throws IOException;
    }

    /** A delivery that is over. */
    public record Outcome(String eventId, String type, int attempts, Optional<Integer> status) {
        public boolean isDelivered() {
            return status.isPresent() && status.get() / 100 == 2;
        }
    }

    private record Event(String id, String type, byte[] body) {}

    private final URI endpoint;
    private final String source;
    private final WebhookSignature signature;
    private final Sender sender;
    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> later;
    private final Map<String, Map<String, String>> calls = new LinkedHashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private long number;
    private boolean counts = true;
    private Duration timeError = Duration.ZERO;

    /**
     * @param source the events' source, whose sequence is this PBX's own
     * @param secrets with which to sign
     * @param later runs the retries
     */
    public Pbx(
            URI endpoint,
            String source,
            List<String> secrets,
            Sender sender,
            InstantSource clock,
            BiConsumer<Duration, Runnable> later) {
        this.endpoint = endpoint;
        this.source = source;
        this.signature = new WebhookSignature(secrets);
        this.sender = sender;
        this.clock = clock;
        this.later = later;
    }

    /** A phone system over HTTP and in real time. */
    public static Pbx over(
            HttpClient client,
            ScheduledExecutorService timers,
            InstantSource clock,
            URI endpoint,
            String source,
            List<String> secrets) {
        BiConsumer<Duration, Runnable> later = (delay, retry) ->
                timers.schedule(() -> Thread.startVirtualThread(retry), delay.toMillis(), TimeUnit.MILLISECONDS);
        return new Pbx(
                endpoint, source, secrets, (url, headers, body) -> post(client, url, headers, body), clock, later);
    }

    private static int post(HttpClient client, URI url, Map<String, String> headers, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(TIMEOUT).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** A call rings at this line; answers its id. */
    public String ring(String line) {
        return begin(line, "ringing");
    }

    public String dial(String line) {
        return begin(line, "dialing");
    }

    public void answer(String line, String call) {
        tell(line, call, "connected");
    }

    public void hold(String line, String call) {
        tell(line, call, "held");
    }

    public void resume(String line, String call) {
        tell(line, call, "resumed");
    }

    public void hangup(String line, String call) {
        end(line, call, "ended");
    }

    public void miss(String line, String call) {
        end(line, call, "missed");
    }

    /** The call leaves the line and waits where everybody may take it up: for the line it is over. */
    public void park(String line, String call) {
        end(line, call, "ended");
    }

    /** A call that had left the line is taken up again, by its former id. */
    public void retrieve(String line, String call) {
        callsOf(line).put(call, "connected");
        tell(line, call, "connected");
    }

    /** A call that had left the line rings there again, by its former id. */
    public void ringBack(String line, String call) {
        tell(line, call, "ringing");
    }

    /** From now on events carry no sequence. */
    public void stopCounting() {
        counts = false;
    }

    /** From now on events name a time that is wrong by so much, whatever the clock says that they are signed by. */
    public void misreadTimeBy(Duration error) {
        timeError = error;
    }

    public void dnd(String line, boolean on) {
        send("phone.call." + (on ? "dnd_on" : "dnd_off") + ".v1", line, data(line));
    }

    /** The call ends, and no event tells so. */
    public void loseHangup(String line, String call) {
        callsOf(line).remove(call);
    }

    /** Tells the complete list of the line's calls. */
    public void snapshot(String line) {
        ObjectNode data = data(line);
        ArrayNode list = data.putArray("calls");
        Map<String, String> ofLine = callsOf(line);
        synchronized (ofLine) {
            ofLine.forEach((id, state) -> list.addObject().put("id", id).put("state", state));
        }
        send("phone.line.snapshot.v1", line, data);
    }

    /** The calls of a line and what each is doing. */
    public synchronized Map<String, String> calls(String line) {
        return Map.copyOf(callsOf(line));
    }

    /** Deliveries that are over, the earliest first. */
    public synchronized List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    private String begin(String line, String kind) {
        String call = nextNumber() + "." + clock.instant().getEpochSecond();
        tell(line, call, kind);
        return call;
    }

    private void tell(String line, String call, String kind) {
        boolean known =
                Set.of("ringing", "dialing").contains(kind) || callsOf(line).containsKey(call);
        if (!known) {
            throw new IllegalArgumentException("no call " + call + " on line " + line);
        }
        callsOf(line).put(call, kind.equals("resumed") ? "connected" : kind);
        send("phone.call." + kind + ".v1", line, dataOf(line, call));
    }

    private void end(String line, String call, String kind) {
        callsOf(line).remove(call);
        send("phone.call." + kind + ".v1", line, dataOf(line, call));
    }

    private synchronized Map<String, String> callsOf(String line) {
        return calls.computeIfAbsent(line, name -> Collections.synchronizedMap(new LinkedHashMap<>()));
    }

    private static ObjectNode dataOf(String line, String call) {
        ObjectNode data = data(line);
        data.putObject("call").put("id", call).put("leg", call + ".1").put("direction", "inbound");
        return data;
    }

    private static ObjectNode data(String line) {
        ObjectNode data = Json.object();
        data.putObject("agent").put("scheme", "ext").put("value", line);
        return data;
    }

    private void send(String type, String line, ObjectNode data) {
        long sequence = nextNumber();
        Instant now = clock.instant().plus(timeError);
        String id = "evt-" + source.replaceAll("\\W+", "-") + "-" + sequence;
        ObjectNode event = Json.object().put("specversion", "1.0").put("id", id).put("source", source);
        event.put("type", type).put("subject", "ext/" + line).put("time", now.toString());
        if (counts) {
            event.put("sequence", String.format("%020d", sequence));
        }
        event.put("datacontenttype", "application/json");
        event.set("data", data.put("observed", now.toString()));
        attempt(new Event(id, type, Json.bytes(event)), 1);
    }

    /** The same id and body each time, signed anew; 410 means stop. */
    private void attempt(Event event, int attempt) {
        Map<String, String> headers = signature.headers(event.id(), clock.instant(), event.body());
        headers.put("Content-Type", CONTENT_TYPE);
        Optional<Integer> status = posted(headers, event.body());
        boolean over = status.filter(code -> code / 100 == 2 || code == 410).isPresent();
        if (over || attempt > RETRIES.size()) {
            note(new Outcome(event.id(), event.type(), attempt, status));
        } else {
            later.accept(RETRIES.get(attempt - 1), () -> attempt(event, attempt + 1));
        }
    }

    private Optional<Integer> posted(Map<String, String> headers, byte[] body) {
        try {
            return Optional.of(sender.post(endpoint, headers, body));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private synchronized long nextNumber() {
        return ++number;
    }

    private synchronized void note(Outcome outcome) {
        outcomes.add(outcome);
    }
}
