package dev.lockstep.local.dynamics.model;

/** Hears of changes to rows. */
@FunctionalInterface
public interface ChangeListener {

    /** After the change; must return quickly. */
    void changed(RowChange change);

    /**
     * Within the operation, before anybody sees the change.
     *
     * @throws PipelineFailed to make the operation itself fail, as a synchronous step does
     */
    default void changing(RowChange change) {}
}
