package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpEdge;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The one way in for everything that API Gateway brings. */
@Singleton
class HttpTrigger {
    private final InstantSource clock;
    private final HttpEdge edge;

    @Inject
    HttpTrigger(InstantSource clock, EdgeMeter meter) {
        this.clock = clock;
        this.edge = new HttpEdge(meter);
    }

    APIGatewayV2HTTPResponse answer(Endpoint endpoint, APIGatewayV2HTTPEvent event) {
        return HttpEvents.response(edge.answer(endpoint, () -> HttpEvents.call(event, clock.instant())));
    }
}
