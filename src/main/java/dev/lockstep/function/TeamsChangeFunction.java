package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.teams.notifications.TeamsWebhook;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Presences and the life of our subscriptions, told by Graph's change notifications; also its handshakes. */
public class TeamsChangeFunction {
    static final String NAME = "teams-change";

    @Inject
    HttpEdge http;

    @Inject
    Metrics metrics;

    @Inject
    TeamsWebhook change;

    @Funq(NAME)
    public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
        return http.answer(NAME, event, call -> {
            TeamsWebhook.Handled handled = change.handle(call);
            handled.refusals().forEach(why -> metrics.refused(NAME, why));
            return handled.answer();
        });
    }
}
