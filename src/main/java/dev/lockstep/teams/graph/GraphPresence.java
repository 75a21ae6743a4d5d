package dev.lockstep.teams.graph;

import com.microsoft.graph.communications.getpresencesbyuserid.GetPresencesByUserIdPostRequestBody;
import com.microsoft.graph.communications.getpresencesbyuserid.GetPresencesByUserIdPostResponse;
import com.microsoft.graph.users.item.presence.PresenceRequestBuilder;
import com.microsoft.graph.users.item.presence.clearpresence.ClearPresencePostRequestBody;
import com.microsoft.graph.users.item.presence.setpresence.SetPresencePostRequestBody;
import com.microsoft.graph.users.item.presence.setuserpreferredpresence.SetUserPreferredPresencePostRequestBody;
import com.microsoft.kiota.PeriodAndDuration;
import dev.lockstep.concurrent.Batches;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Warmable;
import dev.lockstep.store.Control;
import dev.lockstep.teams.graph.GraphApplications.GraphApplication;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Presence through Microsoft's SDK.
 *
 * <p>Every attempt builds its body anew: the SDK sends a body object once and {@code {}} after that.
 */
@Singleton
public class GraphPresence implements PresenceApi, Warmable {
    /** The most that one request may name (Graph, getPresencesByUserId). */
    public static final int IDS_PER_READ = 650;

    /** With a fresh token and without ids that are none; a sign-in takes no longer than one of them. */
    private static final int READS_OF_A_PORTION = 4;

    private final GraphApplications applications;
    private final URI url;
    private final GraphConnection.Patience patience;
    private final RefusedIds refused;
    private final PortionedRead reads;
    private final RefusalMeter meter;

    @Inject
    public GraphPresence(
            GraphSettings settings,
            GraphApplications applications,
            InstantSource clock,
            ParallelRunner runner,
            Control control,
            RefusalMeter meter) {
        this.applications = applications;
        this.url = settings.url();
        this.patience = new GraphConnection.Patience(settings.readTimeout());
        this.refused = new RefusedIds(clock, control);
        this.meter = meter;
        Duration limit = settings.readTimeout().multipliedBy(READS_OF_A_PORTION);
        this.reads = new PortionedRead(this::readOnce, refused, runner, limit, clock);
    }

    @Override
    public Map<String, Presence> presences(Collection<String> userIds) {
        List<String> ids =
                userIds.stream().map(GraphPresence::folded).distinct().toList();
        if (ids.size() > 1) {
            ids = accepted(ids);
        }
        Map<String, Presence> found = reads.read(Batches.of(ids, IDS_PER_READ).toList());
        Map<String, Presence> asAsked = new LinkedHashMap<>();
        userIds.forEach(id -> Optional.ofNullable(found.get(folded(id))).ifPresent(it -> asAsked.put(id, it)));
        return asAsked;
    }

    private List<String> accepted(List<String> ids) {
        List<String> accepted =
                ids.stream().filter(id -> !refused.isRefused(id)).toList();
        if (accepted.size() < ids.size()) {
            meter.leftOut(ids.size() - accepted.size());
        }
        return accepted;
    }

    /** Asks for the presence of somebody who is none: our own id is an application's. */
    @Override
    public void warm() {
        GraphApplication first = applications.named("");
        first.session().ifPresent(id -> {
            readOnce(first, List.of(id));
            applications.all().forEach(one -> one.tokens().current(url));
        });
    }

    @Override
    public void setSession(String application, String userId, String availability, String activity, Duration expiry) {
        GraphApplication writer = applications.named(application);
        String session = writer.session().orElseThrow(GraphPresence::withoutApplication);
        write(writer, () -> {
            SetPresencePostRequestBody body = new SetPresencePostRequestBody();
            body.setSessionId(session);
            body.setAvailability(availability);
            body.setActivity(activity);
            body.setExpirationDuration(PeriodAndDuration.ofDuration(expiry));
            of(writer, userId).setPresence().post(body);
        });
    }

    @Override
    public void clearSession(String application, String userId) {
        GraphApplication writer = applications.named(application);
        String session = writer.session().orElseThrow(GraphPresence::withoutApplication);
        // Without a session there is nothing left to do.
        writer.calls().askUnless(404, () -> {
            ClearPresencePostRequestBody body = new ClearPresencePostRequestBody();
            body.setSessionId(session);
            of(writer, userId).clearPresence().post(body);
            return true;
        });
    }

    @Override
    public void setPreferred(String application, String userId, String availability, String activity, Duration expiry) {
        GraphApplication writer = applications.named(application);
        write(writer, () -> {
            SetUserPreferredPresencePostRequestBody body = new SetUserPreferredPresencePostRequestBody();
            body.setAvailability(availability);
            body.setActivity(activity);
            body.setExpirationDuration(PeriodAndDuration.ofDuration(expiry));
            of(writer, userId).setUserPreferredPresence().post(body);
        });
    }

    @Override
    public void clearPreferred(String application, String userId) {
        GraphApplication writer = applications.named(application);
        write(writer, () -> of(writer, userId).clearUserPreferredPresence().post());
    }

    private static void write(GraphApplication writer, Runnable attempt) {
        writer.calls().ask(() -> {
            attempt.run();
            return true;
        });
    }

    private static PresenceRequestBuilder of(GraphApplication writer, String userId) {
        return writer.graph().get().users().byUserId(userId).presence();
    }

    private static PlatformException withoutApplication() {
        return new PlatformException.PermissionMissing("lockstep.entra.client-id is not set");
    }

    private Map<String, Presence> readOnce(List<String> ids) {
        return readOnce(applications.asking(ids.getFirst()), ids);
    }

    private Map<String, Presence> readOnce(GraphApplication reader, List<String> ids) {
        return reader.calls().ask(() -> {
            GetPresencesByUserIdPostRequestBody body = new GetPresencesByUserIdPostRequestBody();
            body.setIds(ids);
            GetPresencesByUserIdPostResponse answer = reader.graph()
                    .get()
                    .communications()
                    .getPresencesByUserId()
                    .post(body, request -> request.options.add(patience));
            if (answer == null || answer.getValue() == null) {
                throw new PlatformException.Unreachable("Teams answered without any list of presences");
            }
            return byUser(answer.getValue());
        });
    }

    private static Map<String, Presence> byUser(List<com.microsoft.graph.models.Presence> presences) {
        Map<String, Presence> found = new LinkedHashMap<>();
        presences.stream()
                .filter(shown -> shown.getId() != null && shown.getAvailability() != null)
                .forEach(shown -> found.put(folded(shown.getId()), presence(shown)));
        return found;
    }

    private static Presence presence(com.microsoft.graph.models.Presence shown) {
        return new Presence(
                shown.getAvailability(),
                Objects.requireNonNullElse(shown.getActivity(), shown.getAvailability()),
                Optional.ofNullable(shown.getSequenceNumber()));
    }

    private static String folded(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
