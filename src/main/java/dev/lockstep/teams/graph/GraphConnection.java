package dev.lockstep.teams.graph;

import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestOption;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import com.microsoft.kiota.http.OkHttpRequestAdapter;
import dev.lockstep.protocol.entra.AccessToken;
import dev.lockstep.protocol.entra.Tokens;
import dev.lockstep.protocol.http.Origin;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The SDK's client over an HTTP client without the SDK's own retries and redirects: a retry would sleep in the caller's
 * deadline and send what may no longer be wanted, and a redirect could carry the token elsewhere.
 */
public final class GraphConnection {
    private static final int IDLE_CONNECTIONS = 5;

    private GraphConnection() {}

    /** @param silence the longest time without a byte from Graph */
    public static GraphServiceClient open(GraphSettings settings, Duration silence, Tokens tokens) {
        return open(http(settings, silence), settings, tokens);
    }

    /** Who share a client share its connections. */
    static OkHttpClient http(GraphSettings settings, Duration silence) {
        return new OkHttpClient.Builder()
                .callTimeout(settings.timeout())
                .connectTimeout(settings.timeout())
                .readTimeout(silence)
                .followRedirects(false)
                .followSslRedirects(false)
                // Between two calls a function may be frozen for long; an old connection is then a dead one.
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
                .addInterceptor(GraphConnection::refuse)
                .build();
    }

    static GraphServiceClient open(OkHttpClient http, GraphSettings settings, Tokens tokens) {
        Origin graph = Origin.of(settings.url());
        OkHttpRequestAdapter adapter = new OkHttpRequestAdapter(
                new BaseBearerTokenAuthenticationProvider(new BoundTokens(graph, settings.url(), tokens)),
                null,
                null,
                patient(http));
        adapter.setBaseUrl(settings.url().toString().replaceAll("/+$", ""));
        return new GraphServiceClient(adapter);
    }

    private static Response refuse(Interceptor.Chain chain) throws IOException {
        Response answer = chain.proceed(chain.request());
        if (answer.isSuccessful() && !isPage(answer)) {
            return answer;
        }
        try (answer) {
            throw GraphErrorResponse.of(answer);
        }
    }

    /** Graph never answers with a page: somebody else did, and nothing was done. */
    private static boolean isPage(Response answer) {
        MediaType type = answer.body() == null ? null : answer.body().contentType();
        return type != null && type.subtype().contains("html");
    }

    private static Call.Factory patient(OkHttpClient http) {
        return request -> {
            Call call = http.newCall(request);
            limit(request).ifPresent(time -> call.timeout().timeout(time.toMillis(), TimeUnit.MILLISECONDS));
            return call;
        };
    }

    private static Optional<Duration> limit(Request request) {
        return Optional.ofNullable(request.tag(Patience.class)).map(Patience::limit);
    }

    /** How long one request may take, where that is not as long as a write. */
    public record Patience(Duration limit) implements RequestOption {
        @Override
        @SuppressWarnings("unchecked") // The SDK asks for the option's own class.
        public <T extends RequestOption> Class<T> getType() {
            return (Class<T>) Patience.class;
        }
    }

    /** Tokens for Graph alone: the SDK does not ask whether a host is allowed before it sends one there. */
    private record BoundTokens(Origin graph, URI url, Tokens tokens) implements AccessTokenProvider {
        @Override
        public String getAuthorizationToken(URI request, Map<String, Object> context) {
            if (!graph.holds(request)) {
                return "";
            }
            AccessToken token = tokens.current(url);
            boolean challenged = context != null && context.containsKey("claims");
            return (challenged ? tokens.renewed(url, token) : token).value();
        }

        @Override
        public AllowedHostsValidator getAllowedHostsValidator() {
            return new AllowedHostsValidator(url.getHost());
        }
    }
}
