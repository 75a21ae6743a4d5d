package dev.lockstep.protocol.http;

import dev.lockstep.failure.StackTrace;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.StoreUnavailable;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What stands around every endpoint: the limit of size, and the one place where what went wrong becomes an answer and is
 * counted.
 *
 * <p>What may work the next time, and what nobody foresaw, is answered with 503, because that is what earns another try
 * from Dataverse and from most others.
 */
public final class HttpEdge {
    private static final Logger LOG = Logger.getLogger(HttpEdge.class);

    private final EdgeMeter meter;

    public HttpEdge(EdgeMeter meter) {
        this.meter = meter;
    }

    /** What is wrong with a call becomes an answer, never an exception. */
    public HttpAnswer answer(Endpoint endpoint, HttpCall call) {
        return answer(endpoint, () -> call);
    }

    /** @param call may throw like the endpoint */
    public HttpAnswer answer(Endpoint endpoint, Supplier<HttpCall> call) {
        try {
            return handled(endpoint, limited(call.get(), endpoint.mostBytes()));
        } catch (RejectedRequest why) {
            return rejected(endpoint, why);
        } catch (RuntimeException e) {
            LOG.errorf("%s failed: %s", endpoint.name(), StackTrace.of(e));
            meter.failed(endpoint.name());
            return endpoint.rejection(RejectedRequest.unavailable("not done; please send it again"));
        }
    }

    private static HttpAnswer handled(Endpoint endpoint, HttpCall call) {
        try {
            return endpoint.handle(call);
        } catch (StoreUnavailable | PlatformException e) {
            LOG.warnf("%s could not take a call just now: %s", endpoint.name(), e.getMessage());
            throw RejectedRequest.unavailable(endpoint.unavailable(call));
        }
    }

    private static HttpCall limited(HttpCall call, int mostBytes) {
        if (call.isLargerThan(mostBytes)) {
            throw new RejectedRequest(RejectionReason.TOO_LARGE, "larger than " + mostBytes / 1024 + " KB");
        }
        return call;
    }

    private HttpAnswer rejected(Endpoint endpoint, RejectedRequest why) {
        meter.refused(endpoint.name(), endpoint.label(why.reason()));
        return endpoint.rejection(why);
    }
}
