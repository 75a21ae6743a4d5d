package dev.lockstep.local.dynamics.model;

/** A synchronous step failed, and with it the operation that it belongs to; nothing was changed. */
public final class PipelineFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PipelineFailed(String message) {
        super(message);
    }
}
