package dev.lockstep.platform;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Status;
import java.util.Optional;

/**
 * What a platform is to show, and by which rules.
 *
 * @param decision taken without the platform's own facts
 * @param signedIn whether the agent is signed in to the platform that routes work
 * @param mapping of the agent's team
 * @param own the strictest of the platform's own facts, such as a call there: what must not be hidden from us
 * @param picked what the person picked on the platform and has not changed since, though others may have said the same
 * @param agentId whom it is wanted for
 */
public record DesiredPresence(
        Decision decision,
        boolean signedIn,
        Mapping mapping,
        Optional<Status> own,
        Optional<KnownChoice> picked,
        String agentId) {

    public Optional<Status> status() {
        return decision.status();
    }

    /** The person's latest choice, if it was made on another platform: it may overwrite what this one shows. */
    public Optional<KnownChoice> choiceMadeElsewhere(String platform) {
        return decision.choice().filter(choice -> !choice.source().name().equals(platform));
    }

    public boolean isStricter(Status one, Status other) {
        return mapping.strictness().isStricter(one, other);
    }
}
