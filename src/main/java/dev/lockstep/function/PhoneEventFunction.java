package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.phone.PhoneWebhook;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Calls, do-not-disturb and desk logins, told by phone systems of any kind; also their handshakes. */
@Invocation
public class PhoneEventFunction {
    @Inject
    HttpTrigger http;

    @Inject
    PhoneWebhook webhook;

    @Funq("phone-event")
    public APIGatewayV2HTTPResponse handle(GatewayEvent event) {
        return http.answer(webhook, event);
    }
}
