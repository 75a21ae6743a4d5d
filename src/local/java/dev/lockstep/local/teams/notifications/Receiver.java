package dev.lockstep.local.teams.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.teams.graph.GraphError;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** The HTTP calls that Graph makes to a subscriber. */
public final class Receiver {
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private final HttpClient client;

    public Receiver(HttpClient client) {
        this.client = client;
    }

    /**
     * The handshake: the subscriber must send the decoded token back as plain text within 10 s. The token holds
     * characters that a receiver which decodes twice, or not at all, gets wrong.
     *
     * @throws GraphError 400 when it does not
     */
    public void validate(String url) {
        String token = "Validation: Testing client application reachability for subscription Request-Id: "
                + UUID.randomUUID() + " a+b/c%2Bd=";
        String query = "validationToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + (url.contains("?") ? "&" : "?") + query))
                .timeout(HANDSHAKE)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = handshake(request);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.statusCode() != 200
                || !type.startsWith("text/plain")
                || !answer.body().equals(token)) {
            throw GraphError.badRequest("Subscription validation request failed. Notification endpoint must respond "
                    + "with 200 OK to validation request.");
        }
    }

    private HttpResponse<String> handshake(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw GraphError.badRequest("Subscription validation request failed or timed out.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GraphError.badRequest("Subscription validation request was interrupted.");
        }
    }

    /** True when the subscriber took it: any 2xx in time. */
    boolean post(String url, JsonNode body, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
