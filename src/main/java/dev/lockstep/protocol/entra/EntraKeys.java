package dev.lockstep.protocol.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.concurrent.Lazy;
import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
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
    private static final String UNTOLD = "Entra did not tell its keys";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EntraSettings settings;
    private final InstantSource clock;
    private final Lazy<HttpClient> http;
    private final RefreshingValue<Map<String, PublicKey>> keys;

    @Inject
    public EntraKeys(EntraSettings settings, InstantSource clock) {
        this(settings, clock, () -> EntraHttp.client(settings.connectTimeout()));
    }

    EntraKeys(EntraSettings settings, InstantSource clock, Supplier<HttpClient> http) {
        this.settings = settings;
        this.clock = clock;
        this.http = new Lazy<>(http);
        this.keys = new RefreshingValue<>(this::fetched, new Rules(), clock);
    }

    /**
     * @return the key of that id; empty if Entra has none
     * @throws PlatformException.Unreachable if no keys are known yet and Entra does not tell them
     */
    public Optional<PublicKey> named(String id) {
        Map<String, PublicKey> known = keys.get();
        return Optional.ofNullable(known.get(id))
                .or(() -> Optional.ofNullable(newerThan(known, id).get(id)));
    }

    /** If Entra does not answer, the keys that were known hold on. */
    private Map<String, PublicKey> newerThan(Map<String, PublicKey> known, String id) {
        try {
            return keys.replaced(
                    (old, readAt) -> !old.containsKey(id) && !clock.instant().isBefore(readAt.plus(PAUSE)));
        } catch (PlatformException.Unreachable silent) {
            return known;
        }
    }

    private Map<String, PublicKey> fetched() {
        try {
            URI link = URI.create(read(URI.create(Origin.of(settings.authority()) + METADATA))
                    .path("jwks_uri")
                    .asText(""));
            boolean safe = Origin.of(settings.authority()).holds(link);
            Map<String, PublicKey> told = safe ? JsonWebKeys.of(read(link)) : Map.of();
            if (!told.isEmpty()) {
                return told;
            }
        } catch (IOException | ExecutionException | TimeoutException | IllegalArgumentException e) {
            throw new PlatformException.Unreachable(UNTOLD, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new PlatformException.Unreachable(UNTOLD);
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

    private record Rules() implements RefreshRules<Map<String, PublicKey>> {
        @Override
        public Instant dueAt(Map<String, PublicKey> keys, Instant readAt) {
            return readAt.plus(AGE);
        }

        @Override
        public Optional<Duration> pauseAfter(RuntimeException failure) {
            return failure instanceof PlatformException.Unreachable ? Optional.of(PAUSE) : Optional.empty();
        }

        @Override
        public Duration pauseWithoutValue(RuntimeException failure) {
            return PAUSE;
        }
    }
}
