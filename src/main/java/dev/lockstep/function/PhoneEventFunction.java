package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.phone.PhoneWebhook;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Calls, do-not-disturb and desk logins, told by phone systems of any kind; also their handshakes. */
public class PhoneEventFunction {
    static final String NAME = "phone-event";

    /** {@code /phone/{connection}} */
    private static final int CONNECTION = 2;

    @Inject
    HttpEdge http;

    @Inject
    Metrics metrics;

    @Inject
    PhoneWebhook events;

    @Funq(NAME)
    public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
        return http.answer(NAME, event, call -> {
            String connection = HttpEvents.pathPart(call, CONNECTION);
            PhoneWebhook.Handled handled = events.handle(connection, call);
            handled.refusal().ifPresent(why -> metrics.refused(NAME, why.name()));
            handled.unknown().forEach(line -> metrics.unknownLine(connection));
            return handled.answer();
        });
    }
}
