package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.api.Api;
import dev.lockstep.protocol.http.HttpAnswer;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Third-party applications' GET and SET of presence, the team's and one agent's view, timeline and explanation. */
public class ApiFunction {
    static final String NAME = "api";

    private static final int FIRST_REFUSAL = 400;

    @Inject
    HttpEdge http;

    @Inject
    Metrics metrics;

    @Inject
    Api api;

    @Funq(NAME)
    public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
        return http.answer(NAME, event, call -> {
            HttpAnswer answer = api.handle(call);
            if (answer.status() >= FIRST_REFUSAL) {
                metrics.refused(NAME, String.valueOf(answer.status()));
            }
            return answer;
        });
    }
}
