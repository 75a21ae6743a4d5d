package dev.lockstep.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.SaidByApplications;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.KnownNames;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code PUT …/status} asks for.
 *
 * @param until after which it no longer holds
 * @param fact whether it is so, whatever the person chose
 */
record StatusRequest(Status status, Source source, Optional<Instant> until, boolean fact) {
    static final List<String> MEMBERS = List.of("status", "source", "until", "kind");
    private static final int LAST_YEAR = 9999;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern OWN_NAME = Pattern.compile("(app|user):[A-Za-z0-9-]{1,64}");

    /** @param own under which the holder of a token speaks, whatever it calls itself; empty where nobody was asked for one */
    static StatusRequest of(HttpCall call, ObjectMapper json, Optional<Source> own) {
        JsonNode body = parse(call, json);
        KnownNames.refuseOthers("member", names(body), MEMBERS);
        Status status = Status.of(
                        text(body, "status").orElseThrow(() -> RejectedRequest.malformed("status is missing")))
                .orElseThrow(StatusRequest::unknownStatus);
        Optional<Instant> until = text(body, "until").map(StatusRequest::instant);
        if (until.filter(end -> !end.isAfter(call.receivedAt())).isPresent()) {
            throw RejectedRequest.malformed("until lies in the past");
        }
        boolean fact = isFact(text(body, "kind").orElse("choice"), until);
        Optional<Source> named = text(body, "source").map(StatusRequest::source);
        Source source = own.or(() -> named)
                .orElseThrow(() -> RejectedRequest.malformed("source is missing: the name of your application"));
        return new StatusRequest(status, source, until, fact);
    }

    private static List<String> names(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static RejectedRequest unknownStatus() {
        String known = Arrays.stream(Status.values()).map(Status::label).collect(Collectors.joining(", "));
        return new RejectedRequest(RejectionReason.UNKNOWN_STATUS, "status must be one of " + known);
    }

    static Source source(String name) {
        if (!NAME.matcher(name).matches()) {
            throw RejectedRequest.malformed("source must be up to 64 letters, digits, dots, dashes and underscores");
        }
        return Source.application(name);
    }

    /** As it is asked back: a name that a caller chose, or that a token's holder has. */
    static Source anySource(String name) {
        return OWN_NAME.matcher(name).matches() ? Source.application(name) : source(name);
    }

    private static boolean isFact(String kind, Optional<Instant> until) {
        return switch (kind) {
            case "choice" -> false;
            case "fact" -> {
                if (until.isEmpty()) {
                    throw RejectedRequest.malformed("a fact needs until: your application may fall silent");
                }
                yield true;
            }
            default -> throw RejectedRequest.malformed("kind must be choice or fact");
        };
    }

    Signal signal(Instant now) {
        SourceTime moment = SourceTime.at(now);
        return fact
                ? new Signal.Fact(source, moment, SaidByApplications.KEY, status, until)
                : new Signal.Choice(source, moment, status, Optional.empty(), until);
    }

    /** Why it does not show, where it does not. */
    String remark(AgentState now, Instant at) {
        if (now.status() == status) {
            return "";
        }
        return status == Status.AVAILABLE && !now.situation().signIn().holdsAt(at)
                ? "recorded; available counts once the agent signs in"
                : "recorded; it is outweighed by: "
                        + now.because().stream().findFirst().orElse("nothing that is known");
    }

    private static JsonNode parse(HttpCall call, ObjectMapper json) {
        try {
            JsonNode body = json.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .readTree(call.body().text());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw RejectedRequest.malformed("the body is no JSON");
        }
        throw RejectedRequest.malformed("the body must be a JSON object");
    }

    private static Optional<String> text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw RejectedRequest.malformed(name + " must be a text");
        }
        return Optional.of(value.textValue().strip());
    }

    private static Instant instant(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // Answered as what lies beyond every calendar.
        }
        throw RejectedRequest.malformed("until must be a time with its offset, such as 2026-11-22T17:00:00Z");
    }
}
