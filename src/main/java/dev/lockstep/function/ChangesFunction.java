package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.api.ChangesApi;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Tells third-party applications whose status has changed, as soon as it has. A function of its own: it waits. */
@Invocation
public class ChangesFunction {
    @Inject
    HttpTrigger http;

    @Inject
    ChangesApi changes;

    @Funq("changes")
    public APIGatewayV2HTTPResponse handle(GatewayEvent event) {
        return http.answer(changes, event);
    }
}
