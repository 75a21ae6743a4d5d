package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.dynamics.DataverseWebhook;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Login, logout, status and workload changes, told by Dataverse's webhook. */
public class DynamicsChangeFunction {
    static final String NAME = "dynamics-change";

    @Inject
    HttpEdge http;

    @Inject
    Metrics metrics;

    @Inject
    DataverseWebhook change;

    @Funq(NAME)
    public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
        return http.answer(NAME, event, call -> {
            DataverseWebhook.Handled handled = change.handle(call);
            handled.refusal().ifPresent(why -> metrics.refused(NAME, why.name()));
            return handled.answer();
        });
    }
}
