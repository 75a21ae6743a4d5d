package dev.lockstep.teams.graph;

import com.microsoft.graph.serviceclient.GraphServiceClient;
import dev.lockstep.concurrent.Lazy;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Shares;
import dev.lockstep.protocol.entra.AppRegistrations;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** As which applications presence is asked for and set. Anybody of them may ask for everybody. */
@Singleton
public final class GraphApplications {
    private static final String PLATFORM = "teams";
    private static final String KEY = "lockstep.graph.registrations";

    private static final String PERMISSION =
            "grant the application Presence.ReadWrite.All with an administrator's consent";

    private final AppRegistrations registrations;
    private final Map<String, GraphApplication> byName = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param session the id of its session with everybody: the application's own (Graph, presence-setPresence)
     */
    record GraphApplication(
            Tokens tokens, GraphCalls calls, Lazy<GraphServiceClient> graph, Optional<String> session) {}

    @Inject
    GraphApplications(GraphSettings settings, EntraSettings entra, EntraTokens tokens, InstantSource clock) {
        this(
                settings,
                entra,
                AppRegistrations.of(
                        PLATFORM, KEY, settings.registrations(), GraphSettings.Registration::retired, entra, tokens),
                clock);
    }

    private GraphApplications(
            GraphSettings settings, EntraSettings entra, AppRegistrations registrations, InstantSource clock) {
        this.registrations = registrations;
        Lazy<OkHttpClient> http = new Lazy<>(() -> GraphConnection.http(settings, settings.readTimeout()));
        registrations
                .all()
                .forEach(one -> byName.put(
                        one.clientId(),
                        new GraphApplication(
                                one.tokens(),
                                new GraphCalls(settings.url(), one.tokens(), clock, PERMISSION),
                                new Lazy<>(() -> GraphConnection.open(http.get(), settings, one.tokens())),
                                Optional.of(one.clientId())
                                        .filter(id -> !id.isBlank())
                                        .or(entra::clientId))));
    }

    /** One that does all. */
    public static GraphApplications one(
            GraphSettings settings, EntraSettings entra, Tokens tokens, InstantSource clock) {
        return new GraphApplications(settings, entra, AppRegistrations.one(PLATFORM, tokens), clock);
    }

    /**
     * Among whom agents are shared out, by client id.
     *
     * @throws IllegalArgumentException if one has no client id, or one is there twice
     */
    public static Shares shares(GraphSettings settings, EntraSettings entra) {
        return AppRegistrations.shares(KEY, settings.registrations(), GraphSettings.Registration::retired, entra);
    }

    /** Client ids of those that nobody belongs to any more. */
    public static List<String> retired(GraphSettings settings) {
        return AppRegistrations.retired(settings.registrations(), GraphSettings.Registration::retired);
    }

    /** @param name as agents are shared out; blank for the first */
    GraphApplication named(String name) {
        return Optional.ofNullable(
                        byName.get(name.isBlank() ? registrations.first().clientId() : name))
                .orElseThrow(() -> new PlatformException.PermissionMissing(
                        "the app registration " + name + " is not among lockstep.graph.registrations any more"));
    }

    /** Tokens of all but the first, by client id, also of those that nobody belongs to any more. */
    public Map<String, Tokens> further() {
        Map<String, Tokens> further = new LinkedHashMap<>();
        registrations.all().stream().skip(1).forEach(one -> further.put(one.clientId(), one.tokens()));
        return further;
    }

    /** When the first certificate of the further ones ends; empty where none tells. */
    public Optional<Instant> credentialExpiry() {
        return registrations.credentialExpiry();
    }

    Collection<GraphApplication> all() {
        return byName.values();
    }

    /** Whose turn it is to ask for somebody. */
    GraphApplication asking(String userId) {
        return named(registrations.shares().of(userId));
    }
}
