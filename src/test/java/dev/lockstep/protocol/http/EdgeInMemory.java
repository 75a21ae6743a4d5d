package dev.lockstep.protocol.http;

import java.util.ArrayList;
import java.util.List;

/** The edge as functions have it, with counts that a test can read. */
public final class EdgeInMemory implements EdgeMeter {
    /** Reasons, in order, of what was not taken. */
    public final List<String> refused = new ArrayList<>();

    /** Endpoints that failed in a way that nobody foresaw. */
    public final List<String> failed = new ArrayList<>();

    private final HttpEdge edge = new HttpEdge(this);

    public HttpAnswer answer(Endpoint endpoint, HttpCall call) {
        HttpAnswer answer = edge.answer(endpoint, call);
        if (!failed.isEmpty()) {
            throw new AssertionError(failed + " failed in a way that nobody foresaw; see the log");
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
