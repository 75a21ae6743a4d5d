package dev.lockstep.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Problem;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.signature.Digest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration for scripts and pages, which have a token and no rights in AWS: {@code GET} and {@code POST
 * /api/configuration} give and take what the function {@code config} does, {@code GET /api/configuration/history} tells
 * what was applied last. {@code docs/api.md} describes them.
 */
@Singleton
public final class ConfigurationApi implements Endpoint {
    static final String DRY_RUN = "dryRun";

    /** About ten thousand lines. */
    public static final int MAX_BYTES = ConfigRequest.MAX_BYTES;

    private static final String JSON = "application/json";
    private static final int UNPROCESSABLE = 422;

    private final Configuration configuration;
    private final ObjectMapper json;

    @Inject
    public ConfigurationApi(Configuration configuration, ObjectMapper json) {
        this.configuration = configuration;
        this.json = json;
    }

    @Override
    public String name() {
        return "config-api";
    }

    @Override
    public int mostBytes() {
        return MAX_BYTES;
    }

    @Override
    public String unavailable(HttpCall call) {
        return call.method().equals("GET")
                ? "the store did not answer; ask again"
                : "the store did not answer, so that it may be applied or not; send it again: what is applied already"
                        + " stays, and what is left of it is done";
    }

    @Override
    public HttpAnswer rejection(RejectedRequest why) {
        return answer(why.reason().status(), Problem.TYPE, text(Problem.of(why)))
                .with(why.headers());
    }

    @Override
    public String label(RejectionReason reason) {
        return String.valueOf(reason.status());
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        call.caller().demand(Requester.CONFIGURE);
        if (call.path().endsWith("/history")) {
            return history(call);
        }
        return switch (call.method()) {
            case "GET" -> {
                call.allowParameters(List.of());
                yield exported(text(configuration.export()));
            }
            case "POST" -> posted(call);
            default -> throw RejectedRequest.onlyWith("GET, POST");
        };
    }

    private HttpAnswer history(HttpCall call) {
        if (!call.method().equals("GET")) {
            throw RejectedRequest.onlyWith("GET");
        }
        call.allowParameters(List.of());
        return answer(200, JSON, text(configuration.history()));
    }

    private HttpAnswer posted(HttpCall call) {
        call.allowParameters(List.of(DRY_RUN));
        // Whoever cannot be named in the history changes nothing.
        call.caller().ownName();
        Asking asking = new Asking(call.caller().label(), Optional.of(ConfigRequest.Action.APPLY), isDryRun(call));
        demandUnchanged(call);
        ConfigResponse response = configuration.answer(call.body().text(), asking);
        return switch (response) {
            case ConfigResponse.Result result
            when !result.mistakes().isEmpty() -> answer(UNPROCESSABLE, Problem.TYPE, text(Refusal.of(result)));
            case ConfigResponse.Export export -> exported(text(export));
            case ConfigResponse other -> answer(200, JSON, text(other));
        };
    }

    private static boolean isDryRun(HttpCall call) {
        if (!call.query().containsKey(DRY_RUN)) {
            return false;
        }
        return switch (call.parameter(DRY_RUN)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw RejectedRequest.malformed(DRY_RUN + " is true or false");
        };
    }

    /** Against what somebody else applied since it was read; two in the same second, the later one wins. */
    private void demandUnchanged(HttpCall call) {
        Optional<String> wanted =
                call.header("if-match").filter(tags -> !tags.strip().equals("*"));
        if (wanted.isEmpty()) {
            return;
        }
        String present = tag(text(configuration.export()));
        if (Stream.of(wanted.get().split(",")).map(String::strip).noneMatch(present::equals)) {
            throw new RejectedRequest(
                    RejectionReason.CHANGED,
                    "what is configured has changed since: read it again with GET, put in what you change, and send it"
                            + " with the ETag of that answer in If-Match");
        }
    }

    private static HttpAnswer exported(String text) {
        return answer(200, JSON, text).with(Map.of("ETag", tag(text)));
    }

    private static String tag(String exported) {
        return '"' + Digest.hex(exported, 16) + '"';
    }

    private static HttpAnswer answer(int status, String type, String body) {
        return new HttpAnswer(status, type, body, Map.of());
    }

    private String text(Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + body.getClass().getSimpleName());
        }
    }

    /**
     * Problem details (RFC 9457) with what {@code config} answers beside them.
     *
     * @param detail the first mistake, and how many there are
     */
    @RegisterForReflection
    record Refusal(
            String type,
            String title,
            int status,
            String detail,
            boolean applied,
            List<Diagnostic> mistakes,
            List<Diagnostic> warnings,
            List<ConfigChange> changes) {
        static Refusal of(ConfigResponse.Result result) {
            int count = result.mistakes().size();
            String detail = "nothing was changed; "
                    + (count == 1 ? "there is one mistake" : "there are " + count + " mistakes, the first is") + ": "
                    + result.mistakes().getFirst();
            return new Refusal(
                    "about:blank",
                    "Mistakes in what is to be configured",
                    UNPROCESSABLE,
                    detail,
                    result.applied(),
                    result.mistakes(),
                    result.warnings(),
                    result.changes());
        }
    }
}
