package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.dynamics.DataverseWebhook;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Login, logout, status and workload changes, told by Dataverse's webhook. */
@Invocation
public class DynamicsChangeFunction {
    @Inject
    HttpTrigger http;

    @Inject
    DataverseWebhook webhook;

    @Funq("dynamics-change")
    public APIGatewayV2HTTPResponse handle(GatewayEvent event) {
        return http.answer(webhook, event);
    }
}
