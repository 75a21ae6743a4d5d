package dev.lockstep.dynamics;

import dev.lockstep.configured.Secrets;
import dev.lockstep.directory.DirectoryBuilder;
import dev.lockstep.dynamics.dataverse.DataverseSettings;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.LastTime;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.signature.SecretMatcher;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Takes what Dataverse's webhook tells of representatives' status rows.
 *
 * <p>Dataverse tries again once, and only after 502, 503 or 504 (use-webhooks): so nothing is answered with 503 but what
 * could not be recorded, and everything else either succeeds or can never succeed.
 */
@Singleton
public final class DataverseWebhook implements Endpoint {
    private static final Logger LOG = Logger.getLogger(DataverseWebhook.class);

    /** Carries the static secret that is all the proof a Dataverse webhook gives. */
    static final String KEY_HEADER = "x-lockstep-key";

    private final DataverseSettings settings;
    private final Secrets secrets;
    private final OmnichannelApi api;
    private final Identities identities;
    private final DirectoryBuilder directory;
    private final EvidenceIntake intake;
    private final Consumer<Instant> heard;

    @Inject
    DataverseWebhook(
            DataverseSettings settings,
            Secrets secrets,
            OmnichannelApi api,
            Identities identities,
            DirectoryBuilder directory,
            Control control,
            EvidenceIntake intake) {
        this(settings, secrets, api, identities, directory, intake, LastTime.heard(control, DynamicsPlatform.NAME)::at);
    }

    /** @param heard is told when a genuine message came */
    DataverseWebhook(
            DataverseSettings settings,
            Secrets secrets,
            OmnichannelApi api,
            Identities identities,
            DirectoryBuilder directory,
            EvidenceIntake intake,
            Consumer<Instant> heard) {
        this.settings = settings;
        this.secrets = secrets;
        this.api = api;
        this.identities = identities;
        this.directory = directory;
        this.intake = intake;
        this.heard = heard;
    }

    @Override
    public String name() {
        return "dynamics-change";
    }

    /** What could not be completed will not be the next time either; the sweep's snapshot sees the row when it is mended. */
    @Override
    public HttpAnswer handle(HttpCall call) {
        authenticate(call);
        try {
            accept(call);
        } catch (PlatformException.PermissionMissing | PlatformException.Rejected | PlatformException.NotSignedIn e) {
            LOG.warnf("a message could not be completed from Dataverse: %s", e.getMessage());
        }
        return HttpAnswer.ok();
    }

    private void accept(HttpCall call) {
        StatusMessage message = parse(call);
        heard.accept(call.receivedAt());
        if (message.isAboutStatus() && !message.message().equals("Delete")) {
            acceptStatus(message, call);
        }
    }

    /** A key that cannot be read is never a yes, and keeps no other one from working. */
    private void authenticate(HttpCall call) {
        String given = call.header(KEY_HEADER).orElse("");
        Optional<PlatformException> unreadable = Optional.empty();
        for (String reference : settings.webhookKey().orElse(List.of())) {
            try {
                if (SecretMatcher.of(secrets.revealAll(List.of(reference))).matches(given)) {
                    return;
                }
            } catch (PlatformException e) {
                unreadable = Optional.of(e);
            }
        }
        throw unreadable
                .<RuntimeException>map(why -> why)
                .orElseGet(() -> new RejectedRequest(
                        RejectionReason.UNAUTHENTICATED, "the header " + KEY_HEADER + " is missing or wrong"));
    }

    private static StatusMessage parse(HttpCall call) {
        try {
            return StatusMessage.parse(call.body().bytes());
        } catch (StatusMessage.Malformed e) {
            throw RejectedRequest.malformed(e.getMessage());
        }
    }

    /** Dataverse's own id of what happened there leads on into its logs; the gateway's stands in where there is none. */
    private void acceptStatus(StatusMessage message, HttpCall call) {
        Trigger trigger = new Trigger("dynamics-change", message.correlationId().orElse(call.requestId()));
        Optional<OmnichannelApi.StatusRow> row = message.mustBeRead()
                ? message.statusRowId().flatMap(api::status)
                : message.systemUserId()
                        .map(id -> new OmnichannelApi.StatusRow(id, message.fields(), Optional.empty()));
        row.ifPresent(known -> agentOf(known).ifPresent(agentId -> {
            Map<String, String> fields = new HashMap<>(known.fields());
            fields.putAll(message.fields());
            Observation seen = new Observation(DynamicsPlatform.NAME, call.receivedAt(), fields);
            intake.accept(agentId, List.of(new Evidence.Observed(Optional.of(known.systemUserId()), seen)), trigger);
        }));
    }

    /**
     * A representative who is new to us is looked up at once, not at the next run of the directory, and left out as there:
     * bots have status rows too.
     */
    private Optional<String> agentOf(OmnichannelApi.StatusRow row) {
        return identities
                .agentOf(Identities.of(DynamicsPlatform.NAME, row.systemUserId()))
                .or(() -> row.user()
                        .or(() -> api.user(row.systemUserId()))
                        .filter(OmnichannelApi.UserRow::enabled)
                        .map(DynamicsPeople::person)
                        .flatMap(directory::enrol));
    }
}
