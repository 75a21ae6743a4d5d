package dev.lockstep.phone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.configured.Connection;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.store.Control;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an event would be understood as and whom it would concern, for integrators who add {@code dryRun=true} to a
 * connection's address. It changes nothing and is not counted, and the same message may be sent in earnest afterwards.
 */
record DryRun(LineOwners owners) {
    private static final String PARAMETER = "dryRun";

    /** @throws RejectedRequest if it is neither true nor false */
    static boolean isAsked(HttpCall call) {
        return switch (call.parameter(PARAMETER)) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw RejectedRequest.malformed(PARAMETER + " is true or false");
        };
    }

    /** With the same lines and calls in progress. */
    DryRun(LineOwners real, Control control) {
        this(new LineOwners(real.identities(), real.lines(), new CallPlaces(new LookedAt(control))));
    }

    void look(Connection connection, List<LineEvidence> news, PhoneDelivery delivery, Instant now) {
        for (LineEvidence one : news) {
            switch (one) {
                case LineEvidence.Said told -> {
                    delivery.says(told);
                    owners.of(connection, told, now)
                            .ifPresentOrElse(
                                    owner -> {
                                        delivery.concerns(owner.agentId());
                                        if (told.signals().isEmpty()) {
                                            delivery.saysNothing();
                                        } else {
                                            delivery.changes();
                                        }
                                    },
                                    delivery::concernsNobody);
                }
                case LineEvidence.NotUnderstood other -> delivery.isNotUnderstood(other);
                case LineEvidence.Mistimed wrong -> delivery.isMistimed();
            }
        }
    }

    static HttpAnswer answer(PhoneDelivery delivery) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put(PARAMETER, true);
        delivery.understood().forEach(answer.putArray("understood")::add);
        delivery.agents().forEach(answer.putArray("agents")::add);
        delivery.remarks().forEach(answer.putArray("remarks")::add);
        return new HttpAnswer(200, "application/json", answer.toString(), Map.of());
    }

    /** What is stored, which stays as it is. */
    private record LookedAt(Control stored) implements Control {
        @Override
        public Optional<String> get(String key) {
            return stored.get(key);
        }

        @Override
        public Map<String, String> withPrefix(String prefix) {
            return stored.withPrefix(prefix);
        }

        @Override
        public void put(String key, String value, Optional<Instant> expiresAt) {
            // Looked at only.
        }

        @Override
        public void remove(String key) {
            // Looked at only.
        }

        @Override
        public long add(String key, long amount, Optional<Instant> expiresAt) {
            throw new UnsupportedOperationException("a dry run counts nothing");
        }

        @Override
        public long reserve(String key, long amount, long floor) {
            throw new UnsupportedOperationException("a dry run reserves nothing");
        }
    }
}
