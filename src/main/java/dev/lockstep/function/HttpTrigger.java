package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.HttpEdge;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The one way in for everything that API Gateway brings. */
@Singleton
class HttpTrigger {
    private final InstantSource clock;
    private final HttpEdge edge;
    private final CorrelationIds correlationIds;
    private final GatewaySettings settings;

    @Inject
    HttpTrigger(InstantSource clock, EdgeMeter meter, CorrelationIds correlationIds, GatewaySettings settings) {
        this.clock = clock;
        this.edge = new HttpEdge(meter);
        this.correlationIds = correlationIds;
        this.settings = settings;
    }

    APIGatewayV2HTTPResponse answer(Endpoint endpoint, GatewayEvent event) {
        return HttpEvents.response(edge.answer(
                endpoint, () -> identified(HttpEvents.call(event, clock.instant(), settings.authorization()))));
    }

    /** A gateway always says which request it is; whatever else calls us may not. */
    private HttpCall identified(HttpCall call) {
        return call.requestId().isBlank() ? call.withRequestId(correlationIds.next()) : call;
    }
}
