package dev.lockstep.platform;

import dev.lockstep.presence.KnownFact;
import java.time.Instant;

/**
 * A system that shows an agent's availability and takes it from us: the mandatory part of an adapter.
 *
 * <p>Planning is pure and looks at the whole standing; performing makes exactly one call of the platform.
 */
public interface Platform {
    /** The platform's name, also the name of its source of signals and the prefix of identities on it. */
    String name();

    /** Whether the platform is to be told of this agent at all: an application may be told of some teams only. */
    default boolean concerns(Subject subject) {
        return true;
    }

    /** Whether agents need no id of their own there: it is told of them by their id in Lockstep. */
    default boolean knowsAgentsByOurId() {
        return false;
    }

    /**
     * Whether a fact that was told by this platform counts for what it is to show itself. None does that a write of ours
     * could keep alive; one must whose sign our write takes away, or nothing there remembers it.
     */
    default boolean isToldItsOwn(KnownFact fact) {
        return false;
    }

    /** What to write so that the platform shows what is wished. Pure. */
    Plan plan(DesiredPresence wish, Standing standing, Instant now);

    /** What people call there what a write of ours holds; as it is written where that cannot be told. Never throws. */
    default String named(String value) {
        return value;
    }

    /**
     * Makes one planned write. Writing the same again must do no harm.
     *
     * @param standing as it is with the write noted in its ledger
     * @throws PlatformException with what the caller can do about it
     */
    void perform(LedgerEntry step, Subject subject, Standing standing);
}
