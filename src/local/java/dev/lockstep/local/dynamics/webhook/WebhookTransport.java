package dev.lockstep.local.dynamics.webhook;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Carries one webhook request. */
@FunctionalInterface
public interface WebhookTransport {

    /**
     * @return the answer's status
     * @throws IOException when there was no answer within 60 s, or no connection
     */
    int post(URI url, Map<String, String> headers, byte[] body) throws IOException;
}
