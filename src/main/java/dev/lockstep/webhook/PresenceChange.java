package dev.lockstep.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Subject;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.signature.Digest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What an application is told: that an agent is something else from a certain time on. */
record PresenceChange(LedgerEntry step, Subject subject) {
    private static final String TYPE = "dev.lockstep.presence.changed.v1";
    static final String SOURCE = "/lockstep";

    CloudEvent event() {
        return new CloudEvent(
                id(),
                SOURCE,
                TYPE,
                Optional.of(subject.agentId()),
                Optional.of(step.at()),
                Optional.of("application/json"),
                Optional.empty(),
                data(),
                Map.of(),
                false);
    }

    /** The same for the same change, so that an application knows a repetition. Has no dot, as the signature wants. */
    String id() {
        String change = step.at() + " " + step.value() + " " + subject.agentId();
        return "prs_"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Digest.sha256(change))
                        .substring(0, 22);
    }

    private ObjectNode data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("agentId", subject.agentId());
        data.put("name", subject.name());
        data.put("team", subject.team().isBlank() ? null : subject.team());
        data.put("status", step.value());
        return data;
    }
}
