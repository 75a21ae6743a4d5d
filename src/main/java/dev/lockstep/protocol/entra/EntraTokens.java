package dev.lockstep.protocol.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import dev.lockstep.concurrent.Lazy;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.Origin;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tokens by client credentials (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow), one
 * per platform and process, refreshed ahead of their end: msal4j does not do so in this flow, and it gives out a
 * remembered token to its last five minutes.
 */
@Singleton
public class EntraTokens implements Tokens {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String MAIN = "lockstep.entra";

    private final EntraSettings settings;
    private final AppRegistration registration;
    private final String prefix;
    private final Secrets secrets;
    private final Supplier<HttpClient> http;
    private final InstantSource clock;
    private final Lazy<Application> application;
    private final TokenSlots own;

    @Inject
    public EntraTokens(EntraSettings settings, Secrets secrets, InstantSource clock) {
        this(settings, secrets, clock, () -> EntraHttp.client(settings.connectTimeout()));
    }

    /** @param http for tests that trust another authority than the process does */
    EntraTokens(EntraSettings settings, Secrets secrets, InstantSource clock, Supplier<HttpClient> http) {
        this(settings, settings, MAIN, secrets, clock, new Lazy<>(http));
    }

    private EntraTokens(
            EntraSettings settings,
            AppRegistration registration,
            String prefix,
            Secrets secrets,
            InstantSource clock,
            Supplier<HttpClient> http) {
        this.settings = settings;
        this.registration = registration;
        this.prefix = prefix;
        this.secrets = secrets;
        this.http = http;
        this.clock = clock;
        this.application = new Lazy<>(() -> new Application(Credential.of(registration, prefix, secrets), http.get()));
        this.own = new TokenSlots(platform -> fetch(platform + "/.default"), clock);
    }

    /**
     * Tokens of another app registration of the same directory.
     *
     * @param key the prefix of its settings, for messages
     */
    public EntraTokens as(AppRegistration other, String key) {
        return new EntraTokens(settings, other, key, secrets, clock, http);
    }

    @Override
    public AccessToken current(URI platform) {
        return own.current(platform);
    }

    @Override
    public AccessToken renewed(URI platform, AccessToken refused) {
        return own.renewed(platform, refused);
    }

    /** When the certificate by which we sign in ends; empty for a client secret, which does not tell. */
    public Optional<Instant> credentialExpiry() {
        return application.get().credential().expiresAt();
    }

    /**
     * Tokens of a user who signed in to our application once: delegated ones, by a refresh token
     * (learn.microsoft.com/entra/identity-platform/refresh-tokens).
     *
     * @param permission delegated, such as {@code Presence.Read.All}
     * @param refreshToken asked for with each token, for somebody may have replaced it
     * @param next takes the refresh token that comes with each token: it lives on when the one before has ended
     */
    public Tokens ofUser(String permission, Supplier<String> refreshToken, BiConsumer<String, String> next) {
        return new TokenSlots(platform -> fetchOfUser(platform + "/" + permission, refreshToken.get(), next), clock);
    }

    /**
     * The ID token of somebody who has just signed in, in exchange for the code with which they came back
     * (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). The tokens that come with it are dropped.
     *
     * @param redirect to which the code was sent
     * @param verifier whose digest the sign-in began with (PKCE)
     * @throws PlatformException.PermissionMissing if Entra refuses the code or us
     */
    public String idToken(String code, URI redirect, String verifier) {
        AuthorizationCodeParameters parameters = AuthorizationCodeParameters.builder(code, redirect)
                .scopes(Set.of("openid", "profile"))
                .codeVerifier(verifier)
                .build();
        return asked(
                "openid",
                client -> Optional.ofNullable(
                                client.acquireToken(parameters).join().idToken())
                        .orElseThrow(() -> new PlatformException.Unreachable("Entra's answer holds no ID token")));
    }

    private AccessToken fetch(String scope) {
        ClientCredentialParameters parameters = ClientCredentialParameters.builder(Set.of(scope))
                .skipCache(true)
                .build();
        return fetch(scope, client -> client.acquireToken(parameters)).token();
    }

    private AccessToken fetchOfUser(String scope, String refreshToken, BiConsumer<String, String> next) {
        RefreshTokenParameters parameters =
                RefreshTokenParameters.builder(Set.of(scope), refreshToken).build();
        Fetched fetched = fetch(scope, client -> client.acquireToken(parameters));
        nextRefreshToken(fetched.client()).ifPresent(token -> next.accept(refreshToken, token));
        return fetched.token();
    }

    private Fetched fetch(
            String scope, Function<ConfidentialClientApplication, CompletableFuture<IAuthenticationResult>> question) {
        return asked(scope, client -> new Fetched(token(question.apply(client).join()), client));
    }

    private <T> T asked(String scope, Function<ConfidentialClientApplication, T> question) {
        Application app = application.get();
        try {
            return question.apply(client(app));
        } catch (RuntimeException e) {
            PlatformException failure = EntraErrors.of(e, app.credential().name(), scope, clock.instant());
            if (failure instanceof PlatformException.PermissionMissing) {
                // The stored secret may have been replaced: the next attempt reads it again.
                application.forget();
            }
            throw failure;
        }
    }

    /** msal4j tells it nowhere but in its cache, which holds this one sign-in alone. */
    private static Optional<String> nextRefreshToken(ConfidentialClientApplication client) {
        try {
            JsonNode cache = JSON.readTree(client.tokenCache().serialize());
            return cache.path("RefreshToken")
                    .valueStream()
                    .map(entry -> entry.path("secret").asText(""))
                    .filter(secret -> !secret.isBlank())
                    .findFirst();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private AccessToken token(IAuthenticationResult result) {
        if (result.accessToken() == null || result.accessToken().isBlank()) {
            throw new PlatformException.Unreachable("Entra's answer holds no token");
        }
        Optional<Instant> refreshOn = Optional.ofNullable(result.metadata())
                .map(metadata -> metadata.refreshOn())
                .filter(seconds -> seconds > 0)
                .map(Instant::ofEpochSecond);
        return AccessToken.of(
                result.accessToken(),
                clock.instant(),
                refreshOn,
                result.expiresOnDate().toInstant());
    }

    /** A new one for each token: it costs nothing, and nobody finds another's token in its cache. */
    private ConfidentialClientApplication client(Application app) {
        String tenant = required(settings.tenantId(), "lockstep.entra.tenant-id");
        String client = required(registration.clientId(), prefix + ".client-id");
        // Virtual threads: msal4j would take the pool that everybody shares, which has one thread on one processor.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            return ConfidentialClientApplication.builder(
                            client, app.credential().value())
                    .authority(Origin.of(settings.authority()) + "/" + tenant + "/")
                    // The authority is the operator's word; asking Microsoft whether it knows it costs a call.
                    .instanceDiscovery(false)
                    .disableInternalRetries()
                    .httpClient(new EntraHttp(app.http(), settings.timeout()))
                    .executorService(threads)
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new PlatformException.PermissionMissing(
                    "lockstep.entra.authority must be an https URL, and lockstep.entra.tenant-id a directory's id");
        }
    }

    private static String required(Optional<String> value, String key) {
        return value.filter(text -> !text.isBlank())
                .map(String::strip)
                .orElseThrow(() -> new PlatformException.PermissionMissing(key + " is not set"));
    }

    private record Application(Credential credential, HttpClient http) {}

    private record Fetched(AccessToken token, ConfidentialClientApplication client) {}
}
