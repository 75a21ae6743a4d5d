package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.teams.notifications.TeamsWebhook;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Presences and the life of our subscriptions, told by Graph's change notifications; also its handshakes. */
@Invocation
public class TeamsChangeFunction {
    @Inject
    HttpTrigger http;

    @Inject
    TeamsWebhook webhook;

    @Funq("teams-change")
    public APIGatewayV2HTTPResponse handle(GatewayEvent event) {
        return http.answer(webhook, event);
    }
}
