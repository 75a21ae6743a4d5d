package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Secrets;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.cloudevents.StructuredMode;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.protocol.signature.SigningKey;
import dev.lockstep.protocol.signature.StandardWebhooks;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Any phone system behind a forwarder: structured CloudEvents 1.0, signed as Standard Webhooks.
 *
 * <p>Binary content mode is refused: there the signature covers the data alone, and whoever listens could send a
 * genuine body under another type or for another line.
 */
@Singleton
final class Generic implements PhoneSystem {
    private static final Logger LOG = Logger.getLogger(Generic.class);

    static final String FORGED = "no signature fits";

    private static final String BATCH = "application/cloudevents-batch+json";

    /** What curl and Asterisk call a body whose type they were not told; the signature says what it is worth. */
    private static final Set<String> ACCEPTED =
            Set.of(StructuredMode.CONTENT_TYPE, "application/json", "application/x-www-form-urlencoded", "");

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\";\\s]+)");

    private static final int MARK_BYTES = 16;

    private final Secrets secrets;
    private final StandardWebhooks signatures;

    /** Unusable secrets of which the log knows. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    @Inject
    Generic(Secrets secrets, StandardWebhooks signatures) {
        this.secrets = secrets;
        this.signatures = signatures;
    }

    @Override
    public String name() {
        return "generic";
    }

    @Override
    public Credential credential() {
        return Credential.SECRETS;
    }

    @Override
    public void authenticate(HttpCall call, Connection connection) {
        Credentials known = Credentials.of(connection.secrets(), secrets);
        List<SigningKey> keys = known.values().stream()
                .flatMap(secret -> key(connection, secret))
                .toList();
        switch (signatures.verify(call.headers(), call.body(), keys)) {
            case GENUINE -> {}
            case UNSIGNED -> throw known.refusing("webhook-id, webhook-timestamp or webhook-signature is missing");
            case STALE -> throw known.refusing("webhook-timestamp is too far from the present time");
            case FORGED -> throw known.refusing(FORGED);
        }
    }

    /** A secret that is none fits nobody, and whoever stored it must hear of it. */
    private Stream<SigningKey> key(Connection connection, String secret) {
        try {
            return Stream.of(SigningKey.of(secret));
        } catch (IllegalArgumentException e) {
            if (told.add(connection.name() + "#" + Digest.hex(secret, MARK_BYTES))) {
                LOG.errorf("connection=%s has a secret that cannot be used: %s", connection.name(), e.getMessage());
            }
            return Stream.empty();
        }
    }

    /** Known by its id and its body: some senders give one id to all messages about a call. */
    @Override
    public Optional<TakenEvents.Message> message(HttpCall call) {
        String text = StandardWebhooks.id(call.headers()).orElse("") + "."
                + call.body().text();
        return Optional.of(new TakenEvents.Message(
                Digest.hex(text, MARK_BYTES), signatures.tolerance().multipliedBy(2)));
    }

    @Override
    public List<LineEvidence> translate(HttpCall call, Connection connection) {
        if (!call.method().equals("POST")) {
            throw RejectedRequest.onlyWith("POST");
        }
        refuseOtherFormats(call);
        CloudEvent event = StructuredMode.read(call.body());
        EventTime time = new EventTime(
                event, StandardWebhooks.sentAt(call.headers()), call.receivedAt(), signatures.tolerance());
        return new PhoneEvent(event, time, connection.name()).news();
    }

    private static void refuseOtherFormats(HttpCall call) {
        String contentType = call.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        String type = StructuredMode.mediaType(contentType);
        boolean structured = type.equals(StructuredMode.CONTENT_TYPE);
        if (!structured && call.headers().keySet().stream().anyMatch(name -> name.startsWith("ce-"))) {
            throw new RejectedRequest(
                    RejectionReason.UNSUPPORTED,
                    "binary content mode is not accepted, as the signature does not cover the ce- headers: send"
                            + " application/cloudevents+json");
        }
        if (type.equals(BATCH)) {
            throw new RejectedRequest(RejectionReason.UNSUPPORTED, "one event in each request, please");
        }
        boolean utf8 = CHARSET.matcher(contentType)
                .results()
                .allMatch(charset -> charset.group(1).matches("utf-?8|us-ascii"));
        if (!ACCEPTED.contains(type) || !utf8) {
            throw new RejectedRequest(RejectionReason.UNSUPPORTED, "send application/cloudevents+json in UTF-8");
        }
    }
}
