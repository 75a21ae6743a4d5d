package dev.lockstep.webhook;

import dev.lockstep.agent.Profile;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.cloudevents.StructuredMode;
import dev.lockstep.protocol.delivery.Delivery;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.signature.SigningKey;
import dev.lockstep.protocol.signature.StandardWebhooks;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A third-party application that wants to know what agents are.
 *
 * <p>It is told of every change by a structured CloudEvent, signed as a Standard Webhook. It shows nothing back: that
 * it answered 2xx is all the confirmation there is. What it was not told for certain is told again, as the same event
 * with the same id.
 */
public final class ApplicationPlatform implements Platform {
    private final Connection connection;
    private final URI url;
    private final Secrets secrets;
    private final StandardWebhooks signatures;
    private final WebhookDelivery delivery;
    private final ApplicationSubscription subscription;
    private final DeliveryLog log;

    /**
     * @param connection one of the system {@code webhook}
     * @param subscription of that connection
     * @throws IllegalArgumentException if the connection has no URL
     */
    public ApplicationPlatform(
            Connection connection,
            Secrets secrets,
            StandardWebhooks signatures,
            WebhookDelivery delivery,
            ApplicationSubscription subscription,
            DeliveryLog log) {
        this.connection = connection;
        this.url = connection
                .url()
                .orElseThrow(() -> new IllegalArgumentException(connection.name() + " has no URL to send to"));
        this.secrets = secrets;
        this.signatures = signatures;
        this.delivery = delivery;
        this.subscription = subscription;
        this.log = log;
    }

    Connection connection() {
        return connection;
    }

    /** Since when it wants no more messages; empty while it is told. */
    public Optional<Instant> endedAt() {
        return subscription.endedAt();
    }

    @Override
    public String name() {
        return Source.application(connection.name()).name();
    }

    @Override
    public boolean knowsAgentsByOurId() {
        return true;
    }

    /** Whether the agent's team is one that the application is told of. */
    @Override
    public boolean concerns(Subject subject) {
        return connection.teams().isEmpty()
                || connection.teams().stream().map(Profile::teamKey).anyMatch(Profile.teamKey(subject.team())::equals);
    }

    @Override
    public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
        Optional<Instant> ended = endedAt();
        if (ended.isPresent()) {
            return Plan.nothing(
                    Condition.OFF,
                    "the application has wanted no more messages since " + ended.get() + " (410): "
                            + ApplicationSubscription.REMEDY);
        }
        String wanted = wish.decision().shown().label();
        Optional<LedgerEntry> last = standing.ledger().newestIn(Ledger.TOLD);
        if (last.isEmpty() && wish.status().isEmpty()) {
            return Plan.nothing(Condition.IN_SYNC, "told once the agent signs in");
        }
        if (last.filter(LedgerEntry::isAccepted).map(LedgerEntry::value).equals(Optional.of(wanted))) {
            return Plan.nothing(Condition.IN_SYNC, "the application was told");
        }
        LedgerEntry step = last.filter(entry -> entry.value().equals(wanted) && mayHaveArrived(entry))
                .orElse(new LedgerEntry(Ledger.TOLD, wanted, now, Optional.empty(), LedgerEntry.Outcome.INTENDED));
        LedgerEntry again =
                new LedgerEntry(Ledger.TOLD, wanted, step.at(), Optional.empty(), LedgerEntry.Outcome.INTENDED);
        return Plan.write(List.of(again), Optional.empty());
    }

    private static boolean mayHaveArrived(LedgerEntry entry) {
        return entry.outcome() == LedgerEntry.Outcome.INTENDED || entry.outcome() == LedgerEntry.Outcome.UNKNOWN;
    }

    /** Does nothing for an agent of another team, whoever asks for it. */
    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        if (concerns(subject)) {
            send(new PresenceChange(step, subject), Delivery.Purpose.EVENT, "")
                    .failure()
                    .ifPresent(failure -> {
                        throw failure;
                    });
        }
    }

    /**
     * Tells the application once more what an agent is to be there, as a new event. Nothing of it is remembered.
     *
     * @param by whose token asked for it
     */
    public Delivery replay(Subject subject, Standing standing, Instant now, String by) {
        String status = standing.wanted().orElse(Status.OFFLINE).label();
        LedgerEntry step = new LedgerEntry(Ledger.TOLD, status, now, Optional.empty(), LedgerEntry.Outcome.INTENDED);
        return send(new PresenceChange(step, subject), Delivery.Purpose.REPLAY, by)
                .delivery();
    }

    /**
     * Sends an event that says nothing of anybody. An application that takes it is told of agents again.
     *
     * @param asked by what the request for it is known
     * @param by whose token asked for it
     * @throws dev.lockstep.store.StoreUnavailable if the application took it, and that could not be noted
     */
    public Delivery test(String asked, String by) {
        Instant now = delivery.clock().instant();
        CloudEvent event = new TestEvent(connection.name(), now, asked).event();
        Sent sent = send(event, Delivery.Purpose.TEST, List.of("a test"), List.of(), by);
        if (sent.failure().isEmpty()) {
            subscription.resume(now);
        }
        return sent.delivery();
    }

    /** What came of a message, as it was noted and for whoever sent it. */
    private record Sent(Delivery delivery, Optional<PlatformException> failure) {}

    private Sent send(PresenceChange change, Delivery.Purpose purpose, String by) {
        return send(
                change.event(),
                purpose,
                List.of(change.step().value()),
                List.of(change.subject().agentId()),
                by);
    }

    /** @param told in words, what the message says */
    private Sent send(CloudEvent event, Delivery.Purpose purpose, List<String> told, List<String> agents, String by) {
        Instant now = delivery.clock().instant();
        WebhookDelivery.Attempt attempt = attempt(event);
        if (attempt.isGone()) {
            subscription.end(now);
        }
        Delivery noted = new Delivery(
                connection.name(),
                now,
                Delivery.Direction.OUT,
                attempt.failure().isEmpty() ? Delivery.Verdict.DELIVERED : Delivery.Verdict.FAILED,
                event.id(),
                purpose,
                attempt.status(),
                told,
                agents,
                attempt.failure().map(PlatformException::getMessage).orElse(""),
                "",
                by,
                Duration.between(now, delivery.clock().instant()));
        log.note(noted);
        return new Sent(noted, attempt.failure());
    }

    private WebhookDelivery.Attempt attempt(CloudEvent event) {
        try {
            return delivery.send(request(event));
        } catch (PlatformException unsigned) {
            return WebhookDelivery.Attempt.unanswered(unsigned);
        }
    }

    private HttpRequest request(CloudEvent event) {
        Body body = StructuredMode.write(event);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", StructuredMode.CONTENT_TYPE)
                .header("User-Agent", "Lockstep")
                .POST(BodyPublishers.ofByteArray(body.bytes()));
        signatures.sign(event.id(), body, keys()).forEach(request::header);
        return request.build();
    }

    /** While keys are exchanged, both sign: the application may know either. */
    private List<SigningKey> keys() {
        List<SigningKey> keys = connection.secrets().stream()
                .map(secrets::reveal)
                .map(this::key)
                .toList();
        if (keys.isEmpty()) {
            throw unusable();
        }
        return keys;
    }

    private SigningKey key(String secret) {
        try {
            return SigningKey.of(secret);
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }

    private PlatformException unusable() {
        return new PlatformException.PermissionMissing(
                connection.name() + " needs a signing secret: whsec_ and 24 to 64 random bytes in base64");
    }
}
