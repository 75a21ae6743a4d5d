package dev.lockstep.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.signature.Digest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What an application is sent so that somebody sees whether messages arrive. It says nothing of anybody, and applications
 * answer it with 2xx and ignore it.
 *
 * @param asked by what the request for it is known: each has an event of its own
 */
record TestEvent(String connection, Instant at, String asked) {
    private static final String TYPE = "dev.lockstep.test.v1";
    private static final int ID_LENGTH = 22;

    CloudEvent event() {
        return new CloudEvent(
                id(),
                PresenceChange.SOURCE,
                TYPE,
                Optional.empty(),
                Optional.of(at),
                Optional.of("application/json"),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode().put("connection", connection),
                Map.of(),
                false);
    }

    private String id() {
        byte[] digest = Digest.sha256(connection + " " + at + " " + asked);
        return "tst_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, ID_LENGTH);
    }
}
