package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.administration.ConfigurationApi;
import dev.lockstep.administration.page.ConfigurationPages;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/**
 * The same as {@link ConfigFunction} without rights in AWS: for holders of a token over the API, and for people in a
 * browser, whose pages need the same rights to the store.
 */
@Invocation
public class ConfigApiFunction {
    @Inject
    HttpTrigger http;

    @Inject
    ConfigurationApi configuration;

    @Inject
    ConfigurationPages pages;

    @Funq("config-api")
    public APIGatewayV2HTTPResponse handle(GatewayEvent event) {
        boolean browses = event.requestContext().http().path().endsWith(ConfigurationPages.PATH);
        return http.answer(browses ? pages : configuration, event);
    }
}
