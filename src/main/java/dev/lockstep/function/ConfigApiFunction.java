package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.administration.ConfigurationApi;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** The same as {@link ConfigFunction} for holders of a token: configuration over the API. */
@Invocation
public class ConfigApiFunction {
    @Inject
    HttpTrigger http;

    @Inject
    ConfigurationApi configuration;

    @Funq("config-api")
    public APIGatewayV2HTTPResponse handle(GatewayEvent event) {
        return http.answer(configuration, event);
    }
}
