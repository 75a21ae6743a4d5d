package dev.lockstep.teams.notifications;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.configured.Secrets;
import dev.lockstep.intake.BulkIntake;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.FaultIsolation;
import dev.lockstep.intake.LastTime;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.protocol.entra.EntraKeys;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.teams.notifications.Notification.Item;
import dev.lockstep.teams.subscriptions.SubscriptionLifecycle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
@Singleton
public final class TeamsWebhook implements Endpoint {
    /** So many agents are brought in line while Graph waits; the rest is recorded and goes to the bulk lane. */
    static final int MOST_AT_ONCE = 20;

    /** Longer than the function may take at all: what was begun is not given up. */
    private static final Duration TO_THE_END = Duration.ofMinutes(15);

    private static final String TOKEN = "validationToken";

    private final NotificationSettings settings;
    private final NotificationProof proof;
    private final NotificationKeys keys;
    private final ReadablePlatform teams;
    private final Identities identities;
    private final SubscriptionLifecycle subscriptions;
    private final LastTime heard;
    private final EvidenceIntake intake;
    private final ParallelRunner parallel;
    private final EdgeMeter meter;

    @Inject
    public TeamsWebhook(
            NotificationSettings settings,
            EntraSettings entra,
            EntraKeys entraKeys,
            Secrets secrets,
            TeamsPlatform teams,
            Identities identities,
            Control control,
            EvidenceIntake intake,
            ParallelRunner parallel,
            EdgeMeter meter) {
        this(
                settings,
                secrets,
                new ValidationTokens(entra, entraKeys::named),
                teams,
                identities,
                control,
                intake,
                parallel,
                meter);
    }

    TeamsWebhook(
            NotificationSettings settings,
            Secrets secrets,
            ValidationTokens tokens,
            ReadablePlatform teams,
            Identities identities,
            Control control,
            EvidenceIntake intake,
            ParallelRunner parallel,
            EdgeMeter meter) {
        this.settings = settings;
        this.proof = new NotificationProof(settings, secrets, tokens);
        this.keys = new NotificationKeys(settings, secrets);
        this.teams = teams;
        this.identities = identities;
        this.subscriptions = new SubscriptionLifecycle(control);
        this.heard = LastTime.heard(control, TeamsPlatform.NAME);
        this.intake = intake;
        this.parallel = parallel;
        this.meter = meter;
    }

    @Override
    public String name() {
        return "teams-change";
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        if (!call.method().equals("POST")) {
            throw RejectedRequest.onlyWith("POST");
        }
        Optional<String> token = handshake(call.rawQuery());
        if (token.isPresent()) {
            return HttpAnswer.text(200, token.get()).with(Map.of("X-Content-Type-Options", "nosniff"));
        }
        if (settings.clientState().filter(states -> !states.isEmpty()).isEmpty()) {
            throw new RejectedRequest(
                    RejectionReason.UNKNOWN, "notifications are not used here: lockstep.teams.client-state is not set");
        }
        take(Notification.parse(call.body().bytes()), call);
        return HttpAnswer.text(202, "");
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

    /** Each reason to pass something over is counted once a message: strangers must not make a line of the log of each item. */
    private void take(Notification notification, HttpCall call) {
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        try {
            take(notification, call, doubts::add);
        } finally {
            doubts.forEach(why -> meter.refused(name(), why.name()));
        }
    }

    private void take(Notification notification, HttpCall call, Consumer<Doubt> doubts) {
        List<Item> genuine = proof.genuine(notification, call.receivedAt(), doubts);
        if (!genuine.isEmpty()) {
            NotificationDelivery delivery =
                    new NotificationDelivery(keys, identities, subscriptions, call.receivedAt(), doubts);
            List<RuntimeException> unanswered = new CopyOnWriteArrayList<>();
            genuine.forEach(item -> apart("of a notification", () -> delivery.take(item), unanswered));
            Trigger trigger = new Trigger(name(), call.requestId());
            record(delivery.told(), trigger, unanswered);
            heard.at(call.receivedAt());
            record(read(delivery.toRead()), trigger, unanswered);
            if (!unanswered.isEmpty()) {
                throw unanswered.getFirst();
            }
        }
    }

    /**
     * What is wrong with one keeps no other from being recorded. Graph is asked to send again what the store or a
     * platform could not answer just now; a fault of ours would only come again, and the poll has the last word.
     */
    private static boolean apart(String agentId, Runnable work, List<RuntimeException> unanswered) {
        return FaultIsolation.attempt(agentId, () -> {
            try {
                work.run();
            } catch (StoreUnavailable | PlatformException e) {
                unanswered.add(e);
                throw e;
            }
        });
    }

    /** What a notification does not carry; read afresh it is newer than anything that it could have carried. */
    private Map<String, List<Evidence>> read(Map<String, String> agents) {
        if (agents.isEmpty()) {
            return Map.of();
        }
        Set<String> users = new LinkedHashSet<>(agents.keySet());
        Map<String, Observation> seen = parallel.run(() -> teams.read(users), settings.notificationTimeout())
                .orElseThrow(() -> new PlatformException.Unreachable("Teams was not read in time"));
        Map<String, List<Evidence>> fresh = new LinkedHashMap<>();
        agents.forEach((user, agent) -> Optional.ofNullable(seen.get(user))
                .ifPresent(shown -> fresh.put(agent, List.of(new Evidence.Observed(Optional.of(user), shown)))));
        return fresh;
    }

    private void record(Map<String, List<Evidence>> told, Trigger trigger, List<RuntimeException> unanswered) {
        if (told.size() <= MOST_AT_ONCE) {
            record(told, (agent, evidence) -> intake.accept(agent, evidence, trigger), unanswered);
            return;
        }
        Set<String> atOnce =
                new HashSet<>(told.keySet().stream().limit(MOST_AT_ONCE).toList());
        try (BulkIntake bulk = intake.inBulk(told.size() - MOST_AT_ONCE, trigger)) {
            BiConsumer<String, List<Evidence>> either = (agent, evidence) -> {
                if (atOnce.contains(agent)) {
                    intake.accept(agent, evidence, trigger);
                } else {
                    bulk.enqueue(agent, evidence);
                }
            };
            record(told, either, unanswered);
        }
    }

    private void record(
            Map<String, List<Evidence>> told,
            BiConsumer<String, List<Evidence>> lane,
            List<RuntimeException> unanswered) {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        told.forEach((agent, evidence) ->
                tasks.add(() -> apart(agent, () -> lane.accept(agent, evidence), unanswered)));
        if (parallel.runAll(tasks, MOST_AT_ONCE, TO_THE_END).stream().anyMatch(Optional::isEmpty)) {
            throw new PlatformException.Unreachable("not everything was recorded in time");
        }
    }
}
