package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The one way in for everything that comes over HTTP, and the one place where what nobody foresaw becomes an answer:
 * 503, because that is what earns another try from Dataverse and from most others.
 */
@Singleton
class HttpEdge {
    private static final Logger LOG = Logger.getLogger(HttpEdge.class);

    private final InstantSource clock;
    private final Metrics metrics;
    private final CorrelationIds correlationIds;

    @Inject
    HttpEdge(InstantSource clock, Metrics metrics, CorrelationIds correlationIds) {
        this.clock = clock;
        this.metrics = metrics;
        this.correlationIds = correlationIds;
    }

    APIGatewayV2HTTPResponse answer(
            String function, APIGatewayV2HTTPEvent event, Function<HttpCall, HttpAnswer> handler) {
        try {
            return HttpEvents.response(handler.apply(identified(HttpEvents.call(event, clock.instant()))));
        } catch (RuntimeException e) {
            // The message may quote what was sent; the kind of failure and its place are enough to find it.
            LOG.errorf("%s failed: %s at %s", function, e.getClass().getName(), place(e));
            metrics.failed(function);
            HttpAnswer answer =
                    HttpAnswer.text(503, "not done; please send it again").with(Map.of("Retry-After", "1"));
            return HttpEvents.response(answer);
        }
    }

    /** A gateway always says which request it is; whatever else calls us may not. */
    private HttpCall identified(HttpCall call) {
        return call.requestId().isBlank() ? call.withRequestId(correlationIds.next()) : call;
    }

    private static String place(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }
}
