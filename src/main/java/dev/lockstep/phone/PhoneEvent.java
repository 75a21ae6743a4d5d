package dev.lockstep.phone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.configured.LineName;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.http.RejectedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an event of a generic phone system says.
 *
 * @param tolerance by how much its time may lie ahead
 */
record PhoneEvent(CloudEvent event, Instant receivedAt, String connection, Duration tolerance) {
    private static final Pattern CALL = Pattern.compile("phone\\.call\\.([a-z_]{1,32})\\.v1");
    private static final String SNAPSHOT = "phone.line.snapshot.v1";

    /** No sender known repeats for longer; what claims to be older has a wrong clock. */
    private static final Duration MAX_AGE = Duration.ofHours(24);

    /** An agent's item must hold them all. */
    private static final int MAX_CALLS = 100;

    private static final int MAX_ID = 256;

    LineEvidence news() {
        if (event.type().equals(SNAPSHOT)) {
            return new LineEvidence.Said(lines(), List.of(about("").calls(callsUp())));
        }
        Matcher call = CALL.matcher(event.type());
        return Optional.of(call)
                .filter(Matcher::matches)
                .flatMap(type -> PhoneKind.of(type.group(1)))
                .<LineEvidence>map(this::said)
                .orElseGet(() -> new LineEvidence.NotUnderstood(event.type()));
    }

    private LineEvidence said(PhoneKind kind) {
        String callId = kind.isAboutOneCall() ? callId(event.data().path("call").path("id")) : "";
        return new LineEvidence.Said(lines(), kind.signals(about(callId)));
    }

    private PhoneKind.About about(String callId) {
        String line = lines().getFirst();
        return new PhoneKind.About(Source.phone(connection), moment(), line, callId, false);
    }

    /** Never later than its receipt, and its receipt where it cannot be true. */
    private SourceTime moment() {
        Instant at = event.time()
                .filter(time -> time.isBefore(receivedAt.plus(tolerance)))
                .filter(time -> time.isAfter(receivedAt.minus(MAX_AGE)))
                .filter(time -> time.isBefore(receivedAt))
                .orElse(receivedAt);
        return SourceTime.at(at, sequence());
    }

    private String sequence() {
        String sequence = event.extension("sequence").orElse("");
        if (sequence.length() > MAX_ID) {
            throw RejectedRequest.malformed("sequence is too long: " + MAX_ID + " characters at most");
        }
        return sequence;
    }

    /** The device first where one is named, then what the subject says, then the data. */
    private List<String> lines() {
        JsonNode agent = event.data().path("agent");
        List<String> named =
                new ArrayList<>(event.subject().map(PhoneEvent::inSubject).orElse(List.of()));
        if (agent.path("value").isTextual() || agent.path("value").isIntegralNumber()) {
            named.addAll(LineName.ofAccount(agent.path("value").asText()));
        }
        Stream<String> macs = named.stream().filter(LineName::isMac);
        List<String> lines = Stream.concat(macs, named.stream()).distinct().toList();
        if (lines.isEmpty()) {
            throw RejectedRequest.malformed("neither subject nor data.agent.value names a line");
        }
        return lines;
    }

    /** {@code ext/1042}, or just the line. */
    private static List<String> inSubject(String subject) {
        int slash = subject.lastIndexOf('/');
        return LineName.ofAccount(subject.substring(slash + 1));
    }

    /** Calls that ring or are over are not up, even if they are listed. */
    private Set<String> callsUp() {
        JsonNode listed = event.data().path("calls");
        if (!listed.isArray() || listed.size() > MAX_CALLS) {
            throw RejectedRequest.malformed("data.calls must list the line's calls, " + MAX_CALLS + " at most");
        }
        Set<String> up = new LinkedHashSet<>();
        for (JsonNode call : listed) {
            String id = callId(call.isObject() ? call.path("id") : call);
            if (isUp(call.path("state").asText(""))) {
                up.add(id);
            }
        }
        return up;
    }

    private static boolean isUp(String state) {
        return PhoneKind.of(state)
                .map(kind -> switch (kind) {
                    case RINGING, DIALING, ENDED, MISSED, IDLE -> false;
                    case CONNECTED, HELD, RESUMED, BUSY, DND_ON, DND_OFF -> true;
                })
                .orElse(true);
    }

    /** Counted by the whole call: a leg's end is told for each leg, or only once. Long numbers stay as written. */
    private static String callId(JsonNode id) {
        String text = id.isTextual() || id.isIntegralNumber() ? id.asText().strip() : "";
        if (text.isEmpty() || text.length() > MAX_ID) {
            throw RejectedRequest.malformed("a call's id is missing or too long; who knows no ids sends busy and idle");
        }
        return text;
    }
}
