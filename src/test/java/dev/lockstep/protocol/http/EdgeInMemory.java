package dev.lockstep.protocol.http;

import dev.lockstep.api.OpenApiDocument;
import java.util.ArrayList;
import java.util.List;

/** The edge as functions have it, with counts that a test can read; what is asked and answered is what is published. */
public final class EdgeInMemory implements EdgeMeter {
    /** Reasons, in order, of what was not taken. */
    public final List<String> refused = new ArrayList<>();

    /** Endpoints that failed in a way that nobody foresaw. */
    public final List<String> failed = new ArrayList<>();

    private final HttpEdge edge = new HttpEdge(this);
    private final boolean holdsRequests;

    /** Holds what is taken, and how it is answered, to what is published. */
    public EdgeInMemory() {
        this(true);
    }

    private EdgeInMemory(boolean holdsRequests) {
        this.holdsRequests = holdsRequests;
    }

    /** For calls of which nobody publishes the form: damaged ones, and those of a system that is not ours. */
    public static EdgeInMemory ofAnyCalls() {
        return new EdgeInMemory(false);
    }

    public HttpAnswer answer(Endpoint endpoint, HttpCall call) {
        HttpAnswer answer = edge.answer(endpoint, call);
        if (!failed.isEmpty()) {
            throw new AssertionError(failed + " failed in a way that nobody foresaw; see the log");
        }
        if (holdsRequests) {
            OpenApiDocument.SERVED.check(call, answer);
        } else {
            OpenApiDocument.SERVED.checkAnswer(call, answer);
        }
        return answer;
    }

    @Override
    public void refused(String endpoint, String reason) {
        refused.add(reason);
    }

    @Override
    public void failed(String endpoint) {
        failed.add(endpoint);
    }
}
