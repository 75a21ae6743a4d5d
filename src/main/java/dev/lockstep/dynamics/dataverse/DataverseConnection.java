package dev.lockstep.dynamics.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.Lazy;
import dev.lockstep.dynamics.dataverse.DataverseClient.ModifyAgentPresence;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.QuotaWatch;
import dev.lockstep.protocol.entra.AccessToken;
import dev.lockstep.protocol.entra.AppRegistrations;
import dev.lockstep.protocol.entra.Tokens;
import dev.lockstep.protocol.http.Origin;
import dev.lockstep.protocol.http.PageTrail;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/** One call of Dataverse with everything that can go wrong in it, said in words that the caller can act upon. */
final class DataverseConnection {
    private static final int MOST_PAGES = 1000;

    /** No front of Microsoft's is known to close what is idle so soon. */
    private static final Duration KEPT_OPEN = Duration.ofSeconds(30);

    private final DataverseSettings settings;
    private final ApplicationUsers users;
    private final InstantSource clock;
    private final ObjectMapper json;
    private final QuotaWatch quota;
    private final Lazy<DataverseClient> writer;
    private final Lazy<DataverseClient> reader;

    /** @param quota is told what is left for whom we write as */
    DataverseConnection(
            DataverseSettings settings,
            ApplicationUsers users,
            InstantSource clock,
            ObjectMapper json,
            QuotaWatch quota) {
        this.quota = quota;
        this.settings = settings;
        this.users = users;
        this.clock = clock;
        this.json = json;
        this.writer = new Lazy<>(() -> open(settings.timeout()));
        this.reader = new Lazy<>(() -> open(settings.readTimeout()));
    }

    /**
     * Any 2xx will do: an action without an output may answer 200 or 204.
     *
     * @throws PlatformException.NotSignedIn on 404
     */
    void modify(ModifyAgentPresence body, AppRegistrations.Registration writing) {
        try (Response answer = exchange(
                writer,
                settings.timeout(),
                writing.tokens(),
                (api, bearer) -> api.modify(bearer, caller(settings), body))) {
            QuotaHeaders.in(answer::getHeaderString).ifPresent(left -> quota.left(writing.budget(), left));
            if (!isSuccess(answer)) {
                DataverseErrorResponse refusal = DataverseErrorResponse.of(answer, json);
                throw refusal.isAbsence() ? new PlatformException.NotSignedIn() : refusal.meaning(clock.instant());
            }
        }
    }

    /** Opens the connection by which is written. */
    void warm() {
        String whoAmI = Origin.of(url()) + DataverseClient.ROOT + "/WhoAmI";
        exchange(writer, settings.timeout(), users.reading(), (api, bearer) -> api.get(bearer, null, null, whoAmI))
                .close();
        users.all().forEach(user -> user.tokens().current(url()));
    }

    /** What Dataverse tells one of the application users of itself. */
    JsonNode whoAmI(AppRegistrations.Registration user) {
        String link = Origin.of(url()) + ODataQuery.of("WhoAmI").path();
        return get(link, null, null, user.tokens())
                .orElseThrow(() -> new PlatformException.Rejected("Dynamics does not say who we are"));
    }

    /** @return empty on 404 */
    Optional<JsonNode> readIfThere(ODataQuery query) {
        return get(Origin.of(url()) + query.path(), null, null);
    }

    /** As it is answered to who we write as. Empty on 404. */
    Optional<JsonNode> readAsCaller(ODataQuery query) {
        return get(Origin.of(url()) + query.path(), caller(settings), null);
    }

    /** In whose name is written; null for the application itself. */
    static String caller(DataverseSettings settings) {
        return settings.callerId().filter(id -> !id.isBlank()).orElse(null);
    }

    /** All rows, page by page: the link to the next one is used as it came, but never leads elsewhere. */
    List<JsonNode> readPages(ODataQuery query, int size) {
        List<JsonNode> rows = new ArrayList<>();
        PageTrail trail = new PageTrail(url(), MOST_PAGES);
        String link = Origin.of(url()) + query.path();
        while (!link.isEmpty()) {
            if (!trail.leadsTo(link)) {
                throw new PlatformException.Rejected("Dynamics' pages do not end, or lead elsewhere");
            }
            JsonNode page = get(link, null, "odata.maxpagesize=" + size)
                    .orElseThrow(
                            () -> new PlatformException.Rejected("Dynamics does not have what is asked for (404)"));
            if (!page.path("value").isArray()) {
                throw new PlatformException.Unreachable("Dynamics answered something that holds no rows");
            }
            page.path("value").forEach(rows::add);
            link = page.path("@odata.nextLink").asText("");
        }
        return rows;
    }

    private Optional<JsonNode> get(String link, String caller, String prefer) {
        return get(link, caller, prefer, users.reading());
    }

    private Optional<JsonNode> get(String link, String caller, String prefer, Tokens tokens) {
        try (Response answer = exchange(
                reader, settings.readTimeout(), tokens, (api, bearer) -> api.get(bearer, caller, prefer, link))) {
            if (Objects.equals(caller, caller(settings)) && tokens == users.reading()) {
                QuotaHeaders.in(answer::getHeaderString)
                        .ifPresent(left -> quota.left(users.all().getFirst().budget(), left));
            }
            if (isSuccess(answer)) {
                return Optional.of(body(answer));
            }
            DataverseErrorResponse refusal = DataverseErrorResponse.of(answer, json);
            if (refusal.isAbsence()) {
                return Optional.empty();
            }
            throw refusal.meaning(clock.instant());
        }
    }

    private JsonNode body(Response answer) {
        try {
            JsonNode body = json.readTree(DataverseErrorResponse.bytes(answer));
            if (body != null && body.isObject()) {
                return body;
            }
            throw new PlatformException.Unreachable("Dynamics answered something that is not a JSON object");
        } catch (IOException | ProcessingException e) {
            throw new PlatformException.Unreachable("Dynamics' answer cannot be read", e);
        }
    }

    private Response exchange(Lazy<DataverseClient> client, Duration limit, Tokens tokens, Call call) {
        AccessToken token = tokens.current(url());
        Response answer = attempt(client, limit, call, token);
        if (answer.getStatus() != 401) {
            return answer;
        }
        answer.close();
        return attempt(client, limit, call, tokens.renewed(url(), token));
    }

    private static boolean isSuccess(Response answer) {
        return answer.getStatus() >= 200 && answer.getStatus() < 300;
    }

    /**
     * Between two events a function is frozen, and meanwhile the other side may close what is kept open. So what was closed
     * before it was answered is asked once more; a presence that is written twice is the same presence.
     */
    private Response attempt(Lazy<DataverseClient> client, Duration limit, Call call, AccessToken token) {
        Countdown time = Countdown.of(clock, limit);
        try {
            return once(client, limit, call, token);
        } catch (RuntimeException e) {
            if (!isClosed(e) || !time.left().isPositive()) {
                throw unanswered(e);
            }
            try {
                return once(client, time.left(), call, token);
            } catch (RuntimeException again) {
                throw unanswered(again);
            }
        }
    }

    /** The client's own limit ends with the headers; ours holds for the body too. */
    private static Response once(Lazy<DataverseClient> client, Duration limit, Call call, AccessToken token) {
        return call.make(client.get(), token.bearer()).await().atMost(limit);
    }

    /** What the client throws has many classes and one meaning. */
    private static PlatformException unanswered(RuntimeException e) {
        return e instanceof PlatformException known
                ? known
                : new PlatformException.Unreachable("Dynamics gave no answer", e);
    }

    /** A connection that could not be opened is none of these. The client tells a closed one as a plain I/O error. */
    private static boolean isClosed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof SSLException) {
                return false;
            }
            if (cause instanceof HttpClosedException || cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private DataverseClient open(Duration timeout) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(Origin.of(url()).text()))
                .connectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                // Frozen for longer, a function finds nothing that it may use again.
                .property(QuarkusRestClientProperties.CONNECTION_TTL, (int) KEPT_OPEN.toSeconds())
                // The answer's status is ours to judge.
                .disableDefaultMapper(true)
                .build(DataverseClient.class);
    }

    private URI url() {
        return settings.url()
                .orElseThrow(() -> new PlatformException.PermissionMissing("lockstep.dynamics.url is not set"));
    }

    /** A call, to be made with a token; a second time with another if the first is refused. */
    @FunctionalInterface
    interface Call {
        Uni<Response> make(DataverseClient api, String bearer);
    }
}
