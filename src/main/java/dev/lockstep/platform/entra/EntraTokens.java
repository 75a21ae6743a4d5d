package dev.lockstep.platform.entra;

import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import dev.lockstep.platform.Once;
import dev.lockstep.platform.Origin;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Secrets;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Tokens by client credentials (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow), one
 * per platform and process, refreshed ahead of their end: msal4j does not do so in this flow, and it gives out a
 * remembered token to its last five minutes.
 */
@Singleton
public class EntraTokens implements Tokens {
    private final EntraSettings settings;
    private final InstantSource clock;
    private final Once<Application> application;
    private final ConcurrentMap<String, TokenSlot> slots = new ConcurrentHashMap<>();

    @Inject
    public EntraTokens(EntraSettings settings, Secrets secrets, InstantSource clock) {
        this(settings, secrets, clock, () -> EntraHttp.client(settings.connectTimeout()));
    }

    /** @param http for tests that trust another authority than the process does */
    EntraTokens(EntraSettings settings, Secrets secrets, InstantSource clock, Supplier<HttpClient> http) {
        this.settings = settings;
        this.clock = clock;
        Once<HttpClient> client = new Once<>(http);
        this.application = new Once<>(() -> application(Credential.of(settings, secrets), client.get()));
    }

    @Override
    public AccessToken current(URI platform) {
        return slot(platform).current();
    }

    @Override
    public AccessToken renewed(URI platform, AccessToken refused) {
        return slot(platform).renewed(refused);
    }

    /** When the certificate by which we sign in ends; empty for a client secret, which does not tell. */
    public Optional<Instant> credentialExpiry() {
        return application.get().credential().expiresAt();
    }

    private TokenSlot slot(URI platform) {
        String scope = Origin.of(platform) + "/.default";
        return slots.computeIfAbsent(scope, name -> new TokenSlot(() -> fetch(name), clock));
    }

    private AccessToken fetch(String scope) {
        Application app = application.get();
        try {
            IAuthenticationResult result = app.client()
                    .acquireToken(ClientCredentialParameters.builder(Set.of(scope))
                            .skipCache(true)
                            .build())
                    .join();
            return token(result);
        } catch (RuntimeException e) {
            PlatformException failure = EntraErrors.of(e, app.credential().name(), scope, clock.instant());
            if (failure instanceof PlatformException.PermissionMissing) {
                // The stored secret may have been replaced: the next attempt reads it again.
                application.forget();
            }
            throw failure;
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

    private Application application(Credential credential, HttpClient http) {
        String tenant = required(settings.tenantId(), "lockstep.entra.tenant-id");
        String client = required(settings.clientId(), "lockstep.entra.client-id");
        // Virtual threads: msal4j would take the pool that everybody shares, which has one thread on one processor.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            return new Application(
                    ConfidentialClientApplication.builder(client, credential.value())
                            .authority(Origin.of(settings.authority()) + "/" + tenant + "/")
                            // The authority is the operator's word; asking Microsoft whether it knows it costs a call.
                            .instanceDiscovery(false)
                            .disableInternalRetries()
                            .httpClient(new EntraHttp(http, settings.timeout()))
                            .executorService(threads)
                            .build(),
                    credential);
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

    private record Application(ConfidentialClientApplication client, Credential credential) {}
}
