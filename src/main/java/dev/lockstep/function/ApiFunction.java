package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.api.Api;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Third-party applications' GET and SET of presence, the team's and one agent's view, timeline and explanation; what describes it all. */
@Invocation
public class ApiFunction {
    @Inject
    HttpTrigger http;

    @Inject
    Api api;

    @Funq("api")
    public APIGatewayV2HTTPResponse handle(GatewayEvent event) {
        return http.answer(api, event);
    }
}
