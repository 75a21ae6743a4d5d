package dev.lockstep.protocol.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.concurrent.Lazy;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.Origin;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The keys by which Entra signs tokens, as its OpenID metadata names them
 * (learn.microsoft.com/graph/change-notifications-with-resource-data, validation tokens: keys rotate daily and may be
 * cached).
 */
@Singleton
public class EntraKeys {
    static final Duration AGE = Duration.ofHours(1);

    /** A token with an unknown key id must not become a request each time. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final String METADATA = "/common/.well-known/openid-configuration";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EntraSettings settings;
    private final InstantSource clock;
    private final Lazy<HttpClient> http;
    private volatile Held held = new Held(Map.of(), Instant.MIN, Instant.MIN);

    private record Held(Map<String, PublicKey> keys, Instant readAt, Instant triedAt) {}

    @Inject
    public EntraKeys(EntraSettings settings, InstantSource clock) {
        this(settings, clock, () -> EntraHttp.client(settings.connectTimeout()));
    }

    EntraKeys(EntraSettings settings, InstantSource clock, Supplier<HttpClient> http) {
        this.settings = settings;
        this.clock = clock;
        this.http = new Lazy<>(http);
    }

    /**
     * @return the key of that id; empty if Entra has none
     * @throws PlatformException.Unreachable if no keys are known yet and Entra does not tell them
     */
    public Optional<PublicKey> named(String id) {
        Held now = current(id);
        if (now.readAt().equals(Instant.MIN)) {
            throw new PlatformException.Unreachable("Entra did not tell its keys");
        }
        return Optional.ofNullable(now.keys().get(id));
    }

    private synchronized Held current(String id) {
        Instant now = clock.instant();
        boolean good = held.keys().containsKey(id) && now.isBefore(after(held.readAt(), AGE));
        if (!good && !now.isBefore(after(held.triedAt(), PAUSE))) {
            held = fetched().map(keys -> new Held(keys, now, now)).orElse(new Held(held.keys(), held.readAt(), now));
        }
        return held;
    }

    private static Instant after(Instant start, Duration time) {
        return start.equals(Instant.MIN) ? start : start.plus(time);
    }

    /** Empty if Entra did not answer: the keys that were known hold on. */
    private Optional<Map<String, PublicKey>> fetched() {
        try {
            URI link = URI.create(read(URI.create(Origin.of(settings.authority()) + METADATA))
                    .path("jwks_uri")
                    .asText(""));
            boolean safe = "https".equals(link.getScheme())
                    || Origin.of(settings.authority()).holds(link);
            Map<String, PublicKey> keys = safe ? JsonWebKeys.of(read(link)) : Map.of();
            return Optional.of(keys).filter(some -> !some.isEmpty());
        } catch (IOException | ExecutionException | TimeoutException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private JsonNode read(URI url) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        // Two requests, and somebody waits for the answer.
        Duration limit = settings.connectTimeout().dividedBy(2);
        HttpRequest request = HttpRequest.newBuilder(url).timeout(limit).build();
        // The client's own limit ends with the headers; ours holds for the body too.
        HttpResponse<byte[]> answer = http.get()
                .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }
}
