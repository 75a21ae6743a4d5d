package dev.lockstep.teams.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.configured.Secrets;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.LastHeard;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.teams.TeamsPresence;
import dev.lockstep.teams.notifications.Notification.Item;
import dev.lockstep.teams.subscriptions.SubscriptionLifecycle;
import dev.lockstep.teams.subscriptions.SubscriptionTerms;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Takes what Graph tells of presences and of our subscriptions.
 *
 * <p>What is not genuine is answered with 202 like everything else, so that a forger learns nothing; it changes nothing
 * and is counted. Graph sends again whatever is not answered with 2xx, for hours: only what could not be recorded or
 * not be checked is answered with 503.
 *
 * <p>Known race: notifications come late, repeated and out of order, and a presence in one carries no time. Where Graph
 * gives a sequence number an older one is known by it; otherwise the next poll of {@link TeamsPoll} has the last word.
 */
public final class TeamsWebhook {
    private static final Logger LOG = Logger.getLogger(TeamsWebhook.class);

    /** So many agents are brought in line while Graph waits; the rest is recorded and goes to the bulk lane. */
    static final int MOST_AT_ONCE = 20;

    /** Of what is kept of a presence, in characters: it stands in the agent's item. */
    private static final int LONGEST = 128;

    private static final String TOKEN = "validationToken";

    private final NotificationSettings settings;
    private final Secrets secrets;
    private final ValidationTokens tokens;
    private final NotificationKeys keys;
    private final ReadablePlatform teams;
    private final Identities identities;
    private final SubscriptionLifecycle subscriptions;
    private final LastHeard heard;
    private final EvidenceIntake intake;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public TeamsWebhook(
            NotificationSettings settings,
            Secrets secrets,
            ValidationTokens tokens,
            ReadablePlatform teams,
            Identities identities,
            Control control,
            EvidenceIntake intake) {
        this.settings = settings;
        this.secrets = secrets;
        this.tokens = tokens;
        this.keys = new NotificationKeys(settings, secrets);
        this.teams = teams;
        this.identities = identities;
        this.subscriptions = new SubscriptionLifecycle(control);
        this.heard = new LastHeard(control, TeamsPlatform.NAME);
        this.intake = intake;
    }

    /** @param refusals why something in it was not taken, each to be counted; a message may be taken in part */
    public record Handled(HttpAnswer answer, List<String> refusals) {
        public Handled {
            refusals = List.copyOf(refusals);
        }
    }

    /** Why an item, or all of them, are passed over. */
    private enum Doubt {
        CLIENT_STATE,
        VALIDATION_TOKEN,
        UNKNOWN_CERTIFICATE,
        NOT_DECRYPTED,
        NOT_A_PRESENCE,
        UNKNOWN_EVENT
    }

    /** Handles one call. What is wrong with it becomes an answer, never an exception. */
    public Handled handle(HttpCall call) {
        try {
            if (!call.method().equals("POST")) {
                throw RejectedRequest.onlyWith("POST");
            }
            if (call.isTooLarge()) {
                throw new RejectedRequest(RejectionReason.TOO_LARGE, "larger than 256 KB");
            }
            Optional<String> token = handshake(call.rawQuery());
            return token.isPresent() ? new Handled(echo(token.get()), List.of()) : new Delivery(call).take();
        } catch (RejectedRequest refused) {
            return new Handled(refused.answer(), List.of(refused.refusal().name()));
        } catch (StoreUnavailable | PlatformException e) {
            LOG.warnf("a notification of Teams comes again: %s", e.getMessage());
            RejectedRequest refused =
                    new RejectedRequest(RejectionReason.UNAVAILABLE, "not recorded; please send it again");
            return new Handled(refused.answer(), List.of(refused.refusal().name()));
        }
    }

    /** Graph encodes the token as forms are: a blank comes as a plus sign. */
    private static Optional<String> handshake(String rawQuery) {
        return Stream.of(rawQuery.split("&"))
                .filter(pair -> pair.startsWith(TOKEN + "="))
                .map(pair -> pair.substring(TOKEN.length() + 1))
                .map(TeamsWebhook::formDecoded)
                .findFirst();
    }

    private static String formDecoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RejectedRequest.malformed(TOKEN + " is not encoded as a URL's parameter");
        }
    }

    private static HttpAnswer echo(String token) {
        return HttpAnswer.text(200, token).with(Map.of("X-Content-Type-Options", "nosniff"));
    }

    /** One POST being taken. */
    private final class Delivery {
        private final Notification notification;
        private final Instant receivedAt;
        private final Trigger trigger;
        private final List<String> refusals = new ArrayList<>();
        private final Map<String, List<Evidence>> told = new LinkedHashMap<>();
        private final Map<String, String> toRead = new LinkedHashMap<>();

        Delivery(HttpCall call) {
            this.notification = Notification.parse(call.body().bytes());
            this.receivedAt = call.receivedAt();
            this.trigger = new Trigger("teams-change", call.requestId());
        }

        Handled take() {
            List<Item> genuine = notification.items().stream()
                    .filter(item -> isOurState(item) || doubted(Doubt.CLIENT_STATE))
                    .toList();
            if (genuine.isEmpty() || isSuspicious()) {
                return accepted();
            }
            genuine.forEach(this::sort);
            record(told);
            record(read());
            heard.at(receivedAt);
            return accepted();
        }

        private Handled accepted() {
            return new Handled(HttpAnswer.text(202, ""), refusals);
        }

        private boolean doubted(Doubt why) {
            refusals.add(why.name());
            return false;
        }

        private boolean isOurState(Item item) {
            byte[] given = item.clientState().getBytes(StandardCharsets.UTF_8);
            return SubscriptionTerms.clientStates(settings, secrets)
                    .map(state -> MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), given))
                    .reduce(false, Boolean::logicalOr);
        }

        /** One token that does not hold makes the whole message suspicious. */
        private boolean isSuspicious() {
            List<String> given = notification.validationTokens();
            boolean holds = (!given.isEmpty() || !notification.isEncrypted())
                    && given.stream().allMatch(token -> tokens.isGenuine(token, receivedAt));
            return !holds && !doubted(Doubt.VALIDATION_TOKEN);
        }

        private void sort(Item item) {
            if (item.lifecycleEvent().isPresent()) {
                if (!subscriptions.take(item, receivedAt)) {
                    doubted(Doubt.UNKNOWN_EVENT);
                }
            } else if (item.isEncrypted()) {
                decrypted(item).ifPresent(this::shown);
            } else {
                item.userId().ifPresentOrElse(this::remember, () -> doubted(Doubt.NOT_A_PRESENCE));
            }
        }

        private Optional<JsonNode> decrypted(Item item) {
            String certificate =
                    item.encryptedContent().path("encryptionCertificateId").asText("");
            Optional<PrivateKey> key = keys.named(certificate);
            if (key.isEmpty()) {
                LOG.error("Teams encrypts for a certificate that lockstep.teams.notification-keys does not hold");
                doubted(Doubt.UNKNOWN_CERTIFICATE);
                return Optional.empty();
            }
            Optional<JsonNode> content = EncryptedContent.of(item.encryptedContent())
                    .flatMap(encrypted -> encrypted.decrypted(key.get()))
                    .flatMap(Notification::object);
            if (content.isEmpty()) {
                doubted(Doubt.NOT_DECRYPTED);
            }
            return content;
        }

        private void shown(JsonNode presence) {
            Map<String, String> fields = new HashMap<>();
            put(presence.path("availability"), TeamsPresence.AVAILABILITY, fields);
            put(presence.path("activity"), TeamsPresence.ACTIVITY, fields);
            put(presence.path("sequenceNumber"), TeamsPresence.SEQUENCE, fields);
            String user = presence.path("id").asText("");
            if (user.isBlank() || !fields.containsKey(TeamsPresence.AVAILABILITY)) {
                doubted(Doubt.NOT_A_PRESENCE);
                return;
            }
            fields.putIfAbsent(TeamsPresence.ACTIVITY, fields.get(TeamsPresence.AVAILABILITY));
            Observation seen = new Observation(TeamsPlatform.NAME, receivedAt, fields);
            agentOf(user)
                    .ifPresent(agent -> told.computeIfAbsent(agent, any -> new ArrayList<>())
                            .add(new Evidence.Observed(seen)));
        }

        private static void put(JsonNode value, String field, Map<String, String> fields) {
            if (value.isTextual()
                    && !value.textValue().isBlank()
                    && value.textValue().length() <= LONGEST) {
                fields.put(field, value.textValue());
            }
        }

        private void remember(String user) {
            agentOf(user).ifPresent(agent -> toRead.put(user, agent));
        }

        private Optional<String> agentOf(String user) {
            return identities.agentOf(Identities.of(TeamsPlatform.NAME, user));
        }

        /** What a notification does not carry; read afresh it is newer than anything that it could have carried. */
        private Map<String, List<Evidence>> read() {
            Map<String, List<Evidence>> fresh = new LinkedHashMap<>();
            if (!toRead.isEmpty()) {
                Set<String> users = new LinkedHashSet<>(toRead.keySet());
                Map<String, Observation> seen = await(() -> teams.read(users), settings.notificationTimeout());
                toRead.forEach((user, agent) -> Optional.ofNullable(seen.get(user))
                        .ifPresent(shown -> fresh.put(agent, List.of(new Evidence.Observed(shown)))));
            }
            return fresh;
        }

        private void record(Map<String, List<Evidence>> news) {
            List<Future<?>> visits = new ArrayList<>();
            int number = 0;
            for (Map.Entry<String, List<Evidence>> agent : news.entrySet()) {
                if (number++ < MOST_AT_ONCE) {
                    visits.add(threads.submit(() -> intake.accept(agent.getKey(), agent.getValue(), trigger)));
                } else {
                    intake.enqueue(agent.getKey(), agent.getValue(), trigger);
                }
            }
            visits.forEach(TeamsWebhook::result);
        }
    }

    private <T> T await(Callable<T> work, Duration limit) {
        Future<T> future = threads.submit(work);
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new PlatformException.Unreachable("Teams was not read in time", e);
        } catch (ExecutionException | InterruptedException e) {
            throw failure(e);
        }
    }

    private static void result(Future<?> visit) {
        try {
            visit.get();
        } catch (ExecutionException | InterruptedException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
}
