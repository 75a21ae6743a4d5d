package dev.lockstep.teams.notifications;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lockstep.protocol.http.RejectedRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One POST of Graph: several items, of several subscriptions, and the tokens that vouch for them
 * (learn.microsoft.com/graph/change-notifications-delivery-webhooks). Members that are not known are passed over.
 *
 * @param validationTokens empty too where Graph wrote null
 */
public record Notification(List<Item> items, List<String> validationTokens) {
    private static final int DEEPEST = 50;

    /** A notification of Graph's has some 300 bytes at least, so that more than this cannot be one message of it. */
    static final int MOST_ITEMS = 1_000;

    private static final Pattern USER = Pattern.compile("presences[/(]'?([^/'()]+)");
    private static final ObjectReader JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public Notification {
        items = List.copyOf(items);
        validationTokens = List.copyOf(validationTokens);
    }

    /** @throws RejectedRequest as malformed, if it is not what Graph sends */
    public static Notification parse(byte[] body) {
        JsonNode read = object(body).orElseThrow(() -> RejectedRequest.malformed("the body is not a JSON object"));
        if (!read.path("value").isArray()) {
            throw RejectedRequest.malformed("value must be a list of notifications");
        }
        if (read.path("value").size() > MOST_ITEMS) {
            throw RejectedRequest.malformed("value holds more than " + MOST_ITEMS + " notifications");
        }
        List<Item> items = new ArrayList<>();
        for (JsonNode item : read.path("value")) {
            if (!item.isObject()) {
                throw RejectedRequest.malformed("value must hold notifications only");
            }
            items.add(new Item(item));
        }
        List<String> tokens = new ArrayList<>();
        read.path("validationTokens").forEach(token -> tokens.add(token.asText("")));
        return new Notification(items, tokens);
    }

    public static Optional<JsonNode> object(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readTree(json)).filter(JsonNode::isObject);
        } catch (IOException e) {
            // Jackson's own message quotes the body.
            return Optional.empty();
        }
    }

    public boolean isEncrypted() {
        return items.stream().anyMatch(Item::isEncrypted);
    }

    /** One notification. */
    public record Item(JsonNode json) {
        String clientState() {
            return text("clientState").orElse("");
        }

        public Optional<String> subscriptionId() {
            return text("subscriptionId");
        }

        public Optional<String> lifecycleEvent() {
            return text("lifecycleEvent");
        }

        /** Written with seven decimals, and with Z or an offset. */
        public Optional<Instant> subscriptionEnd() {
            return text("subscriptionExpirationDateTime").flatMap(Item::time);
        }

        JsonNode encryptedContent() {
            return json.path("encryptedContent");
        }

        boolean isEncrypted() {
            return json.hasNonNull("encryptedContent");
        }

        /** The Entra object id of whom it is about. */
        Optional<String> userId() {
            return Optional.ofNullable(json.path("resourceData").path("id").textValue())
                    .or(() -> text("resource")
                            .map(USER::matcher)
                            .filter(Matcher::find)
                            .map(found -> found.group(1)))
                    .filter(id -> !id.isBlank());
        }

        private static Optional<Instant> time(String text) {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        private Optional<String> text(String name) {
            return Optional.ofNullable(json.path(name).textValue()).filter(text -> !text.isBlank());
        }

        @Override
        public String toString() {
            return "Item of subscription " + subscriptionId().orElse("");
        }
    }
}
