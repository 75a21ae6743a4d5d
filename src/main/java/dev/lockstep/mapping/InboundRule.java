package dev.lockstep.mapping;

import dev.lockstep.presence.Status;

/**
 * What a platform's status means.
 *
 * @param status of no meaning where the use is {@link EvidenceKind#IGNORE}
 */
public record InboundRule(Status status, EvidenceKind use) {
    /** It says nothing about the agent. */
    public static final InboundRule IGNORED = new InboundRule(Status.AVAILABLE, EvidenceKind.IGNORE);

    public boolean is(EvidenceKind other) {
        return use == other;
    }
}
