package dev.lockstep.phone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.configured.LineName;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.signature.Digest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an event of a generic phone system says. */
record PhoneEvent(CloudEvent event, EventTime time, String connection) {
    static final String SNAPSHOT = "phone.line.snapshot.v1";

    private static final Pattern TYPE = Pattern.compile("phone\\.(?:call|line)\\.([a-z_]{1,32})\\.v1");

    /** What a list may say of a call that is none here: over, not yet begun, or somebody else's. */
    static final List<String> NO_CALL = List.of(
            "free",
            "down",
            "wrapup",
            "wrap_up",
            "after_call_work",
            "acw",
            "none",
            "dialtone",
            "answered_elsewhere",
            "completed_elsewhere");

    /** An agent's item must hold them all. */
    private static final int MAX_CALLS = 100;

    private static final int MAX_ID = 256;

    /** Enough to tell the sources of one connection apart; the item holds it for each call. */
    private static final int SEQUENCER_BYTES = 4;

    List<LineEvidence> news() {
        return Stream.concat(Stream.of(said()), time.mistake().map(LineEvidence.Mistimed::new).stream())
                .toList();
    }

    private LineEvidence said() {
        if (event.type().equals(SNAPSHOT)) {
            return new LineEvidence.Said(lines(), List.of(about("").calls(callsUp())));
        }
        Matcher type = TYPE.matcher(event.type());
        return Optional.of(type)
                .filter(Matcher::matches)
                .flatMap(known -> PhoneKind.of(known.group(1)))
                .<LineEvidence>map(this::said)
                .orElseGet(() -> new LineEvidence.NotUnderstood(event.type()));
    }

    private LineEvidence said(PhoneKind kind) {
        String callId = kind.isAboutOneCall() ? callId(event.data().path("call").path("id")) : "";
        return new LineEvidence.Said(lines(), kind.signals(about(callId)));
    }

    private PhoneKind.About about(String callId) {
        String line = lines().getFirst();
        SourceTime moment = time.moment().numbered(Digest.hex(event.source(), SEQUENCER_BYTES), sequence());
        return new PhoneKind.About(Source.phone(connection), moment, line, callId, false);
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

    /** A word that nobody knows may mean a call: who may be on one is kept from work. */
    private static boolean isUp(String state) {
        String word = state.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]", "_");
        return !NO_CALL.contains(word) && isUpIfKnown(word);
    }

    private static boolean isUpIfKnown(String word) {
        return PhoneKind.of(word)
                .map(kind -> switch (kind) {
                    case RINGING, DIALING, ENDED, MISSED, IDLE -> false;
                    case CONNECTED, HELD, RESUMED, BUSY, DND_ON, DND_OFF, LOGIN, LOGOUT -> true;
                })
                .orElse(true);
    }

    /** Counted by the whole call: a leg's end is told for each leg, or only once. Long numbers stay as written. */
    private static String callId(JsonNode id) {
        String text = id.isTextual() || id.isNumber() ? id.asText().strip() : "";
        if (id.isFloatingPointNumber() && text.contains("E")) {
            throw RejectedRequest.malformed("a call's id is a number that may be read in other ways: put it in quotes");
        }
        if (text.isEmpty() || text.length() > MAX_ID) {
            throw RejectedRequest.malformed("a call's id is missing or too long; who knows no ids sends busy and idle");
        }
        return text;
    }
}
